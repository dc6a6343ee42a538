import { createHash } from 'node:crypto';

/**
 * Derives a UUIDv7-shaped id: the 48-bit time of `source` and SHA-256 of all parts. The same parts
 * give the same id on every node, so a retried command meets its own stream and events.
 *
 * @param source a UUIDv7 whose time the new id keeps, so that ids stay ordered by time
 */
export function deriveId(source: string, ...parts: readonly (string | number)[]): string {
  return shaped(source.replaceAll('-', '').slice(0, 12), digest([source, ...parts]));
}

/** An id that depends on a key alone (a natural key such as request and provider), without a time. */
export function idOfKey(...parts: readonly (string | number)[]): string {
  const hash = digest(parts);
  return shaped(hash.slice(32, 44), hash);
}

/** SHA-256 of a key as hex, for the name of a stream that holds a key unique. */
export const keyHash = (...parts: readonly (string | number)[]): string =>
  digest(parts).slice(0, 32);

const digest = (parts: readonly (string | number)[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('hex');

const shaped = (time: string, hash: string): string => {
  const variant = ((Number.parseInt(hash.charAt(15), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hash.slice(12, 15)}-${variant}${hash.slice(16, 19)}-${hash.slice(19, 31)}`;
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isUuid = (text: string): boolean => uuid.test(text);

/** A fresh UUIDv7 from a time (ms) and 20 hex digits of randomness, both supplied by the caller. */
export const uuidV7 = (atMs: number, random: string): string =>
  shaped(atMs.toString(16).padStart(12, '0'), `000000000000${random.padEnd(20, '0')}`);
