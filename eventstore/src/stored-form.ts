import { EventTooLarge, maxEventBytes, type EventMetadata, type NewEvent } from './event-store.js';

/** An event as every adapter keeps it: JSON text, so that the stored bytes are the caller's. */
export interface StoredText {
  /** A lower-case UUID. */
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly data: string;
  /**
   * The metadata as JSON, or a number: this event has the common part of the metadata of the event
   * so many revisions (and positions) before it, the first of the same append.
   */
  readonly metadata: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Serialises the events of one append. Later events whose metadata is the common part of the
 * first one's refer to it. Throws `EventTooLarge`, or `TypeError` for what no store could keep.
 */
export function toStoredText(events: readonly NewEvent[], mostBytes = maxEventBytes): StoredText[] {
  const first = events[0]?.metadata;
  if (!first) throw new TypeError('an append has at least one event');
  return events.map((event, index) => {
    if (!uuid.test(event.id)) throw new TypeError(`${event.id} is not a lower-case UUID`);
    const data = JSON.stringify(event.data) as string | undefined;
    if (data === undefined) throw new TypeError(`${event.type} has no data`);
    const shared = index > 0 && hasOnlyCommonOf(event.metadata, first);
    const metadata = shared ? String(index) : JSON.stringify(event.metadata);
    ensureSize(event.type, data, metadata, mostBytes);
    return { id: event.id, type: event.type, version: event.version, data, metadata };
  });
}

/** The part of an event's metadata that later events of the same append share with it. */
export function commonPart(metadata: EventMetadata): EventMetadata {
  const { commandId, actor, correlationId, causationId, recordedAt, simulated } = metadata;
  return {
    commandId,
    actor,
    recordedAt,
    ...(correlationId !== undefined && { correlationId }),
    ...(causationId !== undefined && { causationId }),
    ...(simulated !== undefined && { simulated }),
  };
}

/** How many events before this one its metadata stands; 0 when the text is the metadata itself. */
export const metadataOffset = (text: string): number => (text.startsWith('{') ? 0 : Number(text));

const commonKeys = new Set<string>([
  'commandId',
  'actor',
  'correlationId',
  'causationId',
  'recordedAt',
  'simulated',
] satisfies (keyof EventMetadata)[]);

function hasOnlyCommonOf(metadata: EventMetadata, first: EventMetadata): boolean {
  for (const [key, value] of Object.entries(metadata)) {
    if (value !== undefined && !commonKeys.has(key)) return false;
  }
  return (
    metadata.commandId === first.commandId &&
    metadata.recordedAt === first.recordedAt &&
    metadata.correlationId === first.correlationId &&
    metadata.causationId === first.causationId &&
    metadata.simulated === first.simulated &&
    (metadata.actor === first.actor ||
      JSON.stringify(metadata.actor) === JSON.stringify(first.actor))
  );
}

function ensureSize(type: string, data: string, metadata: string, mostBytes: number): void {
  // One UTF-16 unit is at most three bytes, so a short text needs no counting.
  if ((data.length + metadata.length) * 3 <= mostBytes) return;
  const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata);
  if (bytes > mostBytes) throw new EventTooLarge(type, bytes, mostBytes);
}
