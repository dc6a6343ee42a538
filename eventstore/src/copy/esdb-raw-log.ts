import type { EsdbRecord } from '../esdb/esdb-client.js';
import type { EsdbReads } from '../esdb/esdb-reads.js';
import { positionOf, storedTextOf } from '../esdb/event-form.js';
import { besideTheLog } from '../esdb/log-streams.js';
import type { KeptKey, RawEvent, RawLog } from './raw-log.js';

const eventsPerPage = 2_000;

/** A log on EventStoreDB as it lies. */
export const esdbRawLog = (
  reads: EsdbReads,
  logId: string | undefined,
  close: () => Promise<void>,
): RawLog => ({
  ...{ logId, total: undefined, close },
  async *events() {
    for (let [after, caughtUp] = [0, false]; !caughtUp;) {
      const page = await reads.recordPage({ after, limit: eventsPerPage });
      if (page.records.length > 0) yield page.records.map(rawEvent);
      ({ upTo: after, caughtUp } = page);
    }
  },
  async checkpoints() {
    const found = new Map<string, number>();
    for await (const { data } of lastOfEach(reads, besideTheLog.checkpoint)) {
      const { name, position } = data as { readonly name: string; readonly position: number };
      found.set(name, position);
    }
    return found;
  },
  async *keys() {
    for await (const record of lastOfEach(reads, besideTheLog.subjectKey)) yield keptKey(record);
  },
});

const rawEvent = (record: EsdbRecord): RawEvent => ({
  ...storedTextOf(record),
  ...{ stream: record.streamId, revision: Number(record.revision), position: positionOf(record) },
});

/** The last events of the streams of a category that lies beside the log. */
async function* lastOfEach(reads: EsdbReads, category: string): AsyncGenerator<EsdbRecord> {
  const prefix = `${category}-`;
  const streams = new Set<string>();
  for await (const { streamId } of reads.everything()) {
    if (streamId.startsWith(prefix)) streams.add(streamId);
  }
  for (const stream of streams) {
    const [last] = await reads.records(stream, { direction: 'backwards', limit: 1 });
    if (last) yield last;
  }
}

function keptKey({ streamId, data }: EsdbRecord): KeptKey {
  const subject = streamId.slice(besideTheLog.subjectKey.length + 1);
  const kept = data as { wrapped: string; masterId: string } | { erasedAt: string };
  return 'erasedAt' in kept
    ? { subject, erasedAt: kept.erasedAt }
    : { subject, wrapped: Buffer.from(kept.wrapped, 'base64'), masterId: kept.masterId };
}
