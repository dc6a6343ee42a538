import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

/** A subject's key under the master key: AES-256-GCM, `iv | tag | text`, bound to the subject. */
export function wrapKey(key: Uint8Array, subject: string, master: Uint8Array): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', master, iv).setAAD(Buffer.from(subject));
  const text = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

/** Throws when the bytes were altered, or belong to another subject or master key. */
export function unwrapKey(wrapped: Buffer, subject: string, master: Uint8Array): Uint8Array {
  const iv = wrapped.subarray(0, ivBytes);
  const tag = wrapped.subarray(ivBytes, ivBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', master, iv)
    .setAAD(Buffer.from(subject))
    .setAuthTag(tag);
  const text = wrapped.subarray(ivBytes + tagBytes);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}

/** Names a master key without telling it. */
export const masterIdOf = (master: Uint8Array): string =>
  createHash('sha256').update('master key id').update(master).digest('hex').slice(0, 16);
