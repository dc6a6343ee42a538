import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable, WrongExpectedRevision } from '../event-store.js';
import { expectedOf, noRevision } from '../expectation.js';
import { LeaseLost, type Lease } from '../lease.js';
import type { EsdbReads } from './esdb-reads.js';
import type { EsdbStore } from './esdb.store.js';
import { keepLastOnly, valueEvent } from './kept-values.js';
import { besideTheLog } from './log-streams.js';

export interface LeaseTimes {
  readonly renewEveryMs: number;
  /** The holder takes it as lost when it could not renew for so long. */
  readonly validMs: number;
  /** Another one takes it when it was not renewed for so long, by its own clock: more than `validMs`. */
  readonly takeOverMs: number;
}

const usual: LeaseTimes = { renewEveryMs: 2_500, validMs: 8_000, takeOverMs: 10_000 };

interface Seen {
  readonly revision: number;
  readonly holder: string | null;
}

/**
 * A lease is a stream that its holder goes on writing, each time after the revision that it wrote
 * last. Who waits takes it over at the revision that has stood still, so there is one holder, and the
 * one before is refused. Clocks of different machines are never compared.
 */
export class EsdbLeases {
  constructor(
    private readonly store: EsdbStore,
    /** Tells holders apart, and operators who it is. */
    private readonly holder: string,
    private readonly times: LeaseTimes = usual,
  ) {}

  /** Waits for the lease. Rejects with `LeaseLost` when the signal aborts before. */
  async acquire(name: string, signal: AbortSignal): Promise<Lease> {
    const stream = `${besideTheLog.lease}-${name}`;
    let [standing, since] = [await this.seen(stream), performance.now()];
    for (;;) {
      if (signal.aborted) throw new LeaseLost(`${name} is not waited for any more`);
      const hasStood = performance.now() - since >= this.times.takeOverMs;
      if (standing.holder === null || hasStood) {
        const taken = await this.written(stream, standing.revision, this.holder);
        if (taken !== undefined) return this.held(stream, taken);
      }
      await pause(this.times.renewEveryMs / 4, undefined, { signal }).catch(() => undefined);
      const now = await this.seen(stream);
      if (now.revision !== standing.revision) [standing, since] = [now, performance.now()];
    }
  }

  /** Who holds a lease now, as far as the store tells. */
  async holderOf(name: string): Promise<string | null> {
    return (await this.seen(`${besideTheLog.lease}-${name}`)).holder;
  }

  private held(stream: string, taken: { revision: number; at: number }): Lease {
    const ending = new AbortController();
    let { revision, at: renewedAt } = taken;
    const isValid = () => performance.now() - renewedAt < this.times.validMs;
    const renew = async (): Promise<void> => {
      while (!ending.signal.aborted) {
        const wait = { signal: ending.signal };
        await pause(this.times.renewEveryMs, undefined, wait).catch(() => undefined);
        if (ending.signal.aborted) return;
        const renewed = await this.written(stream, revision, this.holder);
        if (renewed) ({ revision, at: renewedAt } = renewed);
        else if (!isValid() || (await this.isElsewhere(stream, revision))) ending.abort();
      }
    };
    const renewing = renew();
    return {
      ended: ending.signal,
      ensureHeld: () => {
        if (!ending.signal.aborted && isValid()) return;
        ending.abort();
        throw new LeaseLost(`${stream} is held by another process now`);
      },
      release: async () => {
        const wasHeld = !ending.signal.aborted && isValid();
        ending.abort();
        await renewing;
        if (wasHeld) await this.written(stream, revision, null);
      },
    };
  }

  /** The revision and moment of a write; `undefined` when it was refused or the server is away. */
  private async written(stream: string, after: number, holder: string | null) {
    // The moment before it was sent: a holder never thinks it has the lease for longer than it has.
    const at = performance.now();
    const event = valueEvent(holder === null ? 'LeaseReleased' : 'LeaseHeld', { holder });
    try {
      const { appends, connection } = this.store.parts;
      const { revision } = await appends.append(stream, [event], expectedOf(after));
      if (after === noRevision) await keepLastOnly(connection, stream);
      return { revision, at };
    } catch (error) {
      if (error instanceof WrongExpectedRevision || error instanceof StoreUnavailable) {
        return undefined;
      }
      throw error;
    }
  }

  private async isElsewhere(stream: string, revision: number): Promise<boolean> {
    try {
      return (await this.seen(stream)).revision !== revision;
    } catch (error) {
      if (error instanceof StoreUnavailable) return false;
      throw error;
    }
  }

  private seen(stream: string): Promise<Seen> {
    return seenIn(this.store.parts.reads, stream);
  }
}

/** Who holds a lease, as far as a server tells; only reads. */
export const leaseHolderIn = async (reads: EsdbReads, name: string): Promise<string | null> =>
  (await seenIn(reads, `${besideTheLog.lease}-${name}`)).holder;

async function seenIn(reads: EsdbReads, stream: string): Promise<Seen> {
  const [last] = await reads.records(stream, { direction: 'backwards', limit: 1 });
  if (!last) return { revision: noRevision, holder: null };
  const { holder } = last.data as { readonly holder: string | null };
  return { revision: Number(last.revision), holder };
}
