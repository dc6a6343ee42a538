import { createHmac, hkdfSync } from 'node:crypto';

/** The keys under which people's personal fields are sealed. */
export interface SubjectKeys {
  /** 32 bytes; `undefined` once the subject was erased. The same key each time before that. */
  keyFor(subject: string): Uint8Array | undefined;
}

/** Derived keys are for development: they cannot be destroyed one by one. */
export class DevelopmentKeysRefused extends Error {
  override readonly name = 'DevelopmentKeysRefused';
}

export interface DevelopmentKeys extends SubjectKeys {
  /** Forgets a subject until the process ends. */
  erase(subject: string): void;
}

/**
 * Keys derived from one master key (HKDF-SHA-256): nothing to store, and nothing that could be
 * destroyed, so production refuses them with `DevelopmentKeysRefused`.
 *
 * @param masterKey at least 16 bytes of secret
 */
export function developmentKeys(
  masterKey: Uint8Array,
  { production }: { production: boolean },
): DevelopmentKeys {
  if (production) {
    throw new DevelopmentKeysRefused(
      'derived subject keys cannot be erased; production needs a key store',
    );
  }
  if (masterKey.length < 16) throw new RangeError('the master key needs at least 16 bytes');
  const erased = new Set<string>();
  const derived = new Map<string, Uint8Array>();
  return {
    keyFor: (subject) => {
      if (erased.has(subject)) return undefined;
      let key = derived.get(subject);
      if (!key) {
        key = derive(masterKey, `subject ${subject}`);
        if (derived.size >= maxKept) derived.clear();
        derived.set(subject, key);
      }
      return key;
    },
    erase: (subject) => {
      erased.add(subject);
    },
  };
}

/**
 * A fingerprint of a command over personal fields, 64 hex digits: HMAC-SHA-256 under the subject's
 * key, so that nobody can guess the fields from it once the key is gone.
 *
 * @param content the command's name, fields and actor in a canonical text
 */
export function keyedFingerprint(key: Uint8Array, content: string): string {
  return createHmac('sha256', derive(key, 'fingerprint')).update(content).digest('hex');
}

const maxKept = 10_000;

const derive = (key: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, '', purpose, 32));
