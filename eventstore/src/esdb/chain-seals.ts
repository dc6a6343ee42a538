import type { Position } from '../event-store.js';
import { start } from '../event-store.js';
import { expectedOf } from '../expectation.js';
import { chainStart } from '../hash-chain.js';
import type { EsdbAppends } from './esdb-appends.js';
import type { EsdbReads } from './esdb-reads.js';
import { valueEvent } from './kept-values.js';
import { besideTheLog } from './log-streams.js';

/** A part of the log whose hash was written down, after the part before it. */
export interface ChainSeal {
  /** 0 for the first; the revision in the chain's stream. */
  readonly segment: number;
  /** Where the segment begins, exclusive. */
  readonly after: Position;
  /** The position of its last event. */
  readonly upTo: Position;
  /** How many events it has, and how many the log had with it. */
  readonly events: number;
  readonly total: number;
  /** The chain's hash at its last event, 64 hex digits. */
  readonly hash: string;
  /** The first digits of the chain's hash at each of its events, `markDigits` of each. */
  readonly marks: string;
}

/** What comes before the first seal. */
export const unsealedLog: ChainSeal = {
  ...{ segment: -1, after: start, upTo: start, events: 0, total: 0 },
  ...{ hash: chainStart, marks: '' },
};

const sealsPerRead = 100;

/** The stream `chain-<log>`: a seal for each segment of the log, in its order. */
export class ChainSeals {
  private readonly stream: string;

  constructor(
    private readonly reads: EsdbReads,
    logId: string,
  ) {
    this.stream = `${besideTheLog.chain}-${logId}`;
  }

  /** `unsealedLog` when there is none. */
  async last(): Promise<ChainSeal> {
    const newest = { direction: 'backwards', limit: 1 } as const;
    const [record] = await this.reads.records(this.stream, newest);
    return record ? sealIn(record) : unsealedLog;
  }

  /** All of them, as they stand: that they follow each other is for the reader to check. */
  async *all(): AsyncGenerator<ChainSeal> {
    for (let from = 0; ;) {
      const records = await this.reads.records(this.stream, { from, limit: sealsPerRead });
      for (const record of records) yield sealIn(record);
      const last = records.at(-1);
      if (!last) return;
      from = Number(last.revision) + 1;
    }
  }

  /** Throws `WrongExpectedRevision` when somebody else has written this segment. */
  async write(seal: ChainSeal, appends: EsdbAppends): Promise<void> {
    const { segment, ...data } = seal;
    await appends.append(this.stream, [valueEvent('SegmentSealed', data)], expectedOf(segment - 1));
  }
}

const sealIn = ({ revision, data }: { revision: bigint; data: unknown }): ChainSeal => ({
  ...(data as Omit<ChainSeal, 'segment'>),
  segment: Number(revision),
});
