import { createHash, hash } from 'node:crypto';

/** What the chain covers of an event: never its position, so a copied log keeps its hashes. */
export interface ChainedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly version: number;
  /** As stored: JSON text, or its bytes where they may not be valid UTF-8. */
  readonly data: string | Uint8Array;
  readonly metadata: string | Uint8Array;
}

/** The hash before the first event. */
export const chainStart = '0'.repeat(64);

/**
 * SHA-256, as 64 hex digits, over the UTF-8 bytes of
 * `previous id revision version stream-length type-length data-length metadata-length`, a line
 * feed, stream, type, data and metadata. Lengths are in bytes and come first, so that no byte can
 * move from one part to the next.
 */
export function chainHash(previous: string, event: ChainedEvent): string {
  const { stream, revision, id, type, version, data, metadata } = event;
  const lengths = `${bytesOf(stream)} ${bytesOf(type)} ${bytesOf(data)} ${bytesOf(metadata)}`;
  const head = `${previous} ${id} ${revision} ${version} ${lengths}\n${stream}${type}`;
  if (typeof data === 'string' && typeof metadata === 'string') {
    return hash('sha256', head + data + metadata);
  }
  return createHash('sha256').update(head).update(data).update(metadata).digest('hex');
}

const bytesOf = (part: string | Uint8Array): number => Buffer.byteLength(part);
