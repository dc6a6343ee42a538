import { chainHash, chainStart } from '../hash-chain.js';
import type { EsdbRecord } from './esdb-client.js';
import { storedTextOf } from './event-form.js';

/** Of each event's hash a seal keeps so many hex digits, so that a fault is found at its event. */
export const markDigits = 8;

/** The chain's hash, event by event; the same that the embedded store keeps of the same events. */
export class ChainWalk {
  private marked: string[] = [];

  constructor(public hash = chainStart) {}

  add(record: EsdbRecord): void {
    const { streamId: stream, revision } = record;
    this.hash = chainHash(this.hash, {
      ...{ stream, revision: Number(revision) },
      ...storedTextOf(record),
    });
    this.marked.push(this.hash.slice(0, markDigits));
  }

  /** The marks of the events since they were taken last. */
  takeMarks(): string {
    return this.marked.splice(0).join('');
  }
}
