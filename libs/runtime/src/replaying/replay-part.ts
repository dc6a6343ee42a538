import type { EventStore, Position } from '#eventstore/event-store.js';
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
  /** One of so many readers, each of which takes every so many-th range of the log. */
  readonly part?: { readonly index: number; readonly of: number };
}

const tellEvery = 1_000;

/** Makes the decisions of a part of a log again. Throws `StreamUnknown` where there is no such stream. */
export async function replayPart(
  config: Config,
  { stream, since, part = { index: 0, of: 1 } }: ReplayScope,
  onProgress: (decisions: number) => void = () => undefined,
): Promise<ReplayTally> {
  const readable = await openReadableLog(config);
  const { log } = readable;
  try {
    const count = new ReplayCount();
    const past = new Past(log, councilPolicyStream);
    const source = stream === undefined ? log : await onlyStream(log, stream);
    // Positions of EventStoreDB are places in its file: none between two events can be asked for.
    const canHalve = config.esdb === undefined;
    const from = stream === undefined && since && canHalve ? await positionBefore(log, since) : 0;
    for (const [after, upTo] of rangesOf(from, await log.head(), part)) {
      for await (const replayed of replayLog(source, { slices, past, after, upTo })) {
        if (since && (replayed.append[0]?.metadata.recordedAt ?? '') < since) continue;
        count.add(replayed);
        const { decisions } = count.tally;
        if (decisions % tellEvery === 0) onProgress(decisions);
      }
    }
    return count.tally;
  } finally {
    await readable.close();
  }
}

const rangesEach = 4;

/** The ranges `(after, upTo]` of one reader: several, so that quick and slow ones even out. */
function* rangesOf(
  from: Position,
  head: Position,
  { index, of }: { readonly index: number; readonly of: number },
): Generator<readonly [Position, Position]> {
  const ranges = of === 1 ? 1 : of * rangesEach;
  const at = (range: number) => from + Math.floor(((head - from) * range) / ranges);
  for (let range = index; range < ranges; range += of) yield [at(range), at(range + 1)];
}

/** There is no such stream in the log. */
export class StreamUnknown extends Error {
  override readonly name = 'StreamUnknown';
  constructor(stream: string) {
    super(`The log has no stream ${stream}. Give its whole name, carePackage-<id> for example.`);
  }
}

async function onlyStream(
  log: Pick<EventStore, 'read'>,
  stream: string,
): Promise<Pick<EventStore, 'readAll'>> {
  const events = [];
  for (let from = 0; ;) {
    const page = await log.read(stream, { from, limit: 1_000 });
    events.push(...page);
    from += page.length;
    if (page.length < 1_000) break;
  }
  if (events.length === 0) throw new StreamUnknown(stream);
  const page = { events, upTo: events.at(-1)?.position ?? 0, caughtUp: true };
  return { readAll: () => Promise.resolve(page) };
}
