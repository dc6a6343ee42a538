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
 * same command id and list it goes on where it was interrupted. Throws `RangeError` for an item that
 * no event could hold.
 */
export async function startJob(
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
  { commandId, source }: Pick<NewJob, 'commandId' | 'source'>,
  submission: Submission,
): Promise<(Acknowledged & { readonly total: number }) | undefined> {
  const jobId = deriveId(commandId, 'job');
  const { state } = await commands.reader.folded(jobDecider, jobStream(jobId));
  if (state.jobId === null) return undefined;
  const same = state.source === source && state.startedBy?.id === submission.actor.id;
  if (!same) throw new IdempotencyKeyReused(commandId);
  if (state.status === 'preparing') return undefined;
  const start = { commandId: deriveId(commandId, 'start'), jobId };
  const started = await commands.executeNamed('StartJob', start, submission);
  return { ...started, total: state.total };
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
