import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '#eventstore/event-store.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import type { Viewer } from '#kernel/actor.js';
import type { AnyProjection } from './definition.js';
import { ProjectionRunner, type RunnerOptions } from './projection-runner.js';
import { storedFrom, type SpecEvent } from './projection-spec.js';

export const broker: Viewer = { id: 'broker-1', roles: ['broker'] };
export const commissioner: Viewer = { id: 'commissioner-1', roles: ['commissioner'] };

/** A log in memory, a directory for read files, and runners over both, for the runner's specs. */
export class SampleLog {
  readonly directory = mkdtempSync(join(tmpdir(), 'projector-'));
  private readonly runners = new Set<ProjectionRunner>();

  constructor(readonly store: EventStore = createMemoryStore()) {}

  /** Appends the events to one stream and answers the last position. */
  async append(...events: readonly SpecEvent[]): Promise<number> {
    const head = await this.store.head();
    const stored = events.map((event, index) => storedFrom(event, head + index + 1));
    const expected = head === 0 ? 'none' : head - 1;
    return (await this.store.append('spec-1', stored, expected)).position;
  }

  async start(
    projections: readonly AnyProjection[],
    options: Partial<RunnerOptions> = {},
    store: EventStore = this.store,
  ): Promise<ProjectionRunner> {
    const runner = new ProjectionRunner(store, projections, {
      directory: join(this.directory, 'read'),
      ...options,
    });
    this.runners.add(runner);
    await runner.start();
    return runner;
  }

  async stop(runner: ProjectionRunner): Promise<void> {
    this.runners.delete(runner);
    await runner.stop();
  }

  async remove(): Promise<void> {
    for (const runner of this.runners) await this.stop(runner);
    await this.store.close();
    rmSync(this.directory, { recursive: true });
  }
}
