import { createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** The keys under which people's personal fields are sealed: one of each subject's own. */
export interface SubjectKeys {
  /** 32 bytes, made at the first call for a subject; `undefined` once the subject was erased. */
  keyFor(subject: string): Uint8Array | undefined;
  /** The key of a subject who has one; never makes one. */
  existingKey(subject: string): Uint8Array | undefined;
  isErased(subject: string): boolean;
  /** Destroys a subject's key for good; there is never another one. Harmless when repeated. */
  erase(subject: string): void;
  /**
   * Resolves once every key given out so far survives a power cut; `undefined` when all do. What
   * was sealed under a key is recorded only after that.
   */
  durable(): Promise<void> | undefined;
  /** Brings what other nodes keep of a subject; absent where this process has all there is. */
  fetch?(subject: string): Promise<void>;
  /** Whether it was brought already. */
  isKnown?(subject: string): boolean;
}

/** Keys that live as long as the process: of a store that keeps no files, and of specs. */
export function memoryKeys(): SubjectKeys {
  const keys = new Map<string, Uint8Array>();
  const erased = new Set<string>();
  return {
    keyFor(subject) {
      if (erased.has(subject)) return undefined;
      let key = keys.get(subject);
      if (!key) keys.set(subject, (key = randomBytes(32)));
      return key;
    },
    existingKey: (subject) => keys.get(subject),
    isErased: (subject) => erased.has(subject),
    erase(subject) {
      keys.delete(subject);
      erased.add(subject);
    },
    durable: () => undefined,
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

const derive = (key: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, '', purpose, 32));
