import { createServer } from 'node:http';
import { once } from 'node:events';
import { SignJWT, exportJWK, generateKeyPair, type JWK, type JWTPayload } from 'jose';
import { addressOf } from '../http/address.js';
import { demoActor } from './demo-people.js';

export const testAudience = 'urn:test:api';

/** A key pair of an issuer, with the id that its tokens name. */
export interface IssuerKey {
  readonly kid: string;
  readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
  readonly publicJwk: JWK;
}

export async function issuerKey(kid: string, alg = 'ES256'): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** An issuer in the network whose keys a test changes: what it serves now is `keys`. */
export class TestIssuer {
  /** How often its keys were fetched. */
  fetches = 0;
  keys: readonly IssuerKey[] = [];
  down = false;
  private readonly server = createServer((request, response) => {
    this.fetches += request.url === '/jwks' ? 1 : 0;
    const document =
      request.url === '/jwks'
        ? { keys: this.keys.map(({ publicJwk }) => publicJwk) }
        : { issuer: this.url, jwks_uri: `${this.url}/jwks` };
    response.statusCode = this.down ? 503 : 200;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
  });

  static async start(...kids: readonly string[]): Promise<TestIssuer> {
    const issuer = new TestIssuer();
    issuer.keys = await Promise.all(kids.map((kid) => issuerKey(kid)));
    issuer.server.listen(0, '127.0.0.1');
    await once(issuer.server, 'listening');
    return issuer;
  }

  get url(): string {
    return addressOf(this.server);
  }

  /** A token of the first key (or of `key`) for an hour, with these claims put in the place of ours. */
  token(claims: JWTPayload & Record<string, unknown> = {}, key = this.keys[0]): Promise<string> {
    if (!key) throw new Error('the issuer has no key');
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: this.url, aud: testAudience, sub: 'somebody', iat: now, exp: now + 3600 };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg: key.publicJwk.alg ?? 'ES256', kid: key.kid })
      .sign(key.privateKey);
  }

  /** The token of a demo person. */
  tokenOf(person: string): Promise<string> {
    const { id: sub, ...claims } = demoActor(person) ?? { id: person };
    return this.token({ sub, ...claims });
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
