import { start, type Position } from '../event-store.js';
import type { EsdbResolved, EsdbSubscription } from './esdb-client.js';
import { NoAnswer, patient, type EsdbConnection } from './esdb-connection.js';
import type { EsdbReads } from './esdb-reads.js';

export interface TailParts {
  readonly connection: EsdbConnection;
  readonly reads: EsdbReads;
}

/** What one subscription is for. */
export interface TailWanted {
  /** It begins behind this. */
  readonly from: Position;
  /** How far everything is known by now. */
  readonly known: () => { readonly head: Position; readonly upTo: Position };
  readonly take: (resolved: EsdbResolved) => void;
  /** Told once the server has confirmed it. */
  readonly confirmed: () => void;
  readonly signal: AbortSignal;
  /** How many subscriptions failed before it. */
  readonly attempt: number;
}

/**
 * One subscription to everything. Resolves when it ends or the signal aborts, rejects with its error:
 * the libraries tell of one error and then of nothing, and of a server that hangs they tell nothing
 * at all, so a subscription that is not confirmed in time, or is silent while the log grows, is over.
 */
export async function tailSubscription(parts: TailParts, wanted: TailWanted): Promise<void> {
  const { connection } = parts;
  const { dialect, settings } = connection;
  const { credentials } = settings;
  const place = BigInt(wanted.from);
  const client = await connection.current();
  const subscription = client.subscribeToAll({
    fromPosition: wanted.from === start ? 'start' : { commit: place, prepare: place },
    filter: dialect.ownEventsOnly,
    ...(credentials.username !== '' && { credentials }),
  });
  let stop: () => void = () => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = watch(parts, wanted, subscription, reject);
      const ended = (): void => {
        resolve();
      };
      wanted.signal.addEventListener('abort', ended, { once: true });
      stop = () => {
        clearInterval(timer);
        wanted.signal.removeEventListener('abort', ended);
      };
      subscription.on('error', reject);
      subscription.on('end', ended);
      subscription.on('close', ended);
      subscription.on('data', (resolved) => {
        try {
          wanted.take(resolved);
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      if (wanted.signal.aborted) resolve();
    });
  } catch (error) {
    connection.failed(client, 'subscription');
    throw error;
  } finally {
    stop();
    // What still comes is not taken any more; an error that comes late must not end the process.
    subscription.removeAllListeners('data');
    subscription.on('error', () => undefined);
    void subscription.unsubscribe().catch(() => undefined);
  }
}

/** Gives up a subscription that says nothing although it should. */
function watch(
  { connection, reads }: TailParts,
  { known, confirmed, attempt }: TailWanted,
  subscription: EsdbSubscription,
  giveUp: (error: Error) => void,
): NodeJS.Timeout {
  const silenceMs = patient(connection.settings.readSilenceMs, attempt);
  let [isConfirmed, lastUpTo] = [false, -1];
  subscription.on('confirmation', () => {
    isConfirmed = true;
    confirmed();
  });
  const timer = setInterval(() => {
    const before = known();
    const wasSilent = before.upTo === lastUpTo;
    lastUpTo = before.upTo;
    if (!isConfirmed) return giveUp(new NoAnswer('a subscription was not confirmed'));
    if (!wasSilent) return;
    reads.head(before).then(
      (head) => {
        const hasGrown = head > before.head && known().upTo === before.upTo;
        if (hasGrown) giveUp(new NoAnswer('a subscription is silent while the log grows'));
      },
      // The server does not answer reads either: those tell of it.
      () => undefined,
    );
  }, silenceMs);
  timer.unref();
  return timer;
}
