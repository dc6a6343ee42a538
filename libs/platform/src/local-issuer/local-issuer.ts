import { createLocalJWKSet, type JWTVerifyGetKey } from 'jose';
import type Provider from 'oidc-provider';
import type { VerifyToken } from '../viewer/sign-in.js';
import { tokenVerifier } from '../viewer/token-verifier.js';
import { issuerPath, localAudience } from './issuer-names.js';
import {
  freshSigningKeys,
  publicPart,
  signingKeysKeptIn,
  type SigningKeys,
} from './signing-keys.js';

/** Injection token: the `LocalIssuer`, or nothing where people sign in elsewhere. */
export const LOCAL_ISSUER = Symbol('LocalIssuer');

/**
 * An OpenID Connect issuer inside the service, for development: it signs in invented people. Keys
 * and provider are made when they are first needed, so a start does not wait for them.
 */
export class LocalIssuer {
  private made: Promise<Provider> | undefined;
  private kept: Promise<SigningKeys> | undefined;
  private verifying: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    /** `http://127.0.0.1:3000`; known once the service listens. */
    private readonly origin: () => string,
    /** Where the keys are kept; without it they live as long as the process. */
    private readonly dataDir: string | undefined,
  ) {}

  get issuer(): string {
    return `${this.origin()}${issuerPath}`;
  }

  provider(): Promise<Provider> {
    return (this.made ??= this.make());
  }

  /** Verifies the issuer's own tokens as any other issuer's. */
  readonly verify: VerifyToken = (token) => this.verifier(token);

  private readonly verifier = tokenVerifier({
    issuer: () => this.issuer,
    audience: localAudience,
    keys: async (header, token) => {
      this.verifying ??= this.keys().then((keys) => createLocalJWKSet(publicPart(keys)));
      return (await this.verifying)(header, token);
    },
    claims: { roles: 'roles', organisation: 'organisation' },
  });

  private keys(): Promise<SigningKeys> {
    this.kept ??= this.dataDir === undefined ? freshSigningKeys() : signingKeysKeptIn(this.dataDir);
    return this.kept;
  }

  private async make(): Promise<Provider> {
    const [{ default: OidcProvider }, { issuerConfiguration }, { allowDemoPersonGrant }] =
      await Promise.all([
        import('oidc-provider'),
        import('./issuer-configuration.js'),
        import('./demo-person-grant.js'),
      ]);
    const provider = new OidcProvider(this.issuer, issuerConfiguration(await this.keys()));
    allowDemoPersonGrant(provider);
    return provider;
  }
}
