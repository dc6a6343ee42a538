import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore, Position } from '#eventstore/event-store.js';
import { asOfAt } from './as-of.js';
import { Changes } from './changes.js';
import { belongsTo, type Checkpoint } from './checkpoint.js';
import type { AnyProjection } from './definition.js';
import { ReadModelBehind } from './errors.js';
import { LagWatch, type LagRule } from './lag-watch.js';
import { checkpointIn, ProjectionFile, removeFile } from './projection-file.js';
import type { ProjectionFailure } from './projection-failure.js';
import type { ReadSource } from './read-source.js';
import { RunningProjection } from './running-projection.js';
import type { Slices } from './slices.js';
import type { WalCheckpointer } from './wal-checkpointer.js';

/** A file that answers reads: a running one, or one of an earlier version that stands still. */
interface Serving {
  readonly file: ProjectionFile;
  readonly checkpoint: Checkpoint;
  readonly failure?: ProjectionFailure | undefined;
  close(): Promise<void> | void;
}

/** What all projections of a runner share. */
export interface ServingMeans {
  readonly directory: string;
  readonly store: EventStore;
  readonly slices: Slices;
  readonly checkpointer: WalCheckpointer;
  readonly lagRule: LagRule;
}

/**
 * A projection as readers know it: the file that serves, and beside it the one that is being built
 * for a new version or by request, which takes over at the head of the log.
 */
export class ServedProjection implements ReadSource {
  readonly changes = new Changes();
  readonly store: EventStore;
  readonly slices: Slices;
  readonly lagWatch: LagWatch;
  building: RunningProjection | undefined;
  private current: Serving | undefined;
  private readonly path: string;

  constructor(
    readonly projection: AnyProjection,
    private readonly means: ServingMeans,
  ) {
    this.store = means.store;
    this.slices = means.slices;
    this.lagWatch = new LagWatch(means.lagRule);
    this.path = join(means.directory, `${projection.name}@${projection.version}.db`);
  }

  get serving(): Serving {
    if (!this.current) throw new Error(`projection ${this.projection.name} is not started`);
    return this.current;
  }

  get file(): ProjectionFile {
    return this.serving.file;
  }

  get checkpoint(): Checkpoint {
    return this.serving.checkpoint;
  }

  /** The files that follow the log: one, or two during a rebuild. */
  get running(): readonly RunningProjection[] {
    return [this.current, this.building].filter((each) => each instanceof RunningProjection);
  }

  /** The file that serves has reached the head since it was opened. */
  get isLive(): boolean {
    return this.serving instanceof RunningProjection && this.serving.live;
  }

  /** Opens its files; one that does not belong to this log is built anew. */
  async open(): Promise<void> {
    removeFile(this.rebuildPath);
    let file = ProjectionFile.open(this.projection, this.path, this.store.logId);
    if (!(await belongsTo(this.store, file.found))) {
      file.close();
      file = ProjectionFile.create(this.projection, this.path, this.store.logId);
    }
    const running = this.run(file);
    const earlier = await this.earlierVersion();
    this.current = earlier ?? running;
    this.building = earlier && running;
  }

  async waitFor(position: Position, timeoutMs: number): Promise<void> {
    const decided = () =>
      this.checkpoint.position >= position || this.serving.failure !== undefined;
    await this.changes.until(decided, timeoutMs);
    if (this.checkpoint.position >= position) return;
    throw new ReadModelBehind(this.projection.name, asOfAt(this.checkpoint), position);
  }

  /** Begins a second file from the start of the log; an unfinished one is begun again. */
  async rebuild(): Promise<RunningProjection> {
    await this.building?.close();
    const { logId } = this.store;
    // The file of a new version that still is being built is simply begun again in its place.
    const path = this.serving instanceof RunningProjection ? this.rebuildPath : this.path;
    const file = ProjectionFile.create(this.projection, path, logId);
    this.building = this.run(file);
    return this.building;
  }

  /**
   * A running file has reached the head. If it is the one being built, it serves from now on.
   * Files of other versions were kept until now, for a way back.
   */
  async reachedHead(running: RunningProjection): Promise<void> {
    if (running === this.building) {
      await this.serving.close();
      if (running.file.path !== this.path) await running.moveTo(this.path);
      this.current = running;
      this.building = undefined;
    }
    for (const { path } of this.otherVersions()) removeFile(path);
    this.changes.notify();
  }

  async close(): Promise<void> {
    await this.building?.close();
    await this.current?.close();
  }

  private run(file: ProjectionFile): RunningProjection {
    return new RunningProjection(this.projection, file, this.means.checkpointer, () =>
      this.changes.notify(),
    );
  }

  private get rebuildPath(): string {
    return this.path.replace(/\.db$/, '.rebuild.db');
  }

  private otherVersions(): { readonly path: string; readonly version: number }[] {
    if (!existsSync(this.means.directory)) return [];
    return readdirSync(this.means.directory).flatMap((name) => {
      const [, projection, version] = /^(.+)@(\d+)\.db$/.exec(name) ?? [];
      const isOther =
        projection === this.projection.name && Number(version) !== this.projection.version;
      return isOther ? [{ path: join(this.means.directory, name), version: Number(version) }] : [];
    });
  }

  /** The latest earlier version whose tables have the same shape, so that its rows can serve. */
  private async earlierVersion(): Promise<Serving | undefined> {
    for (const { path } of this.otherVersions().sort((a, b) => b.version - a.version)) {
      const checkpoint = checkpointIn(path, this.projection);
      if (checkpoint && (await belongsTo(this.store, checkpoint))) {
        const file = ProjectionFile.open(this.projection, path, checkpoint.logId);
        return {
          file,
          checkpoint,
          close: () => {
            file.close();
          },
        };
      }
    }
    return undefined;
  }
}
