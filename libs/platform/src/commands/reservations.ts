import { fold, type AnyDecider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { Rejection } from '#kernel/rejection.js';
import { instantMs } from '#kernel/time.js';
import {
  WrongExpectedRevision,
  type EventMetadata,
  type EventStore,
  type StoredEvent,
} from '#eventstore/event-store.js';
import { wholeStream } from '#eventstore/stream-pages.js';
import type { Reservation } from './slice.js';
import { Conflict } from './submission.js';

/** A key was taken by `holder`, who holds it until it is released. */
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
  for (const free of wanted) await take(store, free, metadata);
}

interface FreeKey {
  readonly reservation: Reservation;
  readonly last: StoredEvent | undefined;
  /** Holders that were never written, who lose the key. */
  readonly abandonedBy: readonly string[];
}

/** The keys that are still to be taken. Throws when one of them is another's; takes none. */
export async function freeKeys(
  store: EventStore,
  reservations: readonly Reservation[],
  now: string,
): Promise<readonly FreeKey[]> {
  const wanted: FreeKey[] = [];
  for (const reservation of reservations) {
    const events = await wholeStream(store, reservation.stream);
    const held = heldBy(events);
    if (held.has(reservation.holder)) continue;
    const { beside } = reservation;
    const others = beside !== undefined && held.has(beside) ? [] : [...held];
    for (const [, taken] of others) await ensureAbandoned(store, reservation, taken, now);
    const abandonedBy = others.map(([holder]) => holder);
    wanted.push({ reservation, last: events.at(-1), abandonedBy });
  }
  return wanted;
}

async function take(
  store: EventStore,
  { reservation: { stream, holder }, last, abandonedBy }: FreeKey,
  metadata: EventMetadata,
): Promise<void> {
  const changes = [
    ...abandonedBy.map((other) => ({ type: keyReleased, holder: other })),
    { type: keyReserved, holder },
  ];
  const from = (last?.revision ?? -1) + 1;
  const events = changes.map((change, index) => keyEvent(change, stream, from + index, metadata));
  try {
    await store.append(stream, events, last?.revision ?? 'none');
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
  const events = await wholeStream(store, stream);
  return (fold(keyHolders, events) as readonly string[]).at(-1);
}

/** Folds a key's stream to its holders, the latest last. */
export const keyHolders: AnyDecider = {
  initial: [] as readonly string[],
  decide: {},
  evolve: {
    [keyReserved]: (held: readonly string[], { holder }: KeyEvent) => [
      ...without(held, holder),
      holder,
    ],
    [keyReleased]: (held: readonly string[], { holder }: KeyEvent) => without(held, holder),
  },
};

const without = (held: readonly string[], holder: string): readonly string[] =>
  held.filter((other) => other !== holder);

/** The holders of a key with the events that made them so, the latest last. */
function heldBy(events: readonly StoredEvent[]): ReadonlyMap<string, StoredEvent> {
  const taken = new Map<string, StoredEvent>();
  for (const event of events) taken.set((event.data as KeyEvent).holder, event);
  const holders = fold(keyHolders, events) as readonly string[];
  return new Map(
    holders.flatMap((holder) => {
      const event = taken.get(holder);
      return event ? [[holder, event]] : [];
    }),
  );
}

async function ensureAbandoned(
  store: EventStore,
  reservation: Reservation,
  taken: StoredEvent,
  now: string,
): Promise<void> {
  const holder = (taken.data as KeyEvent).holder;
  const category = reservation.holderStream.slice(0, reservation.holderStream.indexOf('-'));
  const [written] = await store.read(`${category}-${holder}`, { limit: 1 });
  if (!written && instantMs(now) - instantMs(taken.metadata.recordedAt) < graceMs)
    throw new Conflict();
  if (!written) return;
  const { code, message } = reservation.refusal;
  throw new Rejection([{ code, path: '', message: message(holder) }]);
}

const keyEvent = (
  { type, holder }: { readonly type: string; readonly holder: string },
  stream: string,
  index: number,
  metadata: EventMetadata,
) => ({
  id: deriveId(metadata.commandId, stream, index),
  type,
  version: 1,
  data: { holder } satisfies KeyEvent,
  metadata,
});
