import { start, type EventStore } from '#eventstore/event-store.js';
import { isInPart, partOf, type LogPart } from '#eventstore/log-part.js';
import { wholeStream } from '#eventstore/stream-pages.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import { slices } from '#brokerage/slices.js';
import type { Config } from '#platform/config/config.js';
import { Past } from '#platform/replay/past.js';
import { replayLog } from '#platform/replay/replay-log.js';
import { ReplayCount, type ReplayTally } from '#platform/replay/replay-tally.js';
import { positionBefore } from './position-before.js';
import { openReadableLog } from './readable-log.js';

/** Which decisions are made again; what is left out leaves none out. */
export interface ReplayScope {
  /** Only of this stream. */
  readonly stream?: string;
  /** Only what was recorded at this instant or later. */
  readonly since?: string;
  /** Only of the streams of this part of the log. */
  readonly part?: LogPart;
}

const tellEvery = 1_000;

/** Makes the decisions of a part of a log again. Throws `StreamUnknown` where there is no such stream. */
export async function replayPart(
  config: Config,
  { stream, since, part }: ReplayScope,
  onProgress: (decisions: number) => void = () => undefined,
): Promise<ReplayTally> {
  const readable = await openReadableLog(config);
  const { log } = readable;
  try {
    const count = new ReplayCount();
    const comesBy = (name: string) => !part || isInPart(name, part);
    const past = new Past({ log, policyStream: councilPolicyStream, comesBy });
    const source =
      stream === undefined ? (part ? partOf(log, part) : log) : await onlyStream(log, stream);
    // Positions of EventStoreDB are places in its file: none between two events can be asked for.
    const canHalve = config.esdb === undefined;
    const after =
      stream === undefined && since && canHalve ? await positionBefore(log, since) : start;
    const upTo = await log.head();
    for await (const replayed of replayLog(source, { slices, past, after, upTo })) {
      if (since && (replayed.append[0]?.metadata.recordedAt ?? '') < since) continue;
      count.add(replayed);
      const { decisions } = count.tally;
      if (decisions % tellEvery === 0) onProgress(decisions);
    }
    return count.tally;
  } finally {
    await readable.close();
  }
}

/** There is no such stream in the log. */
export class StreamUnknown extends Error {
  override readonly name = 'StreamUnknown';
  constructor(stream: string) {
    super(`The log has no stream ${stream}. Give its whole name, carePackage-<id> for example.`);
  }
}

type WholeLog = Pick<EventStore, 'readAll'>;

async function onlyStream(log: Pick<EventStore, 'read'>, stream: string): Promise<WholeLog> {
  const events = await wholeStream(log, stream);
  if (events.length === 0) throw new StreamUnknown(stream);
  const page = { events, upTo: events.at(-1)?.position ?? start, caughtUp: true };
  return { readAll: () => Promise.resolve(page) };
}
