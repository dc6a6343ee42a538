import { z } from 'zod';
import { optional } from './variable.js';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Keys that come over an open line could be anybody's. */
const trusted = z.url({ protocol: /^https?$/ }).refine(
  (text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || loopback.has(hostname);
  },
  { error: 'expected an https address (http on this machine alone)' },
);

const claim = z.string().regex(/^[\w:./-]{1,128}$/, 'expected the name of a claim');

/** Environment variables that say how people sign in. */
export const signInVariables = {
  SIGN_IN: optional(z.enum(['local-issuer', 'oidc', 'none']).optional()),
  OIDC_ISSUER: optional(trusted.optional()),
  OIDC_AUDIENCE: optional(z.string().max(256).optional()),
  OIDC_JWKS_URI: optional(trusted.optional()),
  OIDC_ROLES_CLAIM: optional(claim.default('roles')),
  OIDC_ORGANISATION_CLAIM: optional(claim.default('organisation')),
  OIDC_KEYS_MAX_AGE: optional(
    z
      .string()
      .regex(/^\d{1,5}$/, 'expected a number of seconds')
      .default('300')
      .transform(Number),
  ),
};

type Variables = z.infer<z.ZodObject<typeof signInVariables>>;

/** How people sign in. */
export type SignInSettings =
  | { readonly by: 'local-issuer' | 'none' }
  | {
      readonly by: 'oidc';
      readonly issuer: string;
      readonly audience: string;
      readonly jwksUri?: string;
      readonly claims: { readonly roles: string; readonly organisation: string };
      readonly keysMaxAgeSeconds: number;
    };

/** Assumes that `signInProblems` found none. */
export function signInSettings(read: Variables, production: boolean): SignInSettings {
  const by = wayOf(read, production);
  if (by !== 'oidc') return { by };
  return {
    by,
    issuer: read.OIDC_ISSUER ?? '',
    audience: read.OIDC_AUDIENCE ?? '',
    ...(read.OIDC_JWKS_URI && { jwksUri: read.OIDC_JWKS_URI }),
    claims: { roles: read.OIDC_ROLES_CLAIM, organisation: read.OIDC_ORGANISATION_CLAIM },
    keysMaxAgeSeconds: read.OIDC_KEYS_MAX_AGE,
  };
}

/** One line for each setting that does not fit the others. */
export function signInProblems(read: Variables, production: boolean): string[] {
  const by = wayOf(read, production);
  if (by === 'local-issuer' && production) {
    return [
      'SIGN_IN="local-issuer": production does not start with the issuer of demo people; set SIGN_IN=oidc, OIDC_ISSUER and OIDC_AUDIENCE',
    ];
  }
  if (by !== 'oidc') {
    return read.OIDC_ISSUER ? ['OIDC_ISSUER: nothing reads it; set SIGN_IN=oidc'] : [];
  }
  return [
    ...(read.OIDC_ISSUER ? [] : ['OIDC_ISSUER="": SIGN_IN=oidc needs the address of the issuer']),
    ...(read.OIDC_AUDIENCE
      ? []
      : ['OIDC_AUDIENCE="": SIGN_IN=oidc needs the name that tokens for this service carry']),
  ];
}

const wayOf = ({ SIGN_IN }: Variables, production: boolean) =>
  SIGN_IN ?? (production ? 'none' : 'local-issuer');
