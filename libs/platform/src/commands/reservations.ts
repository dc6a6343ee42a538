import { deriveId } from '#kernel/ids.js';
import { Rejection } from '#kernel/rejection.js';
import { instantMs } from '#kernel/time.js';
import {
  WrongExpectedRevision,
  type EventStore,
  type StoredEvent,
} from '#eventstore/event-store.js';
import type { EventMetadata } from '#eventstore/event-store.js';
import type { Reservation } from './slice.js';
import { Conflict } from './submission.js';

/** A key was taken by `holder`. The last one taken or freed counts. */
export const keyReserved = 'KeyReserved';
/** A key is free again, because `holder` no longer needs it. */
export const keyReleased = 'KeyReleased';

interface KeyEvent {
  readonly holder: string;
}

/** How long a reservation is kept for a holder whose own stream is not written yet. */
const graceMs = 60_000;

/**
 * Takes keys for a holder before the holder's own stream is written, or none when one of them is
 * another's. The same holder may take them again, which is what a retried command does. A key
 * whose holder was never written (the process ended between the two appends) may be taken over
 * after a minute.
 */
export async function reserve(
  store: EventStore,
  reservations: readonly Reservation[],
  metadata: EventMetadata,
): Promise<void> {
  const wanted = await freeKeys(store, reservations, metadata.recordedAt);
  for (const { reservation, last } of wanted) await take(store, reservation, last, metadata);
}

interface FreeKey {
  readonly reservation: Reservation;
  readonly last: StoredEvent | undefined;
}

/** The keys that are still to be taken. Throws when one of them is another's; takes none. */
export async function freeKeys(
  store: EventStore,
  reservations: readonly Reservation[],
  now: string,
): Promise<readonly FreeKey[]> {
  const wanted: FreeKey[] = [];
  for (const reservation of reservations) {
    const [last] = await store.read(reservation.stream, { direction: 'backwards', limit: 1 });
    const holder = holderIn(last);
    if (holder === reservation.holder) continue;
    if (holder !== undefined && last) await ensureAbandoned(store, reservation, last, now);
    wanted.push({ reservation, last });
  }
  return wanted;
}

async function take(
  store: EventStore,
  { stream, holder }: Reservation,
  last: StoredEvent | undefined,
  metadata: EventMetadata,
): Promise<void> {
  const event = keyEvent(keyReserved, stream, holder, (last?.revision ?? -1) + 1, metadata);
  try {
    await store.append(stream, [event], last?.revision ?? 'none');
  } catch (error) {
    if (error instanceof WrongExpectedRevision) throw new Conflict();
    throw error;
  }
}

/** Who holds a key now, `undefined` when it is free. */
export async function holderOf(
  store: Pick<EventStore, 'read'>,
  stream: string,
): Promise<string | undefined> {
  const [last] = await store.read(stream, { direction: 'backwards', limit: 1 });
  return holderIn(last);
}

const holderIn = (last: StoredEvent | undefined): string | undefined =>
  last?.type === keyReserved ? (last.data as KeyEvent).holder : undefined;

async function ensureAbandoned(
  store: EventStore,
  reservation: Reservation,
  last: StoredEvent,
  now: string,
): Promise<void> {
  const holder = (last.data as KeyEvent).holder;
  const category = reservation.holderStream.slice(0, reservation.holderStream.indexOf('-'));
  const [written] = await store.read(`${category}-${holder}`, { limit: 1 });
  if (!written && instantMs(now) - instantMs(last.metadata.recordedAt) < graceMs)
    throw new Conflict();
  if (!written) return;
  const { code, message } = reservation.refusal;
  throw new Rejection([{ code, path: '', message: message(holder) }]);
}

const keyEvent = (
  type: string,
  stream: string,
  holder: string,
  index: number,
  metadata: EventMetadata,
) => ({
  id: deriveId(metadata.commandId, stream, index),
  type,
  version: 1,
  data: { holder } satisfies KeyEvent,
  metadata,
});
