import { idOfKey } from '#kernel/ids.js';
import type { EventMetadata, NewEvent } from './event-store.js';

let drawn = 0;

/** A stream name that no other spec of this run uses. */
export const freshStream = (category = 'sample'): string =>
  `${category}-${idOfKey('sample stream', process.pid, (drawn += 1))}`;

export const sampleMetadata: EventMetadata = {
  commandId: '01951111-2222-7333-8444-555555555555',
  actor: { id: 'broker-1', roles: ['broker'] },
  recordedAt: '2026-03-02T09:00:00.000Z',
};

/** An event with a fresh id. */
export const sampleEvent = (over: Partial<NewEvent> = {}): NewEvent => ({
  id: idOfKey('sample event', process.pid, (drawn += 1)),
  type: 'SampleTaken',
  version: 1,
  data: { number: drawn },
  metadata: sampleMetadata,
  ...over,
});

export const sampleEvents = (count: number, over: Partial<NewEvent> = {}): NewEvent[] =>
  Array.from({ length: count }, () => sampleEvent(over));
