import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor.js';
import type { EventStore } from '#eventstore/event-store.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { deriveId } from '#kernel/ids.js';
import type { Commands } from '../commands/commands.js';
import type { Submission, SubmittedCommand } from '../commands/submission.js';
import { catCommandsOn, catNames, type NameCat } from './cat.fixtures.js';
import type { OpenJob } from './job.commands.js';
import { jobDecider } from './job.decider.js';
import type { ChildResult, JobResultsRecorded } from './job.events.js';
import { childCommandId, JobRunner } from './job-runner.js';
import { jobStream } from './job.slice.js';
import { compoundsAtOnce } from './compound-command.js';
import { startedBefore, startJob } from './new-job.js';

const broker: Actor = { id: 'broker-1', roles: ['broker'] };
const commandId = '0193a000-0000-7000-8000-000000000001';

const naming = (...names: string[]) => ({
  commandId,
  kind: 'naming',
  title: 'Names of cats',
  source: 'a list',
  items: names.map((name, index) => ({
    name: 'NameCat',
    fields: { name },
    label: `row ${index + 2}`,
  })),
});

const manyNames = (count: number) => Array.from({ length: count }, (_, n) => `cat-${n}`);

/** What became of each command, in the order of the list. */
async function resultsOf(store: EventStore, jobId: string): Promise<ChildResult[]> {
  const events = await store.read(jobStream(jobId));
  return events
    .filter(({ type }) => type === 'JobResultsRecorded')
    .flatMap(({ data }) => (data as JobResultsRecorded['data']).results);
}

const stateOf = async (commands: Commands, jobId: string) =>
  (await commands.reader.folded(jobDecider, jobStream(jobId))).state;

describe.each(['memory', 'sqlite'] as const)('The job runner on %s', (kind) => {
  let folder: string;
  let store: EventStore;
  let commands: Commands;

  const openStore = async (): Promise<void> => {
    store =
      kind === 'memory'
        ? createMemoryStore()
        : await openSqliteStore({ file: join(folder, 'events.db') });
    commands = catCommandsOn(store);
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jobs-'));
    await openStore();
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it('sends every command once and keeps each result in order', async () => {
    const runner = new JobRunner({ store, commands, batchSize: 2 });
    runner.begin();
    const items = naming('Tibbles', '', 'Tom', 'bug', 'Tibbles');
    const { id: jobId } = await startJob(commands, items, { actor: broker });
    await runner.idle();
    const results = await resultsOf(store, jobId);
    expect(results.map(({ outcome, code }) => `${outcome} ${code ?? ''}`)).toEqual([
      'done ',
      'refused NameMissing',
      'done ',
      'failed TypeError',
      'refused NameTaken',
    ]);
    expect(await stateOf(commands, jobId)).toMatchObject({
      status: 'finished',
      tally: { done: 2, refused: 2, failed: 1 },
    });
    await runner.close();
  });

  it('sends commands as who started the job, caused by it', async () => {
    const runner = new JobRunner({ store, commands });
    runner.begin();
    const { id: jobId } = await startJob(commands, naming('Tibbles'), { actor: broker });
    await runner.idle();
    const { id } = (await resultsOf(store, jobId))[0] ?? {};
    const [named] = await store.read(`cat-${id}`);
    expect(named?.metadata).toMatchObject({
      actor: broker,
      commandId: childCommandId(jobId, 0),
      causationId: (await store.read(jobStream(jobId)))[1]?.id,
    });
    await runner.close();
  });

  it('makes no second job of the same command', async () => {
    const runner = new JobRunner({ store, commands });
    runner.begin();
    const first = await startJob(commands, naming('Tibbles'), { actor: broker });
    const second = await startJob(commands, naming('Tibbles'), { actor: broker });
    await runner.idle();
    expect(second).toEqual(first);
    expect(await catNames(store)).toEqual(['Tibbles']);
    await expect(startJob(commands, naming('Tom'), { actor: broker })).rejects.toMatchObject({
      name: 'IdempotencyKeyReused',
    });
    await runner.close();
  });

  it('goes on with a list that was interrupted while it was recorded', async () => {
    const { items, ...job } = naming('Tibbles', 'Tom');
    const by = { actor: broker };
    const open: OpenJob = { ...job, total: 2 };
    await commands.executeNamed('OpenJob', open, by);
    const runner = new JobRunner({ store, commands });
    runner.begin();
    await runner.idle();
    expect(await catNames(store)).toEqual([]);
    await startJob(commands, { ...job, items }, by);
    await runner.idle();
    expect(await catNames(store)).toEqual(['Tibbles', 'Tom']);
    await runner.close();
  });

  it('gives up a list that became another before it started', async () => {
    const { items, ...job } = naming('Tibbles', 'Tom');
    const by = { actor: broker };
    const open: OpenJob = { ...job, total: 3 };
    const { id: interrupted } = await commands.executeNamed('OpenJob', open, by);
    expect(await startedBefore(commands, job, by)).toBeUndefined();
    const runner = new JobRunner({ store, commands });
    runner.begin();
    const { id: jobId } = await startJob(commands, { ...job, items }, by);
    await runner.idle();
    expect(await catNames(store)).toEqual(['Tibbles', 'Tom']);
    expect((await stateOf(commands, interrupted)).status).toBe('cancelled');
    expect(await startedBefore(commands, job, by)).toMatchObject({ id: jobId, total: 2 });
    expect(await startJob(commands, { ...job, items }, by)).toMatchObject({ id: jobId });
    await runner.close();
  });

  it('goes on after the last kept result when it was stopped, and doubles nothing', async () => {
    const names = manyNames(300);
    const { id: jobId } = await startJob(commands, naming(...names), { actor: broker });
    const interrupted = new JobRunner({ store, commands, batchSize: 50, atOnce: 4 });
    interrupted.begin();
    await firstResults(store);
    await interrupted.close();
    const before = await stateOf(commands, jobId);
    expect(before.status).toBe('running');
    // A command that was sent although its result was not kept: what `kill -9` leaves behind.
    const lost = { commandId: childCommandId(jobId, 299), name: 'cat-299' } satisfies NameCat;
    await commands.executeNamed('NameCat', lost, { actor: broker });
    if (kind === 'sqlite') {
      await store.close();
      await openStore();
    }
    const next = new JobRunner({ store, commands });
    next.begin();
    await next.idle();
    expect(await stateOf(commands, jobId)).toMatchObject({ tally: { done: 300, refused: 0 } });
    expect([...(await catNames(store))].sort()).toEqual([...names].sort());
    await next.close();
  });

  it('stops a cancelled job before its next commands', async () => {
    const names = manyNames(300);
    const { id: jobId } = await startJob(commands, naming(...names), { actor: broker });
    const runner = new JobRunner({ store, commands, batchSize: 50, atOnce: 4 });
    runner.begin();
    await firstResults(store);
    const cancel = { commandId: '0193a000-0000-7000-8000-000000000002', jobId };
    await commands.executeNamed('CancelJob', cancel, { actor: broker });
    await runner.idle();
    const { status, tally } = await stateOf(commands, jobId);
    expect(status).toBe('cancelled');
    expect(tally.done).toBeLessThan(300);
    expect(await catNames(store)).toHaveLength(tally.done);
    await runner.close();
  });

  it('cancels and goes on after a few of those that are several commands each', async () => {
    const names = manyNames(30);
    const { items, ...job } = naming(...names);
    const pairs = { ...job, items: items.map((item) => ({ ...item, name: 'NamePair' })) };
    const compounds = {
      NamePair: async (command: SubmittedCommand, by: Submission) => {
        await commands.executeNamed('NameCat', command, by);
        const kitten = {
          commandId: deriveId(command.commandId),
          name: `kitten of ${(command as NameCat).name}`,
        };
        return commands.executeNamed('NameCat', kitten, by);
      },
    };
    const { id: jobId } = await startJob(commands, pairs, { actor: broker });
    const stopped = new JobRunner({ store, commands, compounds });
    stopped.begin();
    await firstResults(store);
    await stopped.close();
    const before = await stateOf(commands, jobId);
    expect(before).toMatchObject({ status: 'running', total: 30 });
    expect(before.tally.done % compoundsAtOnce).toBe(0);
    expect(before.tally.done).toBeLessThan(30);
    const runner = new JobRunner({ store, commands, compounds });
    runner.begin();
    const cancel = { commandId: '0193a000-0000-7000-8000-000000000002', jobId };
    await commands.executeNamed('CancelJob', cancel, { actor: broker });
    await runner.idle();
    const { status, tally } = await stateOf(commands, jobId);
    expect(status).toBe('cancelled');
    expect(tally.done).toBeLessThan(30);
    await runner.close();
  });

  it('carries a list of several parts', async () => {
    const long = 'x'.repeat(60_000);
    const names = Array.from({ length: 20 }, (_, n) => `${n}-${long}`);
    const runner = new JobRunner({ store, commands });
    runner.begin();
    const { id: jobId } = await startJob(commands, naming(...names), { actor: broker });
    await runner.idle();
    const state = await stateOf(commands, jobId);
    expect(state.parts.length).toBeGreaterThan(1);
    expect(state.tally.done).toBe(20);
    await runner.close();
  });

  it('does not read finished jobs again', async () => {
    const runner = new JobRunner({ store, commands });
    runner.begin();
    await startJob(commands, naming('Tibbles'), { actor: broker });
    await runner.idle();
    await runner.close();
    expect(await store.checkpoint('jobs/runner')).toBeGreaterThan(0);
  });
});

/** Resolves at the first kept results of any job. */
async function firstResults(store: EventStore): Promise<void> {
  const stop = new AbortController();
  const filter = { types: ['JobResultsRecorded'] };
  for await (const { events } of store.subscribe(0, { filter, signal: stop.signal })) {
    if (events.length > 0) return stop.abort();
  }
}
