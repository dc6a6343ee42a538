import type { EventMetadata, StoredEvent } from '#eventstore/event-store.js';
import { systemActor, type Viewer } from '#kernel/actor.js';
import type { Event } from '#kernel/decider.js';
import { idOfKey } from '#kernel/ids.js';
import type {
  AnyProjection,
  Counts,
  ProjectionOf,
  RowOf,
  SetFigures,
  Tables,
} from './definition.js';
import { inMemory, ProjectionFile } from './projection-file.js';
import { ProjectionFold } from './projection-fold.js';
import { ProjectionReader } from './reader.js';
import type { ReadSource } from './read-source.js';
import { recomputed, storedFigures } from './recount.js';
import { runThrough, Slices } from './slices.js';

/** An event as a spec states it; what is left out gets a plain default. */
export interface SpecEvent extends Event {
  readonly stream?: string;
  /** Default: one minute after the event before, from 2026-03-02T09:00Z on. */
  readonly recordedAt?: string;
  readonly metadata?: Partial<EventMetadata>;
}

const logId = 'spec';
const firstRecordedAtMs = Date.UTC(2026, 2, 2, 9);

/** An event as the store would give it, at a position from 1 on. */
export function storedFrom(event: SpecEvent, position: number): StoredEvent {
  const recordedAt =
    event.recordedAt ?? new Date(firstRecordedAtMs + (position - 1) * 60_000).toISOString();
  return {
    id: idOfKey('spec', position),
    type: event.type,
    version: 1,
    data: event.data,
    stream: event.stream ?? 'spec-1',
    revision: position - 1,
    position,
    metadata: {
      commandId: `command-${position}`,
      actor: systemActor,
      recordedAt,
      ...event.metadata,
    },
  };
}

/**
 * `givenEvents(projection).given(...events).row(table, key).is(row)`: folds the events into a
 * projection in memory, with the code that runs in the service.
 */
export const givenEvents = <T extends Tables>(projection: ProjectionOf<T>): ProjectionInSpec<T> =>
  new ProjectionInSpec<T>(projection);

class ProjectionInSpec<T extends Tables> {
  /** The reads that queries use. */
  readonly reader: ProjectionReader<T>;
  private readonly file: ProjectionFile;
  private readonly fold: ProjectionFold;
  private readonly log: StoredEvent[] = [];

  constructor(private readonly projection: AnyProjection) {
    this.file = ProjectionFile.create(projection, inMemory, logId);
    this.fold = new ProjectionFold(projection, this.file);
    this.reader = new ProjectionReader<T>(sourceOf(this.file, this.fold, this.log), projection);
  }

  /** Folds further events. Throws what a handler throws, with the event's type. */
  given(...events: readonly SpecEvent[]): this {
    const stored = events.map((event, index) => storedFrom(event, this.log.length + index + 1));
    this.log.push(...stored);
    const upTo = this.log.length;
    const failure = runThrough(this.fold.fold({ events: stored, upTo, caughtUp: true }));
    if (failure) throw new Error(`${failure.type} at ${failure.position}: ${failure.error}`);
    return this;
  }

  /** The position of the last given event. */
  get position(): number {
    return this.log.length;
  }

  row<Name extends keyof T & string>(table: Name, key: string) {
    const row = this.stored(table, key);
    return {
      is: (expected: RowOf<T[Name]>): this => this.holds(() => expect(row).toEqual(expected)),
      /** The expected fields need only be a part of the row's. */
      isLike: (expected: Partial<RowOf<T[Name]>>): this =>
        this.holds(() => expect(row).toMatchObject(expected)),
      isAbsent: (): this => this.holds(() => expect(row).toBeUndefined()),
    };
  }

  /** Who may see a row. */
  rowSeenBy<Name extends keyof T & string>(
    viewer: Viewer,
    table: Name,
    key: string,
  ): RowOf<T[Name]> | undefined {
    return this.reader.get(viewer, table, key);
  }

  counter(key: string) {
    const counts = storedFigures(this.file.reader).counters.get(key);
    return {
      is: (expected: Counts): this => this.holds(() => expect(counts).toEqual(expected)),
      isAbsent: (): this => this.holds(() => expect(counts).toBeUndefined()),
    };
  }

  set(key: string) {
    const figures = storedFigures(this.file.reader).sets.get(key);
    return {
      is: (expected: SetFigures): this => this.holds(() => expect(figures).toEqual(expected)),
      isAbsent: (): this => this.holds(() => expect(figures).toBeUndefined()),
    };
  }

  /** Figures recomputed from all rows equal the stored ones. */
  recountAgrees(): this {
    const db = this.file.reader;
    expect(runThrough(recomputed(db, this.projection))).toEqual(storedFigures(db));
    return this;
  }

  private holds(check: () => void): this {
    check();
    return this;
  }

  private stored(table: string, key: string): unknown {
    const body = this.file.reader
      .prepare<[string], string>(`SELECT body FROM "${table}" WHERE key = ?`)
      .pluck()
      .get(key);
    return body === undefined ? undefined : (JSON.parse(body) as unknown);
  }
}

const sourceOf = (
  file: ProjectionFile,
  fold: ProjectionFold,
  log: readonly StoredEvent[],
): ReadSource => ({
  file,
  slices: new Slices(),
  waitFor: () => Promise.resolve(),
  store: {
    readAll: ({ after = 0 } = {}) =>
      Promise.resolve({
        events: log.filter(({ position }) => position > after),
        upTo: log.length,
        caughtUp: true,
      }),
  },
  get checkpoint() {
    return fold.checkpoint;
  },
});
