import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import type { AnyProjection, Columns, ProjectionOf, TableFold, Tables } from './definition.js';
import { PlainFold } from './plain-fold.js';
import { inMemory, ProjectionFile } from './projection-file.js';
import { ProjectionFold } from './projection-fold.js';
import type { ReadSource } from './read-source.js';
import { ProjectionReader } from './reader.js';
import { Slices } from './slices.js';

/** What of the log a question needs. */
export interface NeededEvents {
  /** All streams of these categories. */
  readonly categories: readonly string[];
  /** Beside them, these streams alone. */
  readonly streams: readonly string[];
}

type Log = Pick<EventStore, 'logId' | 'read' | 'readAll'>;

const pageSize = 1_000;
const together = 8;

/**
 * Read models as they were at a position: folded in memory by today's projections, from the events up
 * to it. Rows of streams that were not asked for are not there. Close it after use.
 */
export class PastProjector {
  private constructor(private readonly sources: ReadonlyMap<string, ReadSource>) {}

  static async at(
    log: Log,
    position: Position,
    projections: readonly AnyProjection[],
    needed: NeededEvents,
  ): Promise<PastProjector> {
    const slices = new Slices();
    const events = await eventsUpTo(log, position, needed, slices);
    const sources = new Map<string, ReadSource>();
    for (const projection of projections) {
      const fold = new PlainFold(projection);
      await slices.drive(applied(fold, events));
      const last = events.at(-1);
      const rows = last ? rowEvents(fold, { ...last, position, revision: 0 }) : [];
      sources.set(
        projection.name,
        await saved(projection, fold, { log, slices, rows, upTo: position }),
      );
    }
    return new PastProjector(sources);
  }

  reader<T extends Tables>(projection: ProjectionOf<T>): ProjectionReader<T> {
    const source = this.sources.get(projection.name);
    if (!source) throw new Error(`${projection.name} was not folded`);
    return new ProjectionReader<T>(source, projection);
  }

  close(): void {
    for (const { file } of this.sources.values()) file.writer.close();
  }
}

async function eventsUpTo(
  log: Log,
  position: Position,
  { categories, streams }: NeededEvents,
  slices: Slices,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  const keep = (some: readonly StoredEvent[]) => {
    for (const event of some) if (event.position <= position) events.push(event);
  };
  for (let after = 0; categories.length > 0 && after < position;) {
    const page = await log.readAll({ after, limit: pageSize, filter: { categories } });
    keep(page.events);
    if (page.caughtUp) break;
    after = page.upTo;
  }
  for (let at = 0; at < streams.length; at += together) {
    const some = streams.slice(at, at + together);
    const read = await Promise.all(some.map((name) => log.read(name, { limit: 10_000 })));
    for (const each of read) keep(each);
    await slices.drive(pause());
  }
  return events.toSorted((a, b) => a.position - b.position);
}

/** Lets others have their turn when the slice is spent. */
function* pause(): Generator<void> {
  yield;
}

function* applied(fold: PlainFold, events: readonly StoredEvent[]): Generator<void> {
  for (const [index, event] of events.entries()) {
    fold.apply(event);
    if (index % 64 === 0) yield;
  }
}

const rowChanged = 'RowChanged';
type RowChanged = { readonly table: string; readonly key: string; readonly row: object };

/** Each row as an event of its own, so that the fold judges it once instead of at every event. */
const rowEvents = ({ tables }: PlainFold, last: StoredEvent): StoredEvent[] =>
  [...tables].flatMap(([table, rows]) =>
    [...rows].map(([key, row]) => {
      const data: RowChanged = { table, key, row };
      return { ...last, type: rowChanged, data };
    }),
  );

/** The rows in a projection's tables in memory, with the figures that they add up to. */
async function saved(
  projection: AnyProjection,
  { environment }: PlainFold,
  {
    log,
    slices,
    rows,
    upTo,
  }: { log: Log; slices: Slices; rows: readonly StoredEvent[]; upTo: Position },
): Promise<ReadSource> {
  const judged: AnyProjection = {
    ...projection,
    environment,
    on: { [rowChanged]: takeRow } as AnyProjection['on'],
  };
  const file = ProjectionFile.create(judged, inMemory, log.logId);
  const fold = new ProjectionFold(judged, file);
  const failure = await slices.drive(fold.fold({ events: rows, upTo, caughtUp: false }));
  if (failure) throw new Error(`${failure.type} at ${failure.position}: ${failure.error}`);
  return sourceOf(file, fold, log, slices);
}

const takeRow = ({
  data: { table, key, row },
  tables,
}: {
  readonly data: RowChanged;
  readonly tables: Readonly<Record<string, Pick<TableFold<object, Columns>, 'change'>>>;
}): void => {
  tables[table]?.change(key, () => row);
};

const sourceOf = (
  file: ProjectionFile,
  fold: ProjectionFold,
  store: Log,
  slices: Slices,
): ReadSource => ({
  ...{ file, store, slices, waitFor: () => Promise.resolve() },
  get checkpoint() {
    return fold.checkpoint;
  },
});
