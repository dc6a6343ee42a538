import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, civilDateOf } from '#kernel/time.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import type { StoredEvent } from '#eventstore/event-store.js';
import { StartedApi } from '../started-api.js';
import { overfullContracts, uncoveredDays } from './life-invariants.js';
import { brokenPromises } from './log-invariants.js';
import { playMoves, type Board, type MoveMaker } from './race-clients.js';
import { lifeMakers, makers } from './race-moves.js';
import { identityValues, panelLevelPence, setUpRace, spotPackages } from './race-set-up.js';

const clients = 8;
const movesToAwards = 200;
const movesOfLife = 250;

async function eventsOf(dataDir: string): Promise<StoredEvent[]> {
  const store = await openSqliteStore({ file: join(dataDir, 'events.db') });
  try {
    const events: StoredEvent[] = [];
    for (let after = 0, caughtUp = false; !caughtUp;) {
      const page = await store.readAll({ after });
      events.push(...page.events);
      ({ upTo: after, caughtUp } = page);
    }
    return events;
  } finally {
    await store.close();
  }
}

describe('Eight clients on the same packages', () => {
  const seed = randomInt(1, 2 ** 31);
  let dataDir: string;
  let events: StoredEvent[];
  let played: Awaited<ReturnType<typeof playMoves>>[];

  beforeAll(async () => {
    process.stdout.write(`race seed ${seed}\n`);
    dataDir = await mkdtemp(join(tmpdir(), 'race-'));
    const api = await StartedApi.start({ dataDir });
    try {
      const board: Board = await setUpRace(api);
      const everyonePlays = (moves: number, makers: readonly MoveMaker[], from: number) =>
        Promise.all(
          Array.from({ length: clients }, (_, client) =>
            playMoves(api, board, { seed: from + client, moves, makers }),
          ),
        );
      played = await everyonePlays(movesToAwards, makers, seed);
      played.push(...(await everyonePlays(movesOfLife, lifeMakers, seed + clients)));
    } finally {
      await api.stop();
    }
    events = await eventsOf(dataDir);
  }, 120_000);

  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('are refused by rules alone, never by a fault', () => {
    expect(played.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('get far: packages are awarded and some lose their award again', () => {
    const count = (type: string) => events.filter((event) => event.type === type).length;
    expect(count('RequestIssued')).toBeGreaterThan(5);
    expect(count('PackageAwarded')).toBeGreaterThan(2);
  });

  it('leave a log that breaks no promise of an award (X5, S1-9, S1-11, S1-13, S3-7)', () => {
    expect(brokenPromises(events, { identityValues, panelLevelPence })).toEqual([]);
  });

  it('covers each day of each package by a provider, a suspension or an owned gap (S4-14)', () => {
    const until = addDays(civilDateOf(new Date().toISOString()), 30);
    expect(uncoveredDays(events, until)).toEqual([]);
  });

  it('would be caught: a day in a gap whose alarm is closed (S4-14)', () => {
    const stream = 'carePackage-1';
    const gap = { packageId: '1', gapId: 'g', owner: 'broker', reason: 'Left' };
    const life = [
      { type: 'PackageStarted', data: { startedOn: '2026-03-02', providerId: 'a' } },
      { type: 'GapOpened', data: { ...gap, fromOn: '2026-03-05' } },
    ].map((event) => ({ ...event, stream }) as unknown as StoredEvent);
    expect(uncoveredDays(life, '2026-03-20')).toEqual([]);
    const closed = { type: 'GapClosed', data: { ...gap, closedOn: '2026-03-20' }, stream };
    const without = [...life, closed as unknown as StoredEvent];
    expect(uncoveredDays(without, '2026-03-20')).toEqual([
      'carePackage-1 on 2026-03-20: gap, 0 alarms',
    ]);
  });

  it('never has more packages on a contract than it may hold (S3-11)', () => {
    const today = civilDateOf(new Date().toISOString());
    const days = { from: addDays(today, -10), until: addDays(today, 30) };
    expect(overfullContracts(events, { packages: spotPackages, ...days })).toEqual([]);
    expect(overfullContracts(events, { packages: 0, ...days })).not.toEqual([]);
  });

  it('would be caught: an award doubled, unchosen or dearer is named (X5)', () => {
    const at = events.findIndex(({ type }) => type === 'PackageAwarded');
    const award = events[at] as StoredEvent & { data: object };
    const doubled = events.toSpliced(at + 1, 0, award);
    expect(brokenPromises(doubled, { identityValues }).join()).toContain('at most one standing');
    const other = { ...award, data: { ...award.data, offerId: 'another' } };
    const unchosen = events.with(at, other);
    expect(brokenPromises(unchosen, { identityValues }).join()).toContain('without a choice');
    const dearer = { ...award, data: { ...award.data, weeklyCostPence: 1 } };
    const changed = events.with(at, dearer);
    expect(brokenPromises(changed, { identityValues }).join()).toContain('the frozen figure');
    const overPanel = brokenPromises(events, { identityValues, panelLevelPence: 0 });
    expect(overPanel.join()).toContain('over what the panel approved');
    const leaked = brokenPromises(events, { identityValues: ['North'] });
    expect(leaked.join()).toContain('identity value');
  });
});
