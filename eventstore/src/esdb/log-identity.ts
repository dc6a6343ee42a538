import { randomUUID } from 'node:crypto';
import { WrongExpectedRevision } from '../event-store.js';
import { expectedOf } from '../expectation.js';
import type { EsdbAppends } from './esdb-appends.js';
import type { EsdbReads } from './esdb-reads.js';
import { valueEvent } from './kept-values.js';
import { besideTheLog } from './log-streams.js';

const stream = `${besideTheLog.identity}-log`;

/** What the server says of its log: its name, or that it is being copied from another one. */
type Identity = { readonly logId: string } | { readonly copiedFrom: string };

/** The server holds a part of a log. */
export class LogUnfinished extends Error {
  override readonly name = 'LogUnfinished';
  constructor(copiedFrom: string) {
    super(
      `A copy of log ${copiedFrom} to this server was not finished. Run the same ` +
        '`brokerage copy-log` again; it goes on where it was.',
    );
  }
}

/** The name of the log on this server; the first who opens it gives it one. Throws `LogUnfinished`. */
export async function logIdentity(appends: EsdbAppends, reads: EsdbReads): Promise<string> {
  const known = await identityIn(reads);
  if (known) return nameOf(known);
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
  const known = await identityIn(reads);
  return known && 'logId' in known ? known.logId : undefined;
}

/** Says that a log is being copied to this server; answers which one, if that was said before. */
export async function beginCopy(
  appends: EsdbAppends,
  reads: EsdbReads,
  copiedFrom: string,
): Promise<string | undefined> {
  const known = await identityIn(reads);
  if (known) return 'copiedFrom' in known ? known.copiedFrom : undefined;
  await appends.append(stream, [valueEvent('LogCopyBegun', { copiedFrom })], 'none');
  return copiedFrom;
}

/** Gives the copy a name of its own: places in it are not those of the log that it was copied from. */
export async function endCopy(appends: EsdbAppends): Promise<string> {
  const logId = randomUUID();
  await appends.append(stream, [valueEvent('LogNamed', { logId })], expectedOf(0));
  return logId;
}

function nameOf(identity: Identity): string {
  if ('logId' in identity) return identity.logId;
  throw new LogUnfinished(identity.copiedFrom);
}

async function identityIn(reads: EsdbReads): Promise<Identity | undefined> {
  const [last] = await reads.records(stream, { direction: 'backwards', limit: 1 });
  return last?.data as Identity | undefined;
}
