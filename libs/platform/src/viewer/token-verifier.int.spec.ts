import { createHmac, createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import { issuerKeys } from './issuer-keys.js';
import { SignInUnavailable, Unauthenticated } from './refusals.js';
import { TestIssuer, issuerKey, testAudience } from './sign-in.fixtures.js';
import { tokenSignIn, type SignIn } from './sign-in.js';
import { tokenVerifier } from './token-verifier.js';

const claims = { roles: 'roles', organisation: 'organisation' };
const seconds = () => Math.floor(Date.now() / 1000);
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('A bearer token', () => {
  let issuer: TestIssuer;
  let signIn: SignIn;

  /** A service that has just started, with its own cache of keys. */
  const service = (maxAgeSeconds = 300, cooldownSeconds = 0): SignIn =>
    tokenSignIn(
      tokenVerifier({
        ...{ issuer: () => issuer.url, audience: testAudience, claims },
        keys: issuerKeys({ issuer: issuer.url, maxAgeSeconds, cooldownSeconds }),
      }),
      'Send a token.',
    );

  beforeEach(async () => {
    issuer = await TestIssuer.start('k-1');
    signIn = service();
  });

  afterEach(() => issuer.stop());

  const ask = (token: string, by = signIn) => by({ authorization: `Bearer ${token}` });

  it('names its person until it expires', async () => {
    const exp = seconds() + 600;
    const token = await issuer.token({ sub: 'u-1', roles: ['broker'], exp });
    expect(await ask(token)).toEqual({
      actor: { id: 'u-1', roles: ['broker'] },
      expiresAtMs: exp * 1000,
    });
  });

  it.each([
    ['nothing', {}],
    ['another scheme', { authorization: 'Basic YnJva2VyOg==' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a token of 9,000 characters', { authorization: `Bearer ${'a'.repeat(9_000)}` }],
  ])('is asked for when %s was sent', async (_, headers) => {
    await expect(signIn(headers)).rejects.toThrow('Nobody is signed in. Send a token.');
  });

  it.each(['x', 'a.b.c', 'ey.ey.ey', `${encoded({ alg: 'ES256' })}.${encoded({})}.`])(
    'is refused as garbage: %s',
    async (token) => {
      await expect(ask(token)).rejects.toThrow(Unauthenticated);
    },
  );

  const forged = async (alg: string, sign: (text: string) => string) => {
    const [, payload] = (await issuer.token({ roles: ['broker'] })).split('.');
    const text = `${encoded({ alg, kid: 'k-1' })}.${payload}`;
    return `${text}.${sign(text)}`;
  };

  it('is refused without a signature (alg none)', async () => {
    await expect(ask(await forged('none', () => ''))).rejects.toThrow(Unauthenticated);
  });

  it('is refused when a public key was taken for a shared secret (HS256)', async () => {
    const jwk = issuer.keys[0]?.publicJwk as JWK;
    const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({
      ...{ type: 'spki', format: 'pem' },
    });
    const byPublicKey = (text: string) =>
      createHmac('sha256', pem).update(text).digest('base64url');
    await expect(ask(await forged('HS256', byPublicKey))).rejects.toThrow(Unauthenticated);
  });

  it('is refused when another key with the same id signed it', async () => {
    const token = await issuer.token({ roles: ['broker'] }, await issuerKey('k-1'));
    await expect(ask(token)).rejects.toThrow(Unauthenticated);
  });

  it.each([
    ['another issuer', { iss: 'https://elsewhere.example' }],
    ['another audience', { aud: 'urn:other:api' }],
    ['no audience', { aud: [] }],
    ['nobody', { sub: '' }],
    ['no end', { exp: undefined as never }],
    ['a start in a minute', { nbf: seconds() + 60 }],
  ])('is refused with %s', async (_, wrong) => {
    const token = await issuer.token({ roles: ['broker'], ...wrong });
    await expect(ask(token)).rejects.toThrow(Unauthenticated);
  });

  it('is taken within half a minute after its end, for clocks differ, and not later', async () => {
    const token = (ago: number) => issuer.token({ roles: ['broker'], exp: seconds() - ago });
    expect((await ask(await token(10))).actor.id).toBe('somebody');
    await expect(ask(await token(31))).rejects.toThrow('The sign-in has expired. Sign in again.');
  });

  it('is taken within half a minute before its start', async () => {
    const token = await issuer.token({ roles: ['broker'], nbf: seconds() + 20 });
    expect((await ask(token)).actor.id).toBe('somebody');
  });

  describe('when the issuer rotates its keys', () => {
    it('is taken by a new key, whose id makes the service fetch the keys again', async () => {
      await ask(await issuer.token());
      const next = await issuerKey('k-2');
      issuer.keys = [next, ...issuer.keys];
      expect((await ask(await issuer.token({ sub: 'u-2' }, next))).actor.id).toBe('u-2');
      expect(issuer.fetches).toBe(2);
    });

    it('is refused by a key that was removed, once the kept keys are too old', async () => {
      const [old] = issuer.keys;
      const token = await issuer.token({}, old);
      const forgetful = service(0);
      await ask(token, forgetful);
      issuer.keys = [await issuerKey('k-2')];
      await expect(ask(token, forgetful)).rejects.toThrow(Unauthenticated);
    });

    it('does not let unknown key ids hammer the issuer', async () => {
      const calm = service(300, 60);
      await ask(await issuer.token(), calm);
      const stranger = await issuerKey('k-9');
      for (let times = 0; times < 5; times += 1) {
        await expect(ask(await issuer.token({}, stranger), calm)).rejects.toThrow(Unauthenticated);
      }
      expect(issuer.fetches).toBe(1);
    });
  });

  it('cannot be judged while the issuer is down, and can again after it', async () => {
    issuer.down = true;
    const token = await issuer.token();
    await expect(ask(token)).rejects.toThrow(SignInUnavailable);
    issuer.down = false;
    expect((await ask(token)).actor.id).toBe('somebody');
  });
});
