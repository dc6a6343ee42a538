import type { EventMetadata, NewEvent } from '#eventstore/event-store.js';
import { uuidV7 } from '#kernel/ids.js';

/** Events in one stream before a lane begins the next one: one append in ten creates a stream. */
export const eventsPerStream = 10;

const dataBytes = 250;

let drawn = 0;
const begunAt = Date.now();

/** A new UUIDv7 in ascending order, as derived ids are; a server that keeps its log has none of them. */
export const nextId = (): string => {
  drawn += 1;
  return uuidV7(begunAt + drawn, drawn.toString(16).padStart(20, '0'));
};

/** Exactly 250 bytes of JSON: one leg of a visit. */
function sampleData(id: string): unknown {
  const data = {
    packageId: id,
    personId: '01932e1c-0000-7000-8000-00000000b001',
    week: '2026-W13',
    visit: '2026-03-29.2.1',
    carerId: 'C-20417',
    inAt: '2026-03-29T07:31:12.000Z',
    outAt: '2026-03-29T08:02:55.000Z',
    note: '',
  };
  const padding = dataBytes - Buffer.byteLength(JSON.stringify(data));
  return { ...data, note: 'x'.repeat(padding) };
}

/** All that the first event of an append carries (design section 4). */
const sampleMetadata = (commandId: string): EventMetadata => ({
  commandId,
  actor: { id: 'provider:01932e1c', roles: ['provider'], organisation: '01932e1c' },
  recordedAt: '2026-03-29T09:00:00.000Z',
  correlationId: '4bf92f3577b34da6a3ce929d0e0e4736',
  command: {
    name: 'RecordVisit',
    version: 1,
    fields: {
      leg: {
        visitId: '01932e1c-0000-7000-8000-00000000c001.2026-03-29.2.1',
        carerLeg: 1,
        carerRef: 'C-20417',
        loggedInAt: '2026-03-29T08:31:12',
        loggedOutAt: '2026-03-29T09:02:55',
      },
    },
  },
  fingerprint: '9f86d081884c7d659a2feaa0c55ad015',
  facts: [
    {
      name: 'contract',
      value: { known: true, type: 'framework' },
      stream: 'providerContract-01932e1c-0000-7000-8000-00000000d001',
      revision: 4,
    },
  ],
  entropy: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  rules: 1,
  policyVersion: 3,
  software: 'care-brokerage@0.1.0',
});

export function sampleEvent(): NewEvent {
  const id = nextId();
  const data = sampleData(id);
  return { id, type: 'VisitsRecorded', version: 1, data, metadata: sampleMetadata(id) };
}

/** `data 250 bytes, metadata 712 bytes`, as serialised. */
export function sampleSizes(): string {
  const { data, metadata } = sampleEvent();
  const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
  return `data ${bytes(data)} bytes, metadata ${bytes(metadata)} bytes`;
}

/** Where one of several appends in flight stands: a stream that goes on, then another one. */
export interface Lane {
  stream: string;
  revision: number;
}

const freshLane = (): Lane => ({ stream: `visitWeek-${nextId()}`, revision: -1 });

export const newLanes = (width: number): Lane[] => Array.from({ length: width }, freshLane);

/** The next place of a lane: its stream goes on, and after ten events another one begins. */
export function advance(lanes: Lane[], index: number): Lane {
  const lane = lanes[index] ?? freshLane();
  if (lane.revision + 1 < eventsPerStream) lane.revision += 1;
  else Object.assign(lane, { stream: freshLane().stream, revision: 0 });
  return lane;
}
