import { systemActor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import {
  start,
  StoreUnavailable,
  type EventStore,
  type Position,
} from '#eventstore/event-store.js';
import type { Commands } from '../commands/commands.js';
import { Milestone } from '../policies/milestone.js';
import { ChildSender, pause } from './child-sender.js';
import { compoundsAtOnce, type CompoundCommands } from './compound-command.js';
import type { RecordJobResults } from './job.commands.js';
import { jobDecider } from './job.decider.js';
import type { ChildCommand, ChildResult, JobEvent, JobItemsAdded } from './job.events.js';
import { jobIsOver, type JobState } from './job.rules.js';
import { jobStream } from './job.slice.js';

export interface JobRunnerOptions {
  readonly store: EventStore;
  readonly commands: Commands;
  /** Children that are more than one command. */
  readonly compounds?: CompoundCommands;
  /** Told of a command that failed for a reason that no rule names. */
  readonly onFailed?: (command: string, error: unknown) => void;
  /** Results kept in one event. Default 100. */
  readonly batchSize?: number;
  /** Commands in flight for one job. Default 16. */
  readonly atOnce?: number;
}

const checkpointName = 'jobs/runner';

/**
 * Sends the commands of started jobs and keeps their results. After a restart, also by `kill -9`,
 * unfinished jobs go on after the last kept result: a command sent twice has the same id.
 */
export class JobRunner {
  private readonly stop = new AbortController();
  private readonly working = new Map<string, Promise<void>>();
  private readonly read = new Milestone();
  private following: Promise<void> | undefined;
  private lastStartedAt: Position = start;
  private saved: Promise<void> = Promise.resolve();
  private readonly batchSize: number;
  private readonly atOnce: number;
  private readonly child: ChildSender;

  constructor(private readonly options: JobRunnerOptions) {
    this.child = new ChildSender(options, this.stop.signal);
    this.batchSize = options.batchSize ?? 100;
    this.atOnce = options.atOnce ?? 16;
  }

  /** Takes up unfinished jobs and those that are started from now on. */
  begin(): void {
    this.following ??= this.follow();
  }

  /** Resolves once every job that was started up to now is over; at once before `begin`. */
  async idle(): Promise<void> {
    if (!this.following) return;
    await this.read.wait(await this.options.store.head());
    await Promise.all(this.working.values());
    await this.saved;
  }

  /** Stops after the commands in flight; unfinished jobs go on at the next start. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.following;
    await Promise.all(this.working.values());
    await this.saved;
  }

  private async follow(): Promise<void> {
    const { store } = this.options;
    const from = await this.knownCheckpoint();
    this.read.reach(from);
    const filter = { types: ['JobStarted'] satisfies JobEvent['type'][] };
    const { signal } = this.stop;
    for await (const { events, upTo } of store.subscribe(from, { filter, signal })) {
      for (const { stream } of events) this.take(stream.slice(jobStream('').length));
      this.read.reach(upTo);
      const last = events.at(-1);
      if (last) this.saved = this.checkpointWhenIdle(last.position);
    }
  }

  private async knownCheckpoint(): Promise<Position> {
    while (!this.stop.signal.aborted) {
      try {
        return (await this.options.store.checkpoint(checkpointName)) ?? start;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        await pause(1_000, this.stop.signal);
      }
    }
    return start;
  }

  private take(jobId: string): void {
    const work = this.carryOut(jobId).finally(() => this.working.delete(jobId));
    this.working.set(jobId, work);
  }

  /** Nothing before the checkpoint is unfinished, so the next start need not read it. */
  private async checkpointWhenIdle(startedAt: Position): Promise<void> {
    this.lastStartedAt = startedAt;
    await Promise.all(this.working.values());
    if (this.stop.signal.aborted || this.lastStartedAt > startedAt) return;
    await this.options.store.saveCheckpoint(checkpointName, startedAt).catch(() => undefined);
  }

  private async carryOut(jobId: string): Promise<void> {
    while (!this.stop.signal.aborted) {
      try {
        const { state } = await this.options.commands.reader.folded(jobDecider, jobStream(jobId));
        if (jobIsOver(state.status)) return;
        await this.nextBatch(jobId, state);
      } catch (error) {
        if (this.stop.signal.aborted) return;
        this.options.onFailed?.('RecordJobResults', error);
        await pause(1_000, this.stop.signal);
      }
    }
  }

  private async nextBatch(jobId: string, state: JobState): Promise<void> {
    const { recorded: from, status } = state;
    const results = status === 'cancelling' ? [] : await this.send(jobId, state);
    if (this.stop.signal.aborted) return;
    const commandId = deriveId(jobId, 'results', from, status);
    const record: RecordJobResults = { commandId, jobId, from, results };
    await this.options.commands.executeNamed('RecordJobResults', record, { actor: systemActor });
  }

  private batchSizeAt(next: ChildCommand | undefined): number {
    const isCompound = next !== undefined && this.options.compounds?.[next.name] !== undefined;
    return isCompound ? Math.min(compoundsAtOnce, this.batchSize) : this.batchSize;
  }

  /** Sends the next commands side by side; the results are in the order of the list. */
  private async send(jobId: string, state: JobState): Promise<readonly ChildResult[]> {
    const part = state.parts.findLastIndex((first) => first <= state.recorded);
    // The stream's first event opens the job, the parts of its list follow.
    const [event] = await this.options.store.read(jobStream(jobId), { from: part + 1, limit: 1 });
    if (event?.type !== 'JobItemsAdded') throw new Error(`${jobId} has lost a part of its list`);
    const { from, items } = event.data as JobItemsAdded['data'];
    const skipped = state.recorded - from;
    const batch = items.slice(skipped, skipped + this.batchSizeAt(items[skipped]));
    const results: ChildResult[] = [];
    const { correlationId, actor } = event.metadata;
    const submission = {
      actor: state.startedBy ?? actor,
      causationId: event.id,
      ...(correlationId && { correlationId }),
    };
    const next = batch.entries();
    const worker = async (): Promise<void> => {
      for (const [at, item] of next) {
        const commandId = childCommandId(jobId, state.recorded + at);
        results[at] = await this.child.send(item, commandId, submission);
      }
    };
    await Promise.all(Array.from({ length: this.atOnce }, worker));
    return results;
  }
}

/** A command of a job has the same id whenever it is sent. */
export const childCommandId = (jobId: string, index: number): string => deriveId(jobId, index);
