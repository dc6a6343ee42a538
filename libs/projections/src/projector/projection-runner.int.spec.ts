import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore, ReadOptions, StoredEvent } from '#eventstore/event-store.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { text } from './columns.js';
import { defineProjection, table } from './definition.js';
import { UnknownProjection } from './errors.js';
import { broker, commissioner, SampleLog } from './sample-log.js';
import { planned, recorded, sampleVisits, withdrawn } from './sample-visits.js';

interface Seen {
  readonly visitId: string;
}

/** A second projection, whose handler fails on chosen visits and tells which ones it handled. */
const seenVisits = (options: { version?: number; column?: string } = {}) => {
  const failing = new Set<string>();
  const handled: string[] = [];
  const projection = defineProjection<ReturnType<typeof planned>>()({
    name: 'seen-visits',
    version: options.version ?? 1,
    tables: {
      seen: table<Seen>()({
        columns: { [options.column ?? 'visitId']: text((row) => row.visitId) },
        visibleTo: () => true,
      }),
    },
    on: {
      VisitPlanned({ data, tables }) {
        if (failing.has(data.visitId)) throw new Error(`cannot fold ${data.visitId}`);
        handled.push(data.visitId);
        tables.seen.change(data.visitId, () => ({ visitId: data.visitId }));
      },
    },
  });
  return { projection, failing, handled };
};

const visit = (n: number) => planned(`v${n}`, 'p1', '2026-03-02');
const visits = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => visit(from + index));

/** Counts who reads the log: since the start, and now. */
const countingReaders = (inner: EventStore) => {
  const readers = { begun: 0, now: 0, store: inner };
  const subscribe = async function* (...args: Parameters<EventStore['subscribe']>) {
    readers.begun += 1;
    readers.now += 1;
    try {
      yield* inner.subscribe(...args);
    } finally {
      readers.now -= 1;
    }
  };
  readers.store = Object.create(inner, { subscribe: { value: subscribe } }) as EventStore;
  return readers;
};

describe('the projection runner', () => {
  let log: SampleLog;
  beforeEach(() => {
    log = new SampleLog();
  });
  afterEach(() => log.remove());

  it('folds what the log holds and then what is appended', async () => {
    await log.append(visit(1), recorded('v1', 5, 'c1'));
    const runner = await log.start([sampleVisits]);
    const reader = runner.reader(sampleVisits);
    await reader.waitFor(2);
    expect(reader.get(broker, 'visit', 'v1')).toMatchObject({ minutesLate: 5, carerId: 'c1' });

    const position = await log.append(visit(2));
    await reader.waitFor(position);
    expect(reader.get(broker, 'visit', 'v2')).toMatchObject({ on: '2026-03-02' });
    expect(reader.asOf()).toEqual({ position: 3, at: '2026-03-02T09:02:00.000Z' });
  });

  it('hands each page to all projections and reads the log once', async () => {
    await log.append(...visits(1, 25));
    const counting = countingReaders(log.store);
    const { projection } = seenVisits();
    const runner = await log.start([sampleVisits, projection], { pageSize: 10 }, counting.store);
    await runner.caughtUp();
    expect(runner.statuses().map(({ state, position }) => [state, position])).toEqual([
      ['live', 25],
      ['live', 25],
    ]);
    expect(counting.begun).toBe(1);
  });

  it('goes on from its checkpoint after a restart', async () => {
    const first = seenVisits();
    await log.append(...visits(1, 5));
    const runner = await log.start([first.projection], { pageSize: 2 });
    await runner.caughtUp();
    await log.stop(runner);

    const second = seenVisits();
    await log.append(...visits(6, 7));
    const again = await log.start([second.projection]);
    await again.caughtUp();
    expect(second.handled).toEqual(['v6', 'v7']);
    expect(again.reader(second.projection).count(broker, 'seen')).toBe(7);
  });

  it('remembers a position that moved without changing rows', async () => {
    const first = await log.start([seenVisits().projection]);
    await log.append(recorded('none', 1, 'c1'));
    await first.caughtUp();
    await log.stop(first);
    const second = await log.start([seenVisits().projection]);
    expect(second.statuses()).toMatchObject([{ position: 1, state: 'live', lagEvents: 0 }]);
  });

  it('builds all files anew when the read directory was deleted', async () => {
    await log.append(...visits(1, 3), withdrawn('v2'));
    await log.stop(await log.start([sampleVisits]));
    rmSync(join(log.directory, 'read'), { recursive: true });
    const runner = await log.start([sampleVisits]);
    await runner.caughtUp();
    const rows = runner.reader(sampleVisits).select(broker, 'visit');
    expect(rows.map(({ visitId }) => visitId)).toEqual(['v1', 'v3']);
  });

  it('builds a file anew that is no database', async () => {
    await log.append(visit(1));
    await log.stop(await log.start([sampleVisits]));
    writeFileSync(join(log.directory, 'read', 'sample-visits@1.db'), 'x'.repeat(5_000));
    const runner = await log.start([sampleVisits]);
    await runner.caughtUp();
    expect(runner.reader(sampleVisits).count(broker, 'visit')).toBe(1);
  });

  it('builds a file anew whose tables changed without a new version', async () => {
    await log.append(visit(1));
    const before = seenVisits().projection;
    await log.stop(await log.start([before]).then((r) => r.caughtUp().then(() => r)));
    const after = seenVisits({ column: 'renamed' });
    const runner = await log.start([after.projection]);
    await runner.caughtUp();
    expect(after.handled).toEqual(['v1']);
  });

  describe('whose checkpoint', () => {
    const reopened = async (changed: object): Promise<readonly string[]> => {
      await log.append(...visits(1, 3));
      const first = await log.start([seenVisits().projection]);
      await first.caughtUp();
      await log.stop(first);
      const { projection, handled } = seenVisits();
      const properties = Object.getOwnPropertyDescriptors(changed);
      const store = Object.create(log.store, properties) as EventStore;
      const again = await log.start([projection], {}, store);
      await again.caughtUp();
      expect(again.reader(projection).count(broker, 'seen')).toBe(3);
      return handled;
    };
    const lastEventIs = (change: (event: StoredEvent) => readonly StoredEvent[]) => ({
      read: async (stream: string, options: ReadOptions) =>
        (await log.store.read(stream, options)).flatMap(change),
    });

    it('belongs to the log goes on from there', async () => {
      expect(await reopened({})).toEqual([]);
    });

    it.each<[string, () => object]>([
      ['is of another log', () => ({ logId: 'another' })],
      ['names an event that is missing', () => lastEventIs(() => [])],
      ['names another event', () => lastEventIs((event) => [{ ...event, id: 'another' }])],
      [
        'names an event that stands elsewhere now',
        () => lastEventIs((event) => [{ ...event, position: event.position + 1 }]),
      ],
    ])('%s is built anew', async (_, change) => {
      expect(await reopened(change())).toEqual(['v1', 'v2', 'v3']);
    });
  });

  describe('at an event that fails', () => {
    it('stops that projection alone and keeps everything before the event', async () => {
      const { projection, failing } = seenVisits();
      failing.add('v3');
      await log.append(...visits(1, 5));
      const runner = await log.start([projection, sampleVisits]);
      await runner.caughtUp();

      expect(runner.statuses()).toMatchObject([
        {
          name: 'seen-visits',
          state: 'stopped',
          position: 2,
          lagEvents: 3,
          withinRule: false,
          failure: { position: 3, type: 'VisitPlanned', error: 'cannot fold v3' },
        },
        { name: 'sample-visits', state: 'live', position: 5, withinRule: true },
      ]);
      expect(runner.reader(projection).count(broker, 'seen')).toBe(2);
      const { healthy, problems } = await runner.health();
      expect({ healthy, problems }).toEqual({
        healthy: false,
        problems: ['seen-visits is stopped at position 3 by VisitPlanned: cannot fold v3'],
      });

      const position = await log.append(visit(6));
      await runner.reader(sampleVisits).waitFor(position);
      expect(runner.reader(sampleVisits).count(broker, 'visit')).toBe(6);
    });

    it('refuses to wait for it, at once', async () => {
      const { projection, failing } = seenVisits();
      failing.add('v1');
      await log.append(visit(1));
      const runner = await log.start([projection]);
      const reader = runner.reader(projection);
      await runner.caughtUp();
      const refusal = reader.waitFor(1, 2 ** 30);
      await expect(refusal).rejects.toMatchObject({
        name: 'ReadModelBehind',
        asOf: { position: 0 },
        wanted: 1,
      });
    });

    it('refuses those who already wait when it stops', async () => {
      const { projection, failing } = seenVisits();
      failing.add('v1');
      const runner = await log.start([projection]);
      const waiting = runner.reader(projection).waitFor(1, 2 ** 30);
      const refused = expect(waiting).rejects.toMatchObject({ name: 'ReadModelBehind' });
      await log.append(visit(1));
      await refused;
    });

    it('goes on with that event when it is retried', async () => {
      const { projection, failing, handled } = seenVisits();
      failing.add('v3');
      await log.append(...visits(1, 5));
      const runner = await log.start([projection, sampleVisits]);
      await runner.caughtUp();

      runner.retry('seen-visits');
      await runner.caughtUp();
      expect(runner.statuses()[0]).toMatchObject({ state: 'stopped', failure: { position: 3 } });

      failing.clear();
      handled.length = 0;
      runner.retry('seen-visits');
      await runner.caughtUp();
      expect(handled).toEqual(['v3', 'v4', 'v5']);
      expect(runner.statuses()[0]).toMatchObject({ state: 'live', position: 5 });

      await runner.reader(projection).waitFor(await log.append(visit(6)));
      expect(runner.reader(projection).count(broker, 'seen')).toBe(6);
    });

    it('goes on from there after a restart, in the middle of a page', async () => {
      const { projection, failing } = seenVisits();
      failing.add('v3');
      await log.append(...visits(1, 5));
      const runner = await log.start([projection]);
      await runner.caughtUp();
      await log.stop(runner);

      const mended = seenVisits();
      const again = await log.start([mended.projection]);
      await again.caughtUp();
      expect(mended.handled).toEqual(['v3', 'v4', 'v5']);
      expect(again.reader(mended.projection).count(broker, 'seen')).toBe(5);
    });

    it('stops as well where a column gets no value', async () => {
      const broken = defineProjection()({
        name: 'broken',
        version: 1,
        tables: {
          row: table<Seen>()({
            columns: { visitId: text((row) => row.visitId) },
            visibleTo: () => true,
          }),
        },
        on: { VisitPlanned: ({ tables }) => tables.row.change('k', () => ({}) as Seen) },
      });
      await log.append(recorded('v1', 0, 'c'), visit(1));
      const runner = await log.start([broken]);
      await runner.caughtUp();
      expect(runner.statuses()).toMatchObject([
        { state: 'stopped', position: 1, failure: { position: 2, type: 'VisitPlanned' } },
      ]);
    });
  });

  describe('building a second file', () => {
    it('rebuilds at run time while the first one serves', async () => {
      const { projection, handled } = seenVisits();
      await log.append(...visits(1, 5));
      const runner = await log.start([projection, sampleVisits], { pageSize: 2 });
      await runner.caughtUp();
      const reader = runner.reader(projection);
      expect(reader.count(broker, 'seen')).toBe(5);

      handled.length = 0;
      await runner.rebuild('seen-visits');
      expect(runner.statuses()[0]).toMatchObject({ state: 'rebuilding', position: 5, progress: 0 });
      expect(reader.count(broker, 'seen')).toBe(5);
      await reader.waitFor(await log.append(visit(6)));
      await runner.caughtUp();

      expect(handled).toEqual(expect.arrayContaining(['v1', 'v2', 'v3', 'v4', 'v5', 'v6']));
      expect(runner.statuses()[0]).toMatchObject({ state: 'live', position: 6, progress: 1 });
      expect(reader.count(broker, 'seen')).toBe(6);
      expect(readdirSync(join(log.directory, 'read')).filter((f) => f.includes('rebuild'))).toEqual(
        [],
      );
      await reader.waitFor(await log.append(visit(7)));
      expect(reader.count(broker, 'seen')).toBe(7);
    });

    it('is done at once where the log is empty', async () => {
      const runner = await log.start([sampleVisits]);
      await runner.rebuild('sample-visits');
      await runner.caughtUp();
      expect(runner.statuses()).toMatchObject([{ state: 'live', position: 0 }]);
    });

    it('begins again when it is asked twice', async () => {
      await log.append(...visits(1, 50));
      const runner = await log.start([sampleVisits], { pageSize: 5 });
      await runner.caughtUp();
      await runner.rebuild('sample-visits');
      await runner.rebuild('sample-visits');
      await runner.caughtUp();
      expect(runner.reader(sampleVisits).count(broker, 'visit')).toBe(50);
      expect((await runner.reader(sampleVisits).figures.recount()).stored.counters.size).toBe(1);
    });

    it('is given up when the service stops meanwhile', async () => {
      await log.append(...visits(1, 50));
      const runner = await log.start([sampleVisits], { pageSize: 5 });
      await runner.caughtUp();
      await runner.rebuild('sample-visits');
      await log.stop(runner);
      const again = await log.start([sampleVisits]);
      await again.caughtUp();
      expect(again.statuses()).toMatchObject([{ state: 'live', position: 50 }]);
      expect(readdirSync(join(log.directory, 'read')).filter((f) => f.includes('rebuild'))).toEqual(
        [],
      );
    });

    it('heals a stopped projection whose code was mended', async () => {
      const { projection, failing } = seenVisits();
      failing.add('v1');
      await log.append(...visits(1, 2));
      const runner = await log.start([projection]);
      await runner.caughtUp();
      failing.clear();
      await runner.rebuild('seen-visits');
      await runner.caughtUp();
      expect(runner.statuses()).toMatchObject([{ state: 'live', position: 2 }]);
    });

    it('lets an earlier version of the same shape serve until the new one is at the head', async () => {
      await log.append(...visits(1, 3));
      const first = await log.start([seenVisits().projection]);
      await first.caughtUp();
      await log.stop(first);
      await log.append(visit(4));

      const { projection, failing } = seenVisits({ version: 2 });
      failing.add('v4');
      const runner = await log.start([projection]);
      const reader = runner.reader(projection);
      await runner.caughtUp();
      expect(runner.statuses()).toMatchObject([{ version: 2, state: 'stopped', position: 3 }]);
      expect(reader.count(broker, 'seen')).toBe(3);
      expect(existsSync(join(log.directory, 'read', 'seen-visits@1.db'))).toBe(true);

      failing.clear();
      runner.retry('seen-visits');
      await runner.caughtUp();
      expect(reader.count(broker, 'seen')).toBe(4);
      expect(readdirSync(join(log.directory, 'read')).filter((f) => f.endsWith('.db'))).toEqual([
        'seen-visits@2.db',
      ]);
    });

    it('does not let an earlier version of another shape serve', async () => {
      await log.append(...visits(1, 3));
      const first = await log.start([seenVisits().projection]);
      await first.caughtUp();
      await log.stop(first);

      const { projection, failing } = seenVisits({ version: 2, column: 'renamed' });
      failing.add('v2');
      const runner = await log.start([projection]);
      await runner.caughtUp();
      expect(runner.reader(projection).count(broker, 'seen')).toBe(1);
    });
  });

  it('answers between slices from whole pages alone', async () => {
    await log.append(...visits(1, 300));
    const runner = await log.start([sampleVisits], { pageSize: 100, sliceMs: 0 });
    const reader = runner.reader(sampleVisits);
    const seen: number[] = [];
    let caughtUp = false;
    const watching = (async () => {
      while (!caughtUp) {
        const { position } = reader.asOf();
        expect(reader.count(broker, 'visit')).toBe(position);
        expect(reader.figures.counter(commissioner, 'p1|2026-03')).toEqual(
          position === 0 ? {} : { visits: position },
        );
        seen.push(position);
        await nextTurn();
      }
    })();
    await runner.caughtUp();
    caughtUp = true;
    await watching;
    expect(seen.filter((position) => position % 100 !== 0)).toEqual([]);
    expect(seen).toEqual(expect.arrayContaining([0, 100, 200]));
    expect(seen.length).toBeGreaterThan(20);
  });

  it('follows the log again after it could not be read', async () => {
    let failures = 2;
    const shaky = Object.create(log.store, {
      subscribe: {
        value: (...args: Parameters<EventStore['subscribe']>) => {
          if (failures-- > 0) throw new Error('no connection');
          return log.store.subscribe(...args);
        },
      },
    }) as EventStore;
    const runner = await log.start([sampleVisits], {}, shaky);
    expect(await runner.health()).toMatchObject({
      healthy: false,
      problems: ['the log cannot be read: no connection'],
    });
    const position = await log.append(visit(1));
    await runner.reader(sampleVisits).waitFor(position, 10_000);
    expect(await runner.health()).toMatchObject({ healthy: true });
  });

  it('answers that it is behind when the position does not come in time', async () => {
    await log.append(visit(1));
    const runner = await log.start([sampleVisits]);
    await runner.caughtUp();
    await expect(runner.reader(sampleVisits).waitFor(2, 1)).rejects.toMatchObject({
      name: 'ReadModelBehind',
      asOf: { position: 1, at: '2026-03-02T09:00:00.000Z' },
    });
  });

  it('catches up in a lane of its own while the others stay at the head', async () => {
    await log.append(...visits(1, 40));
    const early = await log.start([sampleVisits]);
    await early.caughtUp();
    await log.stop(early);
    const late = seenVisits();
    const readers = countingReaders(log.store);
    const both = [sampleVisits, late.projection];
    const runner = await log.start(both, { pageSize: 3, sameLaneEvents: 39 }, readers.store);
    expect(readers.now).toBe(2);
    await runner.reader(sampleVisits).waitFor(await log.append(visit(41)));
    await runner.caughtUp();
    await runner.reader(late.projection).waitFor(await log.append(visit(42)));
    expect(late.handled).toHaveLength(42);
    expect(readers).toMatchObject({ begun: 2, now: 1 });
    const sums = runner.reader(sampleVisits).figures.counter(commissioner, 'p1|2026-03');
    expect(sums).toEqual({ visits: 42 });
  });

  it('goes on from its checkpoint over a log in SQLite that was opened again', async () => {
    const file = join(log.directory, 'events.db');
    const first = new SampleLog(await openSqliteStore({ file }));
    await first.append(...visits(1, 5));
    const runner = await log.start([seenVisits().projection], {}, first.store);
    await runner.caughtUp();
    await log.stop(runner);
    await first.remove();

    const second = new SampleLog(await openSqliteStore({ file }));
    const { projection, handled } = seenVisits();
    const again = await log.start([projection], {}, second.store);
    await again.reader(projection).waitFor(await second.append(...visits(6, 7)));
    expect(handled).toEqual(['v6', 'v7']);
    expect(again.reader(projection).count(broker, 'seen')).toBe(7);
    await log.stop(again);
    await second.remove();
  });

  it('names the projection that does not exist', async () => {
    const runner = await log.start([sampleVisits]);
    expect(() => runner.retry('nothing')).toThrow(UnknownProjection);
    await expect(runner.rebuild('nothing')).rejects.toThrow(UnknownProjection);
  });
});
