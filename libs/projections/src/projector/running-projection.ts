import type { LogPage } from '#eventstore/event-store.js';
import type { Checkpoint } from './checkpoint.js';
import type { AnyProjection } from './definition.js';
import { PendingChanges } from './live-changes.js';
import { ProjectionFile, replaceFile } from './projection-file.js';
import type { ProjectionFailure } from './projection-failure.js';
import { ProjectionFold } from './projection-fold.js';
import type { Slices } from './slices.js';
import { backlogLimit, type WalCheckpointer } from './wal-checkpointer.js';

/** A projection file that follows the log. */
export class RunningProjection {
  /** The event that stopped it. */
  failure: ProjectionFailure | undefined;
  /** It has reached the head of the log since it was opened. */
  live = false;
  /** When it last moved, by `performance.now()`. */
  movedAtMs = performance.now();
  ratePerSecond = 0;
  /** Rows changed since it is live, until they are told. */
  readonly pending = new PendingChanges();
  private fold: ProjectionFold;
  private taking: Promise<unknown> = Promise.resolve();
  private measured: { readonly atMs: number; readonly seen: number } | undefined;

  constructor(
    private readonly projection: AnyProjection,
    private opened: ProjectionFile,
    private readonly checkpointer: WalCheckpointer,
    private readonly onMoved: () => void,
  ) {
    this.fold = this.foldOf(opened);
  }

  get file(): ProjectionFile {
    return this.opened;
  }

  get checkpoint(): Checkpoint {
    return this.fold.checkpoint;
  }

  /** Folds what is new in the page; keeps the failure when an event stops it. */
  async take(page: LogPage, slices: Slices, signal: AbortSignal): Promise<void> {
    if (this.failure) return;
    const taking = this.foldPage(page, slices, signal);
    this.taking = taking.catch(() => undefined);
    await taking;
  }

  /** Waits for the page at hand and closes the file. */
  async close(): Promise<void> {
    await this.taking;
    this.fold.saveProgress();
    this.opened.close();
  }

  /** Puts its file in the place of another one, which must be closed. */
  async moveTo(path: string): Promise<void> {
    const { checkpoint } = this;
    await this.close();
    replaceFile(path, this.opened.path);
    this.opened = ProjectionFile.open(this.projection, path, checkpoint.logId);
    this.fold = this.foldOf(this.opened);
  }

  /** What a catch-up changes is told to nobody: they ask for the rows when it is over. */
  private foldOf(file: ProjectionFile): ProjectionFold {
    return new ProjectionFold(this.projection, file, (changes) => {
      if (this.live) this.pending.add(changes);
    });
  }

  private async foldPage(page: LogPage, slices: Slices, signal: AbortSignal): Promise<void> {
    this.failure = await slices.drive(this.fold.fold(page), signal);
    this.measure();
    this.onMoved();
    const { path } = this.opened;
    if (this.opened.walBacklog() > backlogLimit) await this.checkpointer.checkpoint(path);
  }

  private measure(): void {
    const nowMs = performance.now();
    const { seen } = this.checkpoint;
    this.movedAtMs = nowMs;
    this.measured ??= { atMs: nowMs, seen };
    const { atMs, seen: seenThen } = this.measured;
    if (nowMs - atMs < 1_000) return;
    this.ratePerSecond = Math.round(((seen - seenThen) * 1_000) / (nowMs - atMs));
    this.measured = { atMs: nowMs, seen };
  }
}
