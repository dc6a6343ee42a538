import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '#kernel/actor.js';
import { Unauthenticated } from './refusals.js';

/** Who is asking, and until when the token says so. */
export interface SignedIn {
  readonly actor: Actor;
  readonly expiresAtMs: number;
}

/**
 * Tells who sends a request. Rejects with `Unauthenticated` when nobody can be named, and with
 * `SignInUnavailable` when the issuer's keys cannot be had.
 */
export type SignIn = (headers: IncomingHttpHeaders) => Promise<SignedIn>;

export const SIGN_IN = Symbol('SignIn');

/** A verified bearer token as the person it names. */
export type VerifyToken = (token: string) => Promise<SignedIn>;

const bearer = /^Bearer +([\w.~+/=-]+) *$/i;

/** Longer ones are no token of ours and are not worth a look. */
const maxTokenLength = 8_192;

/** Takes the token from the `authorization` header. */
export const tokenSignIn =
  (verify: VerifyToken, howTo: string): SignIn =>
  async ({ authorization }) => {
    const token = bearer.exec(authorization ?? '')?.[1];
    if (!token || token.length > maxTokenLength) {
      throw new Unauthenticated(`Nobody is signed in. ${howTo}`);
    }
    return await verify(token);
  };

/** A service on which no way to sign in is configured. */
export const noSignIn: SignIn = () =>
  Promise.reject(
    new Unauthenticated(
      'No way to sign in is configured on this service. Its operators set SIGN_IN=oidc, OIDC_ISSUER and OIDC_AUDIENCE.',
    ),
  );
