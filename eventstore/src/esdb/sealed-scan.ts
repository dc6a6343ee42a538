import type { LogFault } from '../log-verification.js';
import { unsealedLog, type ChainSeal } from './chain-seals.js';
import { ChainWalk, markDigits } from './chain-walk.js';
import type { EsdbRecord } from './esdb-client.js';
import { positionOf, sharedFrom, sharedTextOf } from './event-form.js';

/** Compares the log's events, one by one and in their order, with what was sealed of them. */
export class SealedScan {
  fault: LogFault | undefined;
  /** How many events were seen, and how many of them lie behind the last seal. */
  events = 0;
  unsealed = 0;
  private readonly walk: ChainWalk;
  private readonly revisions = new Map<string, number>();
  /** The metadata that may be shared by the events behind the last one that has its own. */
  private shared: string | undefined;
  private current = 0;
  private inSegment = 0;

  constructor(
    private readonly trusted: ChainSeal,
    private readonly seals: readonly ChainSeal[],
    private readonly onLink?: (hash: Buffer) => void,
  ) {
    this.walk = new ChainWalk(trusted.hash);
  }

  /** The last seal whose events are all what they were. */
  get proven(): ChainSeal {
    return this.seals[this.current - 1] ?? this.trusted;
  }

  check(record: EsdbRecord): void {
    if (this.fault) return;
    const { unsealed } = this;
    const why = this.whyBad(record);
    const { streamId: stream } = record;
    if (why) {
      this.fault = { position: positionOf(record), stream, revision: Number(record.revision), why };
      return;
    }
    this.revisions.set(stream, Number(record.revision));
    this.events += 1;
    if (this.unsealed === unsealed) this.onLink?.(Buffer.from(this.walk.hash, 'hex'));
  }

  /** What was sealed but is not there, once everything was checked. */
  missing(): LogFault | undefined {
    const seal = this.seals[this.current];
    if (this.fault || !seal) return undefined;
    const gone = this.seals.reduce((sum, { events }, index) => {
      return index < this.current ? sum : sum + events;
    }, -this.inSegment);
    return { position: seal.upTo, why: `${gone} events that were sealed are missing at the end` };
  }

  private whyBad(record: EsdbRecord): string | undefined {
    const revision = Number(record.revision);
    const seal = this.seals[this.current];
    this.walk.add(record);
    const mark = this.walk.takeMarks();
    if (seal) {
      const from = this.inSegment * markDigits;
      if (mark !== seal.marks.slice(from, from + markDigits)) {
        return 'it, or an event before it, is not what was sealed here';
      }
      this.inSegment += 1;
      if (this.inSegment === seal.events) {
        if (this.walk.hash !== seal.hash) return `segment ${seal.segment} ends with another hash`;
        if (positionOf(record) !== seal.upTo) return `it was sealed at position ${seal.upTo}`;
        this.current += 1;
        this.inSegment = 0;
      }
    } else {
      this.unsealed += 1;
    }
    // The chain covers shared metadata once, but here each event has a copy of it.
    const text = sharedTextOf(record);
    if (sharedFrom(record) === 0) this.shared = text;
    else if (text !== (this.shared ??= text)) return 'its metadata is not that of its append';
    const isFirst = this.trusted === unsealedLog;
    const previous = this.revisions.get(record.streamId) ?? (isFirst ? -1 : revision - 1);
    return revision === previous + 1 ? undefined : `it follows revision ${previous} of its stream`;
  }
}
