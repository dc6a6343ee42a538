import type { LogPage, Position, StoredEvent } from '#eventstore/event-store.js';
import { after, checkpointWriter, reaching, type Checkpoint } from './checkpoint.js';
import type { AnyProjection } from './definition.js';
import { Environment } from './environment.js';
import type { RowChange } from './live-changes.js';
import type { ProjectionFile } from './projection-file.js';
import type { ErasedTable } from './row-store.js';
import { RowTable } from './row-table.js';
import { failureAt, type ProjectionFailure } from './projection-failure.js';
import { schemaHash } from './schema.js';
import { Tally } from './tally.js';
import { TallyStore } from './tally-store.js';

type Handler = (handling: object) => void;

const instantEvery = 1_000;
const unsavedLimit = 10_000;
const checkpointEvery = 5_000;

/**
 * Folds pages of the log into one projection's file. Rows, figures and checkpoint of a page are one
 * transaction. All work is generators that yield often: the caller decides when to go on.
 */
export class ProjectionFold {
  private readonly handlers: ReadonlyMap<string, Handler>;
  private readonly tables: Readonly<Record<string, RowTable>>;
  private readonly tableList: readonly RowTable[];
  private readonly tally: Tally;
  private readonly environment: Environment;
  private readonly saveCheckpoint;
  private readonly saveInstant;
  private committed: Checkpoint;
  private saved: Checkpoint;

  constructor(
    projection: AnyProjection,
    private readonly file: ProjectionFile,
    /** Told the changed rows of tables that are shown live, once they are committed. */
    private readonly onChanges: (changes: readonly RowChange[]) => void = () => undefined,
  ) {
    const db = file.writer;
    this.handlers = new Map(Object.entries(projection.on as Record<string, Handler>));
    this.tally = new Tally(projection, new TallyStore(db));
    this.tables = Object.fromEntries(
      Object.entries(projection.tables as Record<string, ErasedTable>).map(([name, table]) => [
        name,
        new RowTable(db, name, table, this.tally, projection.name),
      ]),
    );
    this.tableList = Object.values(this.tables);
    this.environment = new Environment(db, projection.environment, () => {
      this.tally.settle(this.environment.get());
    });
    this.saveCheckpoint = checkpointWriter(db, schemaHash(projection));
    this.saveInstant = db.prepare<[Position, string]>('REPLACE INTO _instants VALUES (?, ?)');
    this.committed = this.saved = file.found;
  }

  /** How far this projection has read; readers see exactly this. */
  get checkpoint(): Checkpoint {
    return this.committed;
  }

  /**
   * Folds what is new in the page. When an event fails, everything before it is kept, and the
   * failure is returned; a generator that is ended early keeps nothing of the page.
   */
  *fold(page: LogPage): Generator<void, ProjectionFailure | undefined> {
    const events = page.events.filter((event) => event.position > this.committed.position);
    if (!events.some((event) => this.handlers.has(event.type))) {
      this.skip(events, page.upTo);
      return undefined;
    }
    try {
      yield* this.foldTogether(events, page.upTo);
      return undefined;
    } catch {
      // Which event it was shows when each is saved alone.
      return yield* this.foldOneByOne(events, page.upTo);
    }
  }

  /** Saves a checkpoint that moved without changes of rows. */
  saveProgress(): void {
    if (this.saved === this.committed) return;
    this.saveCheckpoint(this.committed);
    this.saved = this.committed;
  }

  /** Most live events concern few projections: the others move on without a transaction. */
  private skip(events: readonly StoredEvent[], upTo: Position): void {
    let checkpoint = this.committed;
    for (const event of events) checkpoint = this.passed(checkpoint, event);
    this.committed = reaching(checkpoint, upTo);
    if (checkpoint.seen - this.saved.seen >= checkpointEvery) this.saveProgress();
  }

  private *foldTogether(events: readonly StoredEvent[], upTo: Position): Generator<void> {
    let checkpoint = this.committed;
    yield* this.transaction(
      function* (this: ProjectionFold) {
        let folded = 0;
        for (const event of events) {
          yield* this.apply(event);
          checkpoint = this.passed(checkpoint, event);
          if (++folded % 16 === 0) yield;
        }
        checkpoint = reaching(checkpoint, upTo);
        yield* this.flush();
        this.saveCheckpoint(checkpoint);
      }.bind(this),
    );
    this.committed = this.saved = checkpoint;
    for (const table of this.tableList) this.onChanges(table.takeChanges());
  }

  private *foldOneByOne(
    events: readonly StoredEvent[],
    upTo: Position,
  ): Generator<void, ProjectionFailure | undefined> {
    for (const event of events) {
      try {
        yield* this.foldTogether([event], event.position);
      } catch (error) {
        return failureAt(event, error);
      }
    }
    this.committed = reaching(this.committed, upTo);
    return undefined;
  }

  private *transaction(work: () => Generator<void>): Generator<void> {
    const db = this.file.writer;
    let complete = false;
    db.exec('BEGIN IMMEDIATE');
    try {
      yield* work();
      db.exec('COMMIT');
      complete = true;
    } finally {
      if (!complete) {
        if (db.inTransaction) db.exec('ROLLBACK');
        this.tally.reset();
        for (const table of this.tableList) table.reset();
        this.environment.reset();
      }
    }
  }

  private *apply(event: StoredEvent): Generator<void> {
    const handler = this.handlers.get(event.type);
    if (!handler) return;
    const { tables, environment } = this;
    handler({ event, data: event.data, tables, environment });
    environment.settle(event.position);
    let unsaved = 0;
    for (const table of this.tableList) {
      table.settle(event.position, environment.get());
      for (const range of table.takeRequests()) {
        yield* table.rejudge(range, event.position, environment.get());
      }
      unsaved += table.unsaved;
    }
    if (unsaved > unsavedLimit) yield* this.flush();
  }

  private *flush(): Generator<void> {
    this.tally.settle(this.environment.get());
    yield* this.tally.flush();
    for (const table of this.tableList) yield* table.flush();
  }

  private passed(checkpoint: Checkpoint, event: StoredEvent): Checkpoint {
    const next = after(checkpoint, event);
    if (next.seen % instantEvery === 0 && next.recordedAt !== null) {
      this.saveInstant.run(next.position, next.recordedAt);
    }
    return next;
  }
}
