import { systemActor } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import type { EventStore } from '#eventstore/event-store.js';
import type { Commands } from '../commands/commands.js';
import { sideBySide } from '../courtesy/side-by-side.js';
import { ChildSender, pause } from './child-sender.js';
import { compoundsAtOnce, type CompoundCommands } from './compound-command.js';
import type { RecordJobResults } from './job.commands.js';
import { jobDecider } from './job.decider.js';
import type { ChildCommand, ChildResult, JobEvent, JobItemsAdded } from './job.events.js';
import { jobIsOver, type JobState } from './job.rules.js';
import { jobSlice, jobStream } from './job.slice.js';
import { StreamWorks } from './stream-works.js';

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

/**
 * Sends the commands of started jobs and keeps their results. After a restart, also by `kill -9`,
 * unfinished jobs go on after the last kept result: a command sent twice has the same id.
 */
export class JobRunner {
  private readonly works: StreamWorks;
  private readonly batchSize: number;
  private readonly atOnce: number;
  private readonly child: ChildSender;

  constructor(private readonly options: JobRunnerOptions) {
    this.works = new StreamWorks({
      ...{ store: options.store, checkpointName: 'jobs/runner', category: jobSlice.category },
      types: ['JobStarted'] satisfies JobEvent['type'][],
      carryOut: (jobId) => this.carryOut(jobId),
    });
    this.child = new ChildSender(options, this.works.stopped);
    this.batchSize = options.batchSize ?? 100;
    this.atOnce = options.atOnce ?? 16;
  }

  /** Takes up unfinished jobs and those that are started from now on. */
  begin(): void {
    this.works.begin();
  }

  /** Resolves once every job that was started up to now is over; at once before `begin`. */
  idle(): Promise<void> {
    return this.works.idle();
  }

  /** Stops after the commands in flight; unfinished jobs go on at the next start. */
  close(): Promise<void> {
    return this.works.close();
  }

  private async carryOut(jobId: string): Promise<void> {
    while (!this.works.stopped.aborted) {
      try {
        const { state } = await this.options.commands.reader.folded(jobDecider, jobStream(jobId));
        if (jobIsOver(state.status)) return;
        await this.nextBatch(jobId, state);
      } catch (error) {
        if (this.works.stopped.aborted) return;
        this.options.onFailed?.('RecordJobResults', error);
        await pause(1_000, this.works.stopped);
      }
    }
  }

  private async nextBatch(jobId: string, state: JobState): Promise<void> {
    const { recorded: from, status } = state;
    const results = status === 'cancelling' ? [] : await this.send(jobId, state);
    if (this.works.stopped.aborted) return;
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
    const { correlationId, actor } = event.metadata;
    const submission = {
      actor: state.startedBy ?? actor,
      causationId: event.id,
      ...(correlationId && { correlationId }),
    };
    return sideBySide(batch, this.atOnce, (item, at) =>
      this.child.send(item, childCommandId(jobId, state.recorded + at), submission),
    );
  }
}

/** A command of a job has the same id whenever it is sent. */
export const childCommandId = (jobId: string, index: number): string => deriveId(jobId, index);
