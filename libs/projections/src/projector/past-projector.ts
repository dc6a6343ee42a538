import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import type { AnyProjection, ProjectionOf, Tables } from './definition.js';
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
      const file = ProjectionFile.create(projection, inMemory, log.logId);
      const fold = new ProjectionFold(projection, file);
      sources.set(projection.name, sourceOf(file, fold, log, slices));
      for (let at = 0; at <= events.length; at += pageSize) {
        const page = events.slice(at, at + pageSize);
        const upTo = page.length < pageSize ? position : (page.at(-1)?.position ?? position);
        const work = fold.fold({ events: page, upTo, caughtUp: false });
        const failure = await slices.drive(work);
        if (failure) throw new Error(`${failure.type} at ${failure.position}: ${failure.error}`);
      }
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
