import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';

export interface IssuerKeysOptions {
  readonly issuer: string;
  /** Where the keys are; without it the issuer's discovery document says so. */
  readonly jwksUri?: string | undefined;
  /** A key that the issuer has removed counts no longer than this. */
  readonly maxAgeSeconds: number;
  /** An unknown key id makes us ask the issuer again, but not more often than this. */
  readonly cooldownSeconds?: number;
}

const timeoutMs = 5_000;

/** The issuer's present keys, fetched when they are needed and again when a token names a new one. */
export function issuerKeys(options: IssuerKeysOptions): JWTVerifyGetKey {
  const { maxAgeSeconds, cooldownSeconds = 10 } = options;
  const remote = (uri: string): JWTVerifyGetKey =>
    createRemoteJWKSet(new URL(uri), {
      cacheMaxAge: maxAgeSeconds * 1000,
      cooldownDuration: cooldownSeconds * 1000,
      timeoutDuration: timeoutMs,
    });
  const found = remembered(cooldownSeconds * 1000, async () =>
    remote(options.jwksUri ?? (await discoveredJwksUri(options.issuer))),
  );
  return async (header, token) => (await found())(header, token);
}

/** Asks once; a failure is told for a while before it is asked again. */
function remembered<Value>(failedForMs: number, ask: () => Promise<Value>): () => Promise<Value> {
  let answer: Promise<Value> | undefined;
  let failedAtMs = 0;
  return () => {
    if (failedAtMs > 0 && Date.now() - failedAtMs >= failedForMs) {
      answer = undefined;
      failedAtMs = 0;
    }
    answer ??= ask().catch((error: unknown) => {
      failedAtMs = Date.now();
      throw error;
    });
    return answer;
  };
}

async function discoveredJwksUri(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, {
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: 'application/json' },
  });
  if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
  const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (document.issuer !== issuer) throw new Error('the document belongs to another issuer');
  if (typeof document.jwks_uri !== 'string') throw new Error('the issuer names no keys');
  return document.jwks_uri;
}
