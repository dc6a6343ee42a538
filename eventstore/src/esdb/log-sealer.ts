import { setTimeout as pause } from 'node:timers/promises';
import { writeCheckpointFile } from '../checkpoint-file.js';
import { WrongExpectedRevision } from '../event-store.js';
import { LeaseLost, type Lease } from '../lease.js';
import type { Sealing } from '../sealing-log.js';
import { ChainSeals, type ChainSeal } from './chain-seals.js';
import { ChainWalk } from './chain-walk.js';
import type { EsdbRecord } from './esdb-client.js';
import { backOff } from './esdb-connection.js';
import type { EsdbStore } from './esdb.store.js';
import { positionOf } from './event-form.js';

export interface SealerOptions {
  /** A new event is sealed within about so many milliseconds; default a minute. */
  readonly withinMs?: number;
  /** A segment has at most so many events; default 1,000. */
  readonly mostEvents?: number;
  /** Where the last seal is written down outside the log, so that a cut end is noticed. */
  readonly checkpointFile?: string;
}

/**
 * Writes down the chain's hash of each part of the log, while it holds the lease. What came since the
 * last seal is sealed when it has rested for a while, at once where there is more of it.
 */
export class LogSealer implements Sealing {
  private readonly stopping = new AbortController();
  private readonly running: Promise<void>;
  private readonly seals: ChainSeals;
  private readonly withinMs: number;
  private readonly mostEvents: number;
  private last: ChainSeal | undefined;

  constructor(
    private readonly store: EsdbStore,
    private readonly lease: Lease,
    private readonly options: SealerOptions = {},
  ) {
    this.seals = new ChainSeals(store.parts.reads, store.logId);
    this.withinMs = options.withinMs ?? 60_000;
    this.mostEvents = options.mostEvents ?? 1_000;
    const stop = () => {
      this.stopping.abort();
    };
    lease.ended.addEventListener('abort', stop, { once: true });
    this.running = this.run();
  }

  get sealedEvents(): number {
    return this.last?.total ?? 0;
  }

  /** Seals what is left and ends; a lost lease leaves that to whoever has it now. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
    try {
      this.lease.ensureHeld();
      await this.sealed();
    } catch (error) {
      this.tell(error);
    }
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const rest = (ms: number) => pause(ms, undefined, { signal }).catch(() => undefined);
    for (let failures = 0; !signal.aborted;) {
      try {
        this.last ??= await this.seals.last();
        const { growth } = this.store.parts.tail;
        if (!(await growth.beyond(this.last.upTo, signal))) return;
        await rest(this.withinMs);
        if (!isAborted(signal)) await this.sealed();
        failures = 0;
      } catch (error) {
        this.tell(error);
        await rest(backOff((failures += 1)));
      }
    }
  }

  /** Seals all that there is now, page by page. */
  private async sealed(): Promise<void> {
    const { reads } = this.store.parts;
    let { upTo: after } = (this.last ??= await this.seals.last());
    for (let caughtUp = false; !caughtUp;) {
      const page = await reads.recordPage({ after, limit: this.mostEvents });
      if (page.records.length > 0) this.last = await this.seal(page.records, this.last);
      ({ upTo: after, caughtUp } = page);
    }
  }

  private async seal(records: readonly EsdbRecord[], before: ChainSeal): Promise<ChainSeal> {
    const walk = new ChainWalk(before.hash);
    for (const record of records) walk.add(record);
    const events = records.length;
    const seal = {
      ...{ segment: before.segment + 1, after: before.upTo, events, total: before.total + events },
      ...{ upTo: positionOf(records[events - 1] as EsdbRecord) },
      ...{ hash: walk.hash, marks: walk.takeMarks() },
    };
    this.lease.ensureHeld();
    try {
      await this.seals.write(seal, this.store.parts.appends);
    } catch (error) {
      // What another one has sealed is read, and gone on from.
      if (error instanceof WrongExpectedRevision) this.last = undefined;
      throw error;
    }
    this.writeDown(seal);
    return seal;
  }

  /** A server that is away, or another one that seals: what is unsealed waits. */
  private tell(error: unknown): void {
    if (error instanceof LeaseLost) return;
    this.store.parts.connection.signs.onOutage?.('seal', error);
  }

  private writeDown({ upTo, total, hash }: ChainSeal): void {
    const { checkpointFile } = this.options;
    if (checkpointFile === undefined) return;
    const { logId } = this.store;
    writeCheckpointFile(checkpointFile, { logId, position: upTo, count: total, hash });
  }
}

// A function, since the signal changes while others are waited for.
const isAborted = (signal: AbortSignal): boolean => signal.aborted;
