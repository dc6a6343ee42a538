import type { Actor } from '#kernel/actor.js';
import { idOfKey } from '#kernel/ids.js';
import { Rejection } from '#kernel/rejection.js';
import type { RefusedDecision } from '../commands/work.js';
import type { RecordRefusal } from './refusal.commands.js';
import { RefusalRecorder } from './refusal-recorder.js';

const provider: Actor = { id: 'u', roles: ['provider'], organisation: 'p' };
const idOf = (at: number): string => idOfKey('thing', at);

describe('The recorder of refusals', () => {
  let now: string;
  let written: RecordRefusal[];
  let recorder: RefusalRecorder;
  let fails: boolean;

  beforeEach(() => {
    now = '2026-03-02T09:00:00.000Z';
    written = [];
    fails = false;
    recorder = new RefusalRecorder({
      listed: {
        Late: {
          about: [
            ['request', 'requestId'],
            ['offer', 'offerId'],
          ],
        },
        Foreign: { about: [['person', 'personIds']], roles: ['external-broker'] },
      },
      isCode: (text) => text === 'moved-away',
      clock: { now: () => now },
      record: (command) => {
        if (fails) return Promise.reject(new Error('the disk is full'));
        written.push(command);
        return Promise.resolve();
      },
    });
  });

  const late = (at = 0, actor = provider) =>
    recorder.recordRefusal({ subject: { kind: 'request', id: idOf(at) }, code: 'Late', actor });
  const refused = (code: string, command: object, actor = provider, seen?: RefusedDecision) =>
    recorder.commandRefused(
      { commandId: idOf(99), ...command },
      actor,
      new Rejection([{ code, path: '', message: 'Secret words.' }]),
      seen,
    );
  const total = () => written.reduce((sum, { count }) => sum + count, 0);

  it('writes the first of an hour at once: ids and codes', () => {
    late();
    expect(written).toEqual([
      {
        commandId: expect.any(String) as string,
        subject: { kind: 'request', id: idOf(0) },
        ...{ code: 'Late', by: 'u', roles: ['provider'], organisation: 'p' },
        ...{ hour: '2026-03-02T09', count: 1 },
      },
    ]);
  });

  it('writes ten thousand of an hour as a handful that count them all', async () => {
    for (let n = 0; n < 10_000; n += 1) late();
    expect(written).toHaveLength(5);
    expect(total()).toBe(10_000);
    late();
    await recorder.close();
    expect(written).toHaveLength(6);
    expect(total()).toBe(10_001);
  });

  it('writes what is left once the hour is over, and begins anew', () => {
    for (let n = 0; n < 5; n += 1) late();
    expect(total()).toBe(1);
    now = '2026-03-02T09:59:59.999Z';
    late();
    expect(total()).toBe(1);
    now = '2026-03-02T10:00:00.000Z';
    late();
    expect(written.map(({ hour, count }) => [hour, count])).toEqual([
      ['2026-03-02T09', 1],
      ['2026-03-02T09', 5],
      ['2026-03-02T10', 1],
    ]);
  });

  it('counts together what one person tries about ever more things', async () => {
    for (let n = 0; n < 10_000; n += 1) late(n);
    expect(written.length).toBeLessThan(30);
    await recorder.close();
    expect(total()).toBe(10_000);
    expect(written.filter(({ subject }) => subject.kind === 'several').length).toBeGreaterThan(0);
  });

  it('keeps people apart', () => {
    late(0);
    late(0, { ...provider, id: 'v' });
    expect(written.map(({ by }) => by)).toEqual(['u', 'v']);
  });

  it('keeps listed codes alone, about ids alone, and never the service’s own', () => {
    recorder.recordRefusal({
      ...{ subject: { kind: 'request', id: idOf(0) }, code: 'Other', actor: provider },
    });
    recorder.recordRefusal({
      ...{ subject: { kind: 'request', id: 'Mrs Plainname' }, code: 'Late', actor: provider },
    });
    late(0, { id: 'system', roles: ['system'] });
    expect(written).toEqual([]);
  });

  it('takes from a refused command the first field that says what it is about', () => {
    refused('Late', { offerId: idOf(1), note: 'Secret words.' });
    refused('Late', { note: 'no id' });
    refused('Foreign', { personIds: [idOf(2)] });
    expect(written.map(({ subject }) => subject)).toEqual([{ kind: 'offer', id: idOf(1) }]);
    const external: Actor = { id: 'e', roles: ['external-broker'], organisation: 'o' };
    refused('Foreign', { personIds: [idOf(2), idOf(3)] }, external);
    expect(written.map(({ subject }) => subject.id)).toEqual([idOf(1), idOf(2), idOf(3)]);
    expect(JSON.stringify(written)).not.toContain('Secret');
    recorder.commandRefused(
      { commandId: idOf(99), ...{ offerId: idOf(1) } },
      provider,
      new Error('broken'),
    );
    expect(written).toHaveLength(3);
  });

  it('keeps what the first decision of an hour saw, without a word that somebody wrote', () => {
    const facts = { request: { value: { open: false, note: 'Secret words.' }, stream: 's-1' } };
    const context = { now, facts: {}, entropy: 'ab', rules: 1, policy: { version: 3 } };
    const seen = {
      ...{ name: 'SubmitOffer', version: 1, stream: 'offer-1', revision: 'none' as const },
      decision: { facts, context },
    };
    const command = {
      ...{ offerId: idOf(1), startOn: '2026-03-02', reason: 'moved-away', note: 'edith' },
      times: [{ line: 1, start: '08:30' }],
    };
    refused('Late', command, provider, seen);
    refused('Late', command, provider, seen);
    expect(written).toHaveLength(1);
    expect(written[0]?.attempt).toMatchObject({
      ...{ stream: 'offer-1', revision: -1, at: now, policyVersion: 3 },
      command: {
        name: 'SubmitOffer',
        fields: { ...command, note: '(text)', reason: 'moved-away' },
      },
      facts: [{ name: 'request', stream: 's-1', value: { open: false, note: '(text)' } }],
    });
  });

  it('takes along what the store did not take', async () => {
    fails = true;
    late();
    await recorder.close();
    expect(recorder.lost).toBe(1);
    fails = false;
    await recorder.close();
    expect(total()).toBe(1);
  });
});
