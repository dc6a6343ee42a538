import { ChainSeals, unsealedLog, type ChainSeal } from '../esdb/chain-seals.js';
import { ChainWalk, markDigits } from '../esdb/chain-walk.js';
import type { EsdbRecord } from '../esdb/esdb-client.js';
import { EsdbConnection } from '../esdb/esdb-connection.js';
import { EsdbReads } from '../esdb/esdb-reads.js';
import type { EsdbSettings } from '../esdb/esdb-settings.js';
import { positionOf, storedTextOf } from '../esdb/event-form.js';
import { knownIdentity } from '../esdb/log-identity.js';
import type { Position } from '../event-store.js';
import { ChainBroken, type ChainedLog, type LinkedEvent } from './chained-log.js';

const eventsPerRead = 2_000;

/** Connects to read a log on EventStoreDB. Throws when the server holds none. */
export async function openEsdbChainedLog(settings: EsdbSettings): Promise<ChainedLog> {
  const connection = await EsdbConnection.to(settings);
  try {
    const reads = new EsdbReads(connection);
    const logId = await knownIdentity(reads);
    if (logId === undefined) throw new Error('the server holds no log of this product');
    return new EsdbChainedLog(reads, logId, () => connection.close());
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** The sealed part of a log on EventStoreDB: the walk along its segments recomputes the chain. */
export class EsdbChainedLog implements ChainedLog {
  readonly store = 'eventstoredb';
  private readonly chain: ChainSeals;

  constructor(
    private readonly reads: EsdbReads,
    readonly logId: string,
    readonly close: () => Promise<void> = () => Promise.resolve(),
  ) {
    this.chain = new ChainSeals(reads, logId);
  }

  async size(): Promise<number> {
    return (await this.chain.last()).total;
  }

  async unsealed(): Promise<number> {
    let count = 0;
    for (let [after, caughtUp] = [(await this.chain.last()).upTo, false]; !caughtUp;) {
      const page = await this.reads.recordPage({ after, limit: eventsPerRead });
      count += page.records.length;
      ({ upTo: after, caughtUp } = page);
    }
    return count;
  }

  async *hashes(from: number): AsyncGenerator<readonly Buffer[]> {
    for await (const page of this.events(from)) {
      const broken = page.find(({ hash, kept }) => !hash.startsWith(kept));
      if (broken) throw new ChainBroken(broken);
      yield page.map(({ hash }) => Buffer.from(hash, 'hex'));
    }
  }

  async *events(from: number): AsyncGenerator<readonly LinkedEvent[]> {
    const seals = await this.seals();
    const first = seals.findIndex(({ total }) => total > from);
    const last = seals.at(-1);
    if (first < 0 || !last) return;
    const walk = new SealedWalk(seals[first - 1] ?? unsealedLog, seals.slice(first));
    for (let [after, caughtUp] = [walk.before.upTo, false]; !caughtUp && after < last.upTo;) {
      const page = await this.reads.recordPage({ after, limit: eventsPerRead });
      const sealed = page.records.filter((record) => positionOf(record) <= last.upTo);
      const events = sealed.map((record) => walk.next(record)).filter(({ index }) => index >= from);
      if (events.length > 0) yield events;
      ({ upTo: after, caughtUp } = page);
    }
  }

  /** By its id every event before it is read; by its position one segment. */
  async find(event: string | Position): Promise<number | undefined> {
    let from = 0;
    if (typeof event === 'number') {
      const before = (await this.seals()).findLast(({ upTo }) => upTo < event);
      from = before?.total ?? 0;
    }
    for await (const page of this.events(from)) {
      const found = page.find(({ id, position }) => id === event || position === event);
      if (found) return found.index;
      if (typeof event === 'number' && (page.at(-1)?.position ?? 0) > event) return undefined;
    }
    return undefined;
  }

  private async seals(): Promise<ChainSeal[]> {
    const seals: ChainSeal[] = [];
    for await (const seal of this.chain.all()) seals.push(seal);
    return seals;
  }
}

/** Counts events along the seals, in the order of the log. */
class SealedWalk {
  private readonly walk: ChainWalk;
  private index: number;
  private current = 0;
  private inSegment = 0;

  constructor(
    readonly before: ChainSeal,
    private readonly seals: readonly ChainSeal[],
  ) {
    this.walk = new ChainWalk(before.hash);
    this.index = before.total;
  }

  next(record: EsdbRecord): LinkedEvent {
    const { hash: previous } = this.walk;
    this.walk.add(record);
    const { hash } = this.walk;
    const event = {
      ...storedTextOf(record),
      ...{ stream: record.streamId, revision: Number(record.revision) },
      ...{ index: this.index, position: positionOf(record), previous, hash },
      kept: this.kept(hash),
    };
    this.index += 1;
    return event;
  }

  /** At the end of a segment all of the hash was written down, else a mark. */
  private kept(hash: string): string {
    const seal = this.seals[this.current];
    if (!seal) return hash.slice(0, markDigits);
    const from = this.inSegment * markDigits;
    this.inSegment += 1;
    if (this.inSegment < seal.events) return seal.marks.slice(from, from + markDigits);
    [this.current, this.inSegment] = [this.current + 1, 0];
    return seal.hash;
  }
}
