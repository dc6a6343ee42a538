import { categoryOf } from '../event-store.js';
import type { EsdbRecord, EsdbResolved } from './esdb-client.js';

/** Streams of the store itself: they lie beside the log, not in it. */
export const besideTheLog = {
  checkpoint: 'storeCheckpoint',
  lease: 'storeLease',
  identity: 'storeIdentity',
  chain: 'chain',
  subjectKey: 'subjectKey',
} as const;

const categories = new Set<string>(Object.values(besideTheLog));

/** The event of the log that this is; links, and events of the server and of the store, are none. */
export function logRecordOf({ event, link }: EsdbResolved): EsdbRecord | undefined {
  if (!event || link || event.type.startsWith('$') || event.streamId.startsWith('$')) {
    return undefined;
  }
  return categories.has(categoryOf(event.streamId)) ? undefined : event;
}

/** Where reading `$all` goes on after this, `undefined` where the server does not say. */
export const placeOf = ({ event, link, commitPosition }: EsdbResolved): number | undefined => {
  const place = (link ?? event)?.position?.commit ?? commitPosition;
  return place === undefined ? undefined : Number(place);
};
