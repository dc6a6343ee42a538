import type { Position } from '../event-store.js';
import { chainStart } from '../hash-chain.js';
import { belongsTo } from './new-events.js';
import { CopyRefused, hashBehind, type CopyTarget, type RawEvent, type RawLog } from './raw-log.js';

export interface CopyProgress {
  readonly phase: 'comparing' | 'copying' | 'verifying';
  readonly events: number;
  readonly total: number | undefined;
}

export interface CopyResult {
  readonly logId: string;
  readonly events: number;
  /** Events that an earlier copy had brought already. */
  readonly before: number;
  /** The chain's hash at the last event, the same in both logs; 64 hex digits. */
  readonly hash: string;
  readonly keys: number;
  readonly checkpoints: number;
}

export interface CopyOptions {
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Given the places of each event in both logs, in their order. */
  readonly onMapped?: (from: Position, to: Position) => void;
}

/**
 * Copies a log with the keys of its people and the places of its policies. Begun again it goes on
 * behind what is there, if that is the beginning of the same log. In the end every event of the
 * copy is read and both chains are compared; only then it becomes a log. Throws `CopyRefused`.
 */
export async function copyLog(
  source: RawLog,
  target: CopyTarget,
  { onProgress, onMapped }: CopyOptions = {},
): Promise<CopyResult> {
  const { total } = source;
  const positions: Position[] = [];
  const there = new Prefix(target.raw);
  let hash = chainStart;
  let group: RawEvent[] = [];
  const send = async (): Promise<void> => {
    if (group.length > 0) await target.append(group);
    group = [];
  };
  for await (const page of source.events()) {
    for (const event of page) {
      hash = hashBehind(hash, event);
      positions.push(event.position);
      const known = await there.nextHash();
      if (known !== undefined && known !== hash)
        throw new CopyRefused(otherLog(there.events, event));
      if (known !== undefined) continue;
      if (!belongsTo(group, event)) await send();
      group.push(event);
    }
    const phase = there.events < positions.length ? 'copying' : 'comparing';
    onProgress?.({ phase, events: positions.length, total });
  }
  await send();
  await target.settled();
  if ((await there.nextHash()) !== undefined) {
    throw new CopyRefused(
      `The target has more than the ${positions.length} events of the source. It is no copy of it.`,
    );
  }
  const mapped = await verified(target.raw, { hash, events: positions.length }, (events) =>
    onProgress?.({ phase: 'verifying', events, total: positions.length }),
  );
  for (const [index, from] of positions.entries()) onMapped?.(from, mapped[index] ?? 0);
  const keys = await target.saveKeys(source.keys());
  const checkpoints = await source.checkpoints();
  for (const [name, position] of checkpoints) {
    if (name === 'keys/erasures') continue;
    await target.saveCheckpoint(name, placeOf(position, positions, mapped));
  }
  const logId = await target.finish();
  const done = { events: positions.length, before: there.events, hash };
  return { logId, ...done, keys, checkpoints: checkpoints.size };
}

/** The chain of what an earlier copy has brought, event by event. */
class Prefix {
  events = 0;
  private hash = chainStart;
  private page: readonly RawEvent[] = [];
  private at = 0;
  private pages: AsyncIterator<readonly RawEvent[]> | undefined;

  constructor(private readonly log: RawLog) {
    this.pages = log.events()[Symbol.asyncIterator]();
  }

  /** The hash behind the next event; `undefined` when there is none. */
  async nextHash(): Promise<string | undefined> {
    while (this.at === this.page.length) {
      if (!this.pages) return undefined;
      const next = await this.pages.next();
      if (next.done) return this.end();
      [this.page, this.at] = [next.value, 0];
    }
    const event = this.page[this.at] as RawEvent;
    this.at += 1;
    this.events += 1;
    this.hash = hashBehind(this.hash, event);
    return this.hash;
  }

  private async end(): Promise<undefined> {
    this.pages = undefined;
    await this.log.close();
    return undefined;
  }
}

/** Reads the copy from its beginning; answers the places of its events. */
async function verified(
  log: RawLog,
  expected: { readonly hash: string; readonly events: number },
  told: (events: number) => void,
): Promise<Position[]> {
  const positions: Position[] = [];
  let hash = chainStart;
  try {
    for await (const page of log.events()) {
      for (const event of page) {
        hash = hashBehind(hash, event);
        positions.push(event.position);
      }
      told(positions.length);
    }
  } finally {
    await log.close();
  }
  if (hash === expected.hash && positions.length === expected.events) return positions;
  throw new CopyRefused(
    `The copy has ${positions.length} events and the hash ${hash}; the source has ` +
      `${expected.events} and ${expected.hash}. Empty the target and copy again.`,
  );
}

/** A policy has seen everything up to the last event at or before its place. */
export function placeOf(
  place: Position,
  from: readonly Position[],
  to: readonly Position[],
): Position {
  let [low, high] = [0, from.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((from[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return to[low - 1] ?? 0;
}

const otherLog = (index: number, { stream, revision }: RawEvent): string =>
  `Event ${index} of the target is not revision ${revision} of ${stream}, as it is in the ` +
  'source. The target holds another log; copy into an empty one.';
