import { randomUUID } from 'node:crypto';
import { WrongExpectedRevision } from '../event-store.js';
import type { EsdbAppends } from './esdb-appends.js';
import type { EsdbReads } from './esdb-reads.js';
import { valueEvent } from './kept-values.js';
import { besideTheLog } from './log-streams.js';

const stream = `${besideTheLog.identity}-log`;

/** The name of the log on this server; the first who opens it gives it one. */
export async function logIdentity(appends: EsdbAppends, reads: EsdbReads): Promise<string> {
  const known = await knownIdentity(reads);
  if (known !== undefined) return known;
  const logId = randomUUID();
  try {
    await appends.append(stream, [valueEvent('LogNamed', { logId })], 'none');
    return logId;
  } catch (error) {
    if (!(error instanceof WrongExpectedRevision)) throw error;
    return logIdentity(appends, reads);
  }
}

/** The name of the log on this server, `undefined` while it has none. */
export async function knownIdentity(reads: EsdbReads): Promise<string | undefined> {
  const [named] = await reads.records(stream, { limit: 1 });
  return (named?.data as { readonly logId: string } | undefined)?.logId;
}
