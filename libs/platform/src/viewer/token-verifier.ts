import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { SignInUnavailable, Unauthenticated } from './refusals.js';
import type { VerifyToken } from './sign-in.js';
import { actorOfClaims, type ClaimNames } from './token-claims.js';

/** What a token must be to count. */
export interface TokenRules {
  /** Asked for each token: the local issuer learns its address when it listens. */
  readonly issuer: () => string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  readonly claims: ClaimNames;
}

/** Signatures by private keys alone: with a shared secret, who verifies could also sign. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

/** How far the issuer's clock and ours may differ. */
const toleranceSeconds = 30;

/** Verifies signature, issuer, audience and time of a token, and names its person. */
export function tokenVerifier({ issuer, audience, keys, claims }: TokenRules): VerifyToken {
  return async (token) => {
    const payload = await verified(token, keys, {
      ...{ algorithms, audience, issuer: issuer() },
      ...{ clockTolerance: toleranceSeconds, requiredClaims: ['sub', 'exp'] },
    });
    return { actor: actorOfClaims(payload, claims), expiresAtMs: Number(payload.exp) * 1000 };
  };
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  options: NonNullable<Parameters<typeof jwtVerify>[2]>,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) {
      throw new Unauthenticated('The sign-in has expired. Sign in again.');
    }
    if (error instanceof errors.JOSEError && !aboutKeys.has(error.code)) {
      throw new Unauthenticated('The sign-in cannot be used on this service. Sign in again.');
    }
    throw new SignInUnavailable();
  }
}

/** The issuer's keys could not be had: no fault of the token. */
const aboutKeys = new Set(['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID']);
