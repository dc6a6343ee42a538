import { deriveId } from '#kernel/ids.js';
import { maxEventBytes } from '#eventstore/event-store.js';
import type { Commands } from '../commands/commands.js';
import type { Acknowledged, Submission } from '../commands/submission.js';
import type { AddJobItems, OpenJob, StartJob } from './job.commands.js';
import type { ChildCommand } from './job.events.js';

export interface NewJob {
  /** The command that asked for the job; the same one again makes no second job. */
  readonly commandId: string;
  readonly kind: string;
  readonly title: string;
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
  { commandId, kind, title, items }: NewJob,
  submission: Submission,
): Promise<Acknowledged> {
  const send = (name: string, command: OpenJob | AddJobItems | StartJob) =>
    commands.executeNamed(name, command, submission);
  const open = { commandId, kind, title, total: items.length };
  const { id: jobId } = await send('OpenJob', open);
  let from = 0;
  for (const part of partsOf(items)) {
    const add = { commandId: deriveId(commandId, 'items', from), jobId, from, items: part };
    await send('AddJobItems', add);
    from += part.length;
  }
  return send('StartJob', { commandId: deriveId(commandId, 'start'), jobId });
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
