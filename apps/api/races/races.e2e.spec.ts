import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import type { StoredEvent } from '#eventstore/event-store.js';
import { StartedApi } from '../started-api.js';
import { brokenPromises } from './log-invariants.js';
import { playMoves, type Board } from './race-clients.js';
import { makers } from './race-moves.js';
import { identityValues, setUpRace } from './race-set-up.js';

const clients = 8;
const movesPerClient = 90;

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
      played = await Promise.all(
        Array.from({ length: clients }, (_, client) =>
          playMoves(api, board, { seed: seed + client, moves: movesPerClient, makers }),
        ),
      );
    } finally {
      await api.stop();
    }
    events = await eventsOf(dataDir);
  }, 60_000);

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
    expect(brokenPromises(events, { identityValues })).toEqual([]);
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
