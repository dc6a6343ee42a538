import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import type { SubjectKeys } from './subject-keys.js';

/** A personal value as it is stored: AES-256-GCM of its JSON, all bytes in base64. */
export interface Sealed {
  readonly $sealed: {
    readonly subject: string;
    /** Names the key without telling it. */
    readonly keyId: string;
    readonly iv: string;
    readonly tag: string;
    readonly text: string;
  };
}

/** What stands in place of a value whose subject's key was destroyed. */
export interface Erased {
  readonly $erased: string;
}

/** Personal data of an erased subject cannot be recorded any more. */
export class SubjectErased extends Error {
  override readonly name = 'SubjectErased';
  constructor(readonly subject: string) {
    super(
      `The record of person ${subject} was erased. Nothing more can be recorded for them; refer ` +
        'them under a new person reference if they need care again.',
    );
  }
}

/** A sealed value was altered, or belongs to another key. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** The key of a subject who was not erased is not here. */
export class KeyMissing extends SealBroken {
  constructor(readonly subject: string) {
    super(`the key of ${subject} is lost; bring keys.db back from its backup`);
  }
}

/** Throws `SubjectErased`. */
export function seal(value: unknown, subject: string, keys: SubjectKeys): Sealed {
  const key = keys.keyFor(subject);
  if (!key) throw new SubjectErased(subject);
  const iv = randomBytes(12);
  // The subject is authenticated with the text, so a value cannot be moved to another person.
  const { id: keyId, secret } = preparedKey(key);
  const cipher = createCipheriv('aes-256-gcm', secret, iv).setAAD(Buffer.from(subject));
  const text = cipher.update(JSON.stringify(value), 'utf8', 'base64') + cipher.final('base64');
  const tag = cipher.getAuthTag().toString('base64');
  return { $sealed: { subject, keyId, iv: iv.toString('base64'), tag, text } };
}

/** The value, or `Erased` when its key is gone. Throws `SealBroken`. */
export function unseal({ $sealed: sealed }: Sealed, keys: SubjectKeys): unknown {
  const { subject, keyId, iv, tag, text } = sealed;
  const key = keys.existingKey(subject);
  if (!key && keys.isErased(subject)) return { $erased: subject } satisfies Erased;
  if (!key) throw new KeyMissing(subject);
  const { id, secret } = preparedKey(key);
  if (id !== keyId) throw new SealBroken(`a value of ${subject} has key ${keyId}`);
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(iv, 'base64'))
      .setAAD(Buffer.from(subject))
      .setAuthTag(Buffer.from(tag, 'base64'));
    const json = decipher.update(text, 'base64', 'utf8') + decipher.final('utf8');
    return JSON.parse(json) as unknown;
  } catch (cause) {
    throw new SealBroken(`a value of ${subject} was altered`, { cause });
  }
}

export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' &&
  value !== null &&
  '$sealed' in value &&
  typeof value.$sealed === 'object';

export const isErased = (value: unknown): value is Erased =>
  typeof value === 'object' && value !== null && '$erased' in value;

/** The value with every sealed part in it unsealed; the same object when there is none. */
export function unsealAll(value: unknown, keys: SubjectKeys): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isSealed(value)) return unseal(value, keys);
  if (Array.isArray(value)) {
    const entries = value.map((entry) => unsealAll(entry, keys));
    return entries.some((entry, index) => entry !== value[index]) ? entries : value;
  }
  let changed: Record<string, unknown> | undefined;
  for (const [name, field] of Object.entries(value)) {
    const plain = unsealAll(field, keys);
    if (plain === field) continue;
    changed ??= { ...value } as Record<string, unknown>;
    changed[name] = plain;
  }
  return changed ?? value;
}

/** A key as it is used again and again; gone with the bytes that the key store holds. */
const prepared = new WeakMap<Uint8Array, { readonly id: string; readonly secret: KeyObject }>();

function preparedKey(key: Uint8Array) {
  const known = prepared.get(key);
  if (known) return known;
  const id = createHash('sha256').update('key id').update(key).digest('hex').slice(0, 16);
  const made = { id, secret: createSecretKey(key) };
  prepared.set(key, made);
  return made;
}
