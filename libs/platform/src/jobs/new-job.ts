import { deriveId } from '#kernel/ids.js';
import { maxEventBytes } from '#eventstore/event-store.js';
import type { Commands } from '../commands/commands.js';
import {
  IdempotencyKeyReused,
  type Acknowledged,
  type Submission,
} from '../commands/submission.js';
import type { AddJobItems, OpenJob, StartJob } from './job.commands.js';
import { jobDecider } from './job.decider.js';
import type { ChildCommand } from './job.events.js';
import type { JobState } from './job.rules.js';
import { jobStream } from './job.slice.js';

export interface NewJob {
  /** The command that asked for the job; the same one again makes no second job. */
  readonly commandId: string;
  readonly kind: string;
  readonly title: string;
  /** A hash of what it is made of. */
  readonly source: string;
  readonly items: readonly ChildCommand[];
}

/** An event keeps its items twice, as data and as its command's fields, with some metadata. */
const maxPartBytes = Math.floor(maxEventBytes / 2) - 16 * 1024;

/**
 * Records a job with its whole list and starts it; the runner does the rest. Sent again with the
 * same command id and list it goes on where it was interrupted; a list that was interrupted before
 * it started and has become another one since is given up for the new one. Throws `RangeError` for
 * an item that no event could hold, and `IdempotencyKeyReused` when the command has started a job
 * of something else or by someone else.
 */
export async function startJob(
  commands: Pick<Commands, 'executeNamed' | 'reader'>,
  job: NewJob,
  submission: Submission,
): Promise<Acknowledged> {
  const { commandId, state } = await turnOf(commands, job, submission);
  try {
    return await recorded(commands, { ...job, commandId }, submission);
  } catch (error) {
    const isOtherList = error instanceof IdempotencyKeyReused && state.status === 'preparing';
    if (!isOtherList || state.jobId === null) throw error;
    const giveUp = { commandId: deriveId(commandId, 'give-up'), jobId: state.jobId };
    await commands.executeNamed('CancelJob', giveUp, submission);
    return startJob(commands, job, submission);
  }
}

async function recorded(
  commands: Pick<Commands, 'executeNamed'>,
  { commandId, kind, title, source, items }: NewJob,
  submission: Submission,
): Promise<Acknowledged> {
  const send = (name: string, command: OpenJob | AddJobItems | StartJob) =>
    commands.executeNamed(name, command, submission);
  const open = { commandId, kind, title, source, total: items.length };
  const { id: jobId } = await send('OpenJob', open);
  let from = 0;
  for (const part of partsOf(items)) {
    const add = { commandId: deriveId(commandId, 'items', from), jobId, from, items: part };
    await send('AddJobItems', add);
    from += part.length;
  }
  return send('StartJob', { commandId: deriveId(commandId, 'start'), jobId });
}

/**
 * The job that a command has started before, `undefined` when it has not. Throws
 * `IdempotencyKeyReused` when that job was made of something else or by someone else.
 */
export async function startedBefore(
  commands: Pick<Commands, 'executeNamed' | 'reader'>,
  job: Pick<NewJob, 'commandId' | 'source'>,
  submission: Submission,
): Promise<(Acknowledged & { readonly total: number }) | undefined> {
  const { commandId, state } = await turnOf(commands, job, submission);
  const { jobId, status, total } = state;
  if (jobId === null || status === 'preparing') return undefined;
  const start = { commandId: deriveId(commandId, 'start'), jobId };
  return { ...(await commands.executeNamed('StartJob', start, submission)), total };
}

/** The command's job as it stands: one that was given up before it started makes way for another. */
async function turnOf(
  { reader }: Pick<Commands, 'reader'>,
  { commandId: asked, source }: Pick<NewJob, 'commandId' | 'source'>,
  { actor }: Submission,
): Promise<{ readonly commandId: string; readonly state: JobState }> {
  for (let turn = 0; ; turn += 1) {
    const commandId = turn === 0 ? asked : deriveId(asked, 'turn', turn);
    const { state } = await reader.folded(jobDecider, jobStream(deriveId(commandId, 'job')));
    const isSame = state.source === source && state.startedBy?.id === actor.id;
    if (state.jobId !== null && !isSame) throw new IdempotencyKeyReused(asked);
    if (state.status !== 'cancelled' || state.started) return { commandId, state };
  }
}

/** The list in parts that one event holds each. */
export function partsOf(
  items: readonly ChildCommand[],
  maxBytes = maxPartBytes,
): readonly (readonly ChildCommand[])[] {
  const parts: ChildCommand[][] = [];
  let free = 0;
  for (const item of items) {
    const bytes = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (bytes > maxBytes) throw new RangeError(`${item.label} is too large: ${bytes} bytes`);
    if (bytes > free || parts.length === 0) {
      parts.push([]);
      free = maxBytes;
    }
    parts.at(-1)?.push(item);
    free -= bytes;
  }
  return parts;
}
