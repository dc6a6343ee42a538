import { WrongExpectedRevision, type Position } from '../event-store.js';
import { EsdbAppends } from '../esdb/esdb-appends.js';
import { EsdbConnection } from '../esdb/esdb-connection.js';
import { EsdbReads } from '../esdb/esdb-reads.js';
import type { EsdbSettings } from '../esdb/esdb-settings.js';
import { toEsdbEvents } from '../esdb/event-form.js';
import { EsdbCheckpoints, valueEvent } from '../esdb/kept-values.js';
import { beginCopy, endCopy, knownIdentity } from '../esdb/log-identity.js';
import { besideTheLog } from '../esdb/log-streams.js';
import { esdbRawLog } from './esdb-raw-log.js';
import { newEventsOf } from './new-events.js';
import {
  CopyRefused,
  type CopyTarget,
  type KeptKey,
  type RawEvent,
  type RawLog,
} from './raw-log.js';

const keysAtOnce = 64;

/**
 * Copies to an EventStoreDB that holds no log. One append follows another: the order of the log is
 * the order in which the server takes them. The log has its name only when it is finished.
 */
export class EsdbCopyTarget implements CopyTarget {
  private constructor(
    private readonly connection: EsdbConnection,
    private readonly reads: EsdbReads,
    private readonly appends: EsdbAppends,
  ) {}

  /** @param from the log that is copied; only this one may be gone on with */
  static async open(settings: EsdbSettings, from: string): Promise<EsdbCopyTarget> {
    const connection = await EsdbConnection.to(settings);
    try {
      const reads = new EsdbReads(connection);
      const appends = new EsdbAppends(connection, reads);
      const known = await knownIdentity(reads);
      if (known !== undefined) {
        throw new CopyRefused(`The server holds log ${known} already. Copy to an empty server.`);
      }
      const begun = await beginCopy(appends, reads, from);
      if (begun !== from) {
        throw new CopyRefused(`The server holds a part of log ${begun}, not of ${from}.`);
      }
      return new EsdbCopyTarget(connection, reads, appends);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  get raw(): RawLog {
    return esdbRawLog(this.reads, undefined, () => Promise.resolve());
  }

  async append(group: readonly RawEvent[]): Promise<void> {
    const { stream, events, expected } = newEventsOf(group);
    const { events: shaped, bytes } = toEsdbEvents(events);
    await this.appends.append(stream, shaped, expected, bytes);
  }

  settled(): Promise<void> {
    return this.appends.drained();
  }

  saveCheckpoint(name: string, position: Position): Promise<void> {
    return new EsdbCheckpoints(this.connection, this.appends, this.reads).save(name, position);
  }

  async saveKeys(keys: AsyncIterable<KeptKey>): Promise<number> {
    let count = 0;
    const next = keys[Symbol.asyncIterator]();
    const lane = async (): Promise<void> => {
      for (let each = await next.next(); !each.done; each = await next.next()) {
        await this.saveKey(each.value);
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: keysAtOnce }, lane));
    return count;
  }

  async finish(): Promise<string> {
    return endCopy(this.appends);
  }

  async close(): Promise<void> {
    await this.appends.drained();
    await this.connection.close();
  }

  private async saveKey({ subject, ...kept }: KeptKey): Promise<void> {
    const stream = `${besideTheLog.subjectKey}-${subject}`;
    const event =
      'erasedAt' in kept
        ? valueEvent('SubjectKeyErased', kept)
        : valueEvent('SubjectKeyKept', { ...kept, wrapped: kept.wrapped.toString('base64') });
    try {
      await this.appends.append(stream, [event], 'none');
    } catch (error) {
      // Kept by the copy that was interrupted: nothing else writes while the log has no name.
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
  }
}
