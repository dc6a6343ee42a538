import { instantMs } from '#kernel/time.js';
import { LogReader } from '#eventstore/sqlite/log-reader.js';
import { verifyLog } from '#eventstore/sqlite/verify-log.js';
import type { StoredEvent } from '#eventstore/event-store.js';
import type { SentCommand } from './killed-clients.js';

/** What the log says of the commands that were sent. */
export interface LogCheck {
  readonly events: number;
  /** Acknowledged, and not in the log at the position that was answered. */
  readonly lost: readonly string[];
  /** Recorded by two appends, whoever sent it: a client, a policy or a deadline. */
  readonly doubled: readonly string[];
  /** Recorded before the service died, acknowledged by a later one. */
  readonly recordedUnanswered: number;
  /** The first event that breaks the hash chain or the order, if any. */
  readonly fault?: string;
}

/** Reads the whole log of a stopped service and holds it against what clients were told. */
export async function checkLog(file: string, sent: readonly SentCommand[]): Promise<LogCheck> {
  const { fault, events } = await verifyLog(file);
  const { appends, at } = readCommands(file);
  const lost: string[] = [];
  let recordedUnanswered = 0;
  for (const { commandId, position, cutAtMs } of sent) {
    const recorded = appends.get(commandId)?.[0];
    if (!recorded || position === undefined || at.get(position) !== commandId) lost.push(commandId);
    else if (cutAtMs && instantMs(recorded.metadata.recordedAt) < cutAtMs) recordedUnanswered += 1;
  }
  const doubled = [...appends].filter(([, firsts]) => firsts.length > 1).map(([id]) => id);
  return { events, lost, doubled, recordedUnanswered, ...(fault && { fault: fault.why }) };
}

/** First events of appends by command id, and the command id at each position. */
function readCommands(file: string) {
  const appends = new Map<string, StoredEvent[]>();
  const at = new Map<number, string>();
  const reader = new LogReader(file);
  for (let after = 0; ;) {
    const { events, upTo } = reader.readAll({ after, limit: 2_000 });
    if (events.length === 0) break;
    for (const event of events) {
      const { commandId, command } = event.metadata;
      at.set(event.position, commandId);
      if (command) appends.set(commandId, [...(appends.get(commandId) ?? []), event]);
    }
    after = upTo;
  }
  reader.close();
  return { appends, at };
}
