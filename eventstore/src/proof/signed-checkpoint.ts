import { isInstant } from '#kernel/time.js';
import type { AuditPublicKey, AuditSigningKey } from './audit-key.js';

/** What a log was at a moment: C2SP's tlog-checkpoint with a line of our own that tells the time. */
export interface AuditCheckpoint {
  readonly logId: string;
  /** How many events the log had. */
  readonly size: number;
  /** The root of the tree of RFC 6962 over their hashes in the chain, 32 bytes. */
  readonly root: Buffer;
  /** When it was signed, by the clock of who signed. */
  readonly time: string;
}

/** A checkpoint is none, or is not signed by the key; the message ends a sentence about its file. */
export class BadCheckpoint extends Error {
  override readonly name = 'BadCheckpoint';
}

/** The name of a log in its checkpoints: their first line, and whose the signature is. */
export const originOf = (logId: string): string => `care-brokerage/${logId}`;

const rootBytes = 32;
const idBytes = 4;
const textForm =
  /^care-brokerage\/(?<logId>[0-9a-f-]{36})\n(?<size>0|[1-9]\d{0,15})\n(?<root>[A-Za-z0-9+/]{43}=)\ntime (?<time>\S+)\n$/;
const signatureForm = /^\u2014 (?<name>[^\s+]+) (?<signature>[A-Za-z0-9+/]+=*)$/;

/** The checkpoint as a signed note. */
export function signCheckpoint(checkpoint: AuditCheckpoint, key: AuditSigningKey): string {
  const { logId, size, root, time } = checkpoint;
  const origin = originOf(logId);
  const text = `${origin}\n${size}\n${root.toString('base64')}\ntime ${time}\n`;
  const signature = Buffer.concat([key.public.idFor(origin), key.sign(text)]);
  return `${text}\n\u2014 ${origin} ${signature.toString('base64')}\n`;
}

/**
 * Reads a signed note; with a key also whether that signed it. Signatures of others, such as
 * witnesses, are passed over. Throws `BadCheckpoint`.
 */
export function readCheckpoint(note: string, key?: AuditPublicKey): AuditCheckpoint {
  const end = note.indexOf('\n\n');
  const text = note.slice(0, end + 1);
  const { logId = '', size, root, time = '' } = textForm.exec(text)?.groups ?? {};
  if (end < 0 || size === undefined || !isInstant(time)) {
    throw new BadCheckpoint('is no checkpoint of a log of this product');
  }
  const lines = note.slice(end + 2).split('\n');
  const isWhole = lines.pop() === '' && lines.length > 0;
  const signatures = lines.map((line) => signatureForm.exec(line)?.groups);
  if (!isWhole || signatures.includes(undefined)) {
    throw new BadCheckpoint('has signatures that are not as a signed note has them');
  }
  const origin = originOf(logId);
  if (key) ensureSigned(key, origin, text, signatures);
  const found = Buffer.from(root ?? '', 'base64');
  if (found.length !== rootBytes) throw new BadCheckpoint('has no root of 32 bytes');
  return { logId, size: Number(size), root: found, time };
}

function ensureSigned(
  key: AuditPublicKey,
  origin: string,
  text: string,
  signatures: readonly (Record<string, string> | undefined)[],
): void {
  if (key.signer !== undefined && key.signer !== origin) {
    throw new BadCheckpoint(`is of ${origin}, but the public key is that of ${key.signer}`);
  }
  const id = key.idFor(origin);
  const own = signatures.flatMap((each) => {
    if (each?.['name'] !== origin) return [];
    const bytes = Buffer.from(each['signature'] ?? '', 'base64');
    return bytes.subarray(0, idBytes).equals(id) ? [bytes.subarray(idBytes)] : [];
  });
  if (own.length === 0) throw new BadCheckpoint('is not signed with this public key');
  if (!own.every((signature) => key.verifies(text, signature))) {
    throw new BadCheckpoint('was changed after it was signed: its signature does not fit');
  }
}
