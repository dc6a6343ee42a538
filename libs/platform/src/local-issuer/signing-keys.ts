import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, calculateJwkThumbprint, type JWK } from 'jose';

export const signingAlgorithm = 'ES256';

export const signingKeysIn = (dataDir: string): string => join(dataDir, 'signing-keys.json');

/** The private keys of the local issuer; the first one signs. */
export interface SigningKeys {
  readonly keys: readonly JWK[];
}

/** What verifiers may know of them. */
export const publicPart = ({ keys }: SigningKeys): { keys: JWK[] } => ({
  keys: keys.map(({ d: _secret, ...open }) => open),
});

/**
 * The keys kept in the data directory, where only the service's own user can read them; one is made
 * when there is none. Remove the file and start again to have a new one: older tokens then count no
 * more.
 */
export async function signingKeysKeptIn(dataDir: string): Promise<SigningKeys> {
  const kept = readKeys(dataDir);
  if (kept) return kept;
  const made = await freshSigningKeys();
  mkdirSync(dataDir, { recursive: true });
  const file = signingKeysIn(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(made)}\n`, { mode: 0o600 });
  // A file left behind keeps the mode it had.
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return made;
}

export async function freshSigningKeys(): Promise<SigningKeys> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { keys: [{ ...jwk, kid, alg: signingAlgorithm, use: 'sig' }] };
}

function readKeys(dataDir: string): SigningKeys | undefined {
  let text: string;
  try {
    text = readFileSync(signingKeysIn(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return JSON.parse(text) as SigningKeys;
}
