import {
  EventTooLarge,
  StoreUnavailable,
  type EventMetadata,
  type NewEvent,
  type StoredEvent,
} from '../event-store.js';
import { commonPart, toStoredText, type StoredText } from '../stored-form.js';
import type { EsdbEvent, EsdbRecord } from './esdb-client.js';

/** The server takes so many bytes in one append, types and its own frame among them. */
export const maxAppendBytes = 1024 * 1024;
/** Of each event, for its type and the version that its metadata carries. */
const frameBytes = 1024;
/** What the server counts of an event beside its content: the type, twice its length. */
const ownFrameBytes = 128;
/** Data and metadata of one event may have so many bytes. */
export const maxEsdbEventBytes: number = maxAppendBytes - frameBytes;

/** The events of an append, and at most how many bytes they have together. */
export interface EsdbEvents {
  readonly events: readonly EsdbEvent[];
  readonly bytes: number;
}

const encoder = new TextEncoder();

/** Beside the metadata of the port: what this store has no field of its own for. */
interface OwnMetadata {
  readonly eventVersion: number;
  /** How many events of its append stand before it, where the stored metadata is shared with the first. */
  readonly appendOffset?: number;
  /** How many events of its append stand behind it; absent from the last one. */
  readonly appendLeft?: number;
}

/**
 * The events of one append as the server keeps them, serialised here: the libraries would leave an
 * append pending for ever on what is no JSON. Throws as `toStoredText` does, and `EventTooLarge`,
 * naming the largest event, for an append over the server's limit.
 */
export function toEsdbEvents(events: readonly NewEvent[]): EsdbEvents {
  const texts = toStoredText(events, maxEsdbEventBytes);
  // Written once for all that share it; an append of one event shares nothing.
  const common =
    texts.length > 1 ? JSON.stringify(commonPart((events[0] as NewEvent).metadata)) : '';
  const shaped = texts.map((text, index) => shapeOf(text, index, texts.length - 1 - index, common));
  return { events: shaped, bytes: sizeOf(texts, shaped) };
}

function shapeOf(text: StoredText, index: number, left: number, common: string): EsdbEvent {
  const { id, type, version, data, metadata } = text;
  const isShared = !metadata.startsWith('{');
  const place =
    (isShared ? `,"appendOffset":${index}` : '') + (left > 0 ? `,"appendLeft":${left}` : '');
  const rest = (isShared ? common : metadata).slice(1);
  const bytes = encoder.encode(`{"eventVersion":${version}${place},${rest}`);
  const json: unknown = JSON.parse(data);
  return { id, type, contentType: 'application/json', data: json, metadata: bytes };
}

/** At most so many bytes: one UTF-16 unit is at most three, so short texts need no counting. */
function sizeOf(texts: readonly StoredText[], events: readonly EsdbEvent[]): number {
  const fixedOf = (index: number) => (events[index]?.metadata.length ?? 0) + ownFrameBytes;
  let bound = 0;
  for (const [index, { data }] of texts.entries()) bound += data.length * 3 + fixedOf(index);
  if (texts.length === 1 || bound <= maxAppendBytes) return bound;
  const sizes = texts.map(({ data }, index) => Buffer.byteLength(data) + fixedOf(index));
  const bytes = sizes.reduce((sum, each) => sum + each, 0);
  if (bytes <= maxAppendBytes) return bytes;
  const largest = texts[sizes.indexOf(Math.max(...sizes))];
  throw new EventTooLarge(largest?.type ?? '', bytes, maxAppendBytes);
}

/** An event of this product as the port returns it. */
export function fromRecord(record: EsdbRecord): StoredEvent {
  const { id, streamId: stream, type, data } = record;
  const { eventVersion, appendOffset: _, appendLeft: __, ...metadata } = ownMetadata(record);
  return {
    ...{ id, stream, type, data, version: eventVersion },
    revision: Number(record.revision),
    position: positionOf(record),
    metadata: metadata,
  };
}

/** An event's text as the other stores keep it, so that its hash in the chain is the same there. */
export function storedTextOf(record: EsdbRecord): StoredText {
  const { id, type, data } = record;
  const { eventVersion, appendOffset, appendLeft: _, ...metadata } = ownMetadata(record);
  return {
    ...{ id, type, version: eventVersion, data: JSON.stringify(data) },
    metadata: appendOffset === undefined ? JSON.stringify(metadata) : String(appendOffset),
  };
}

/** How many events of its append stand before it, where it shares the metadata of the first of them. */
export const sharedFrom = (record: EsdbRecord): number => ownMetadata(record).appendOffset ?? 0;

/** The metadata that the events of one append share, as text; an event's own copy is to be the same. */
export function sharedTextOf(record: EsdbRecord): string {
  const { eventVersion: _, appendOffset: __, appendLeft: ___, ...metadata } = ownMetadata(record);
  return JSON.stringify(commonPart(metadata));
}

export const leftInAppend = (record: EsdbRecord): number => ownMetadata(record).appendLeft ?? 0;

export const positionOf = ({ position, streamId, revision }: EsdbRecord): number => {
  if (!position) throw new StoreUnavailable(`${streamId}@${revision} came without its position`);
  return Number(position.commit);
};

function ownMetadata({ metadata, streamId, revision }: EsdbRecord): EventMetadata & OwnMetadata {
  const own = metadata as (EventMetadata & OwnMetadata) | undefined;
  if (typeof own?.eventVersion === 'number') return own;
  throw new TypeError(`${streamId}@${revision} was not written by this product`);
}
