import { inspect } from 'node:util';
import { readFileSync } from 'node:fs';
import { BadConfiguration, readConfig } from './config.js';
import { projectRoot } from './project-root.js';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof BadConfiguration) return error.problems;
    throw error;
  }
};

const MASTER_KEY = '5a'.repeat(32);

describe('The configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      ...{ production: false, port: 3000, host: '127.0.0.1', dataDir: './data', demo: 'on' },
      ...{ store: 'embedded', worker: 'on', logLevel: 'warn', maxBodyBytes: 1_048_576 },
      maxEcmFile: 33_554_432,
      audit: { makesKey: true },
      ...{ requestsPerMinute: 6_000, signInsPerMinute: 120 },
      ...{ mail: 'folder', mailFrom: 'brokerage@localhost.invalid' },
      publicUrl: 'http://127.0.0.1:3000',
      signIn: { by: 'local-issuer' },
    });
  });

  it('takes an EventStoreDB, and keeps its password out of what is printed', () => {
    const STORE = 'esdb://brokerage:s3cret@db.example:2113?tlsCAFile=ca.crt';
    const config = readConfig({ STORE, ESDB_CLIENT: 'kurrent' });
    expect(config).toMatchObject({ store: 'esdb', esdb: { library: 'kurrent' } });
    expect(config.esdb?.connection).toBe('kurrentdb://db.example:2113?tlsCAFile=ca.crt');
    expect(config.esdb?.credentials.password).toBe('s3cret');
    expect(inspect(config, { depth: 9 })).not.toContain('s3cret');
    const wrong = problemsOf({ STORE: 'ftp://brokerage:s3cret@db.example' });
    expect(wrong).toEqual([expect.stringContaining('expected embedded, memory, or esdb://')]);
    expect(wrong.join()).not.toContain('s3cret');
  });

  it('takes an empty variable as an absent one', () => {
    expect(readConfig({ PORT: '', STORE: '', DEMO: '', SIGN_IN: '' })).toEqual(readConfig({}));
  });

  it('starts empty and without the development sign-in in production', () => {
    expect(readConfig({ NODE_ENV: 'production', MASTER_KEY })).toMatchObject({
      ...{ production: true, demo: 'off', logLevel: 'info', signIn: { by: 'none' } },
    });
  });

  it.each([
    [{ SIGN_IN: 'local-issuer' }, /set SIGN_IN=oidc, OIDC_ISSUER and OIDC_AUDIENCE/],
    [{ DEMO: 'small' }, /invented people/],
    [{ STORE: 'memory' }, /keeps its events/],
    [{ MAIL: 'folder' }, /folder that nobody reads/],
  ])('refuses %p in production and nowhere else', (variables, problem) => {
    expect(problemsOf({ ...variables, NODE_ENV: 'production', MASTER_KEY })).toEqual([
      expect.stringMatching(problem),
    ]);
    expect(problemsOf(variables)).toEqual([]);
  });

  it.each(['0', '65535'])('takes port %s', (PORT) => {
    expect(readConfig({ PORT }).port).toBe(Number(PORT));
  });

  it.each(['65536', '-1', '80.5', 'http'])('refuses port %s', (PORT) => {
    expect(problemsOf({ PORT })).toEqual([
      `PORT="${PORT}": expected a port number from 0 to 65535`,
    ]);
  });

  it.each([
    ['16mb', 16_777_216],
    ['512KB', 524_288],
  ])('takes a body limit of %s', (MAX_BODY, bytes) => {
    expect(readConfig({ MAX_BODY }).maxBodyBytes).toBe(bytes);
  });

  it.each(['17mb', '0kb', '1', 'large'])('refuses a body limit of %s', (MAX_BODY) => {
    expect(problemsOf({ MAX_BODY })).toHaveLength(1);
  });

  const oidc = {
    ...{ SIGN_IN: 'oidc', OIDC_ISSUER: 'https://login.example/a', OIDC_AUDIENCE: 'api' },
  };

  it('takes an issuer elsewhere, in production too', () => {
    const wanted = {
      ...{ by: 'oidc', issuer: 'https://login.example/a', audience: 'api' },
      ...{ claims: { roles: 'roles', organisation: 'organisation' }, keysMaxAgeSeconds: 300 },
    };
    expect(readConfig(oidc).signIn).toEqual(wanted);
    expect(readConfig({ ...oidc, NODE_ENV: 'production', MASTER_KEY }).signIn).toEqual(wanted);
  });

  it('takes other names of claims and another address of keys', () => {
    const variables = {
      ...{ OIDC_ROLES_CLAIM: 'realm_access.roles', OIDC_ORGANISATION_CLAIM: 'urn:org' },
      ...{ OIDC_JWKS_URI: 'https://login.example/keys', OIDC_KEYS_MAX_AGE: '0' },
    };
    expect(readConfig({ ...oidc, ...variables }).signIn).toMatchObject({
      claims: { roles: 'realm_access.roles', organisation: 'urn:org' },
      ...{ jwksUri: 'https://login.example/keys', keysMaxAgeSeconds: 0 },
    });
  });

  it.each([
    [{ OIDC_ISSUER: '' }, /OIDC_ISSUER="": SIGN_IN=oidc needs/],
    [{ OIDC_AUDIENCE: '' }, /OIDC_AUDIENCE="": SIGN_IN=oidc needs/],
    [{ OIDC_ISSUER: 'http://login.example' }, /expected an https address/],
    [{ OIDC_JWKS_URI: 'ftp://127.0.0.1/keys' }, /OIDC_JWKS_URI/],
    [{ OIDC_ROLES_CLAIM: 'a b' }, /name of a claim/],
    [{ SIGN_IN: '' }, /nothing reads it; set SIGN_IN=oidc/],
  ])('refuses %p beside an issuer elsewhere', (variables, problem) => {
    expect(problemsOf({ ...oidc, ...variables })).toEqual([expect.stringMatching(problem)]);
  });

  it('takes an issuer on this machine over http', () => {
    expect(problemsOf({ ...oidc, OIDC_ISSUER: 'http://127.0.0.1:3000/oidc' })).toEqual([]);
  });

  it('lists all bad variables at once', () => {
    const problems = problemsOf({
      PORT: 'x',
      DEMO: 'x',
      STORE: 'x',
      LOG_LEVEL: 'x',
      NODE_ENV: 'x',
    });
    expect(problems.map((line) => line.split('=')[0])).toEqual(
      expect.arrayContaining(['NODE_ENV', 'PORT', 'DEMO', 'STORE', 'LOG_LEVEL']),
    );
  });

  it.each([
    ['https://auditor.example/checkpoints', true],
    ['http://127.0.0.1:9000/', true],
    ['http://[::1]/', true],
    ['http://auditor.example/', false],
    ['http://127.0.0.1.auditor.example/', false],
    ['auditor.example', false],
  ])('posts checkpoints to %s: %s', (url, isTaken) => {
    const reading = () => readConfig({ AUDIT_CHECKPOINT_URL: url }).audit.checkpointUrl;
    if (isTaken) expect(reading()).toBe(url);
    else expect(reading).toThrow('AUDIT_CHECKPOINT_URL');
  });

  it('is documented in .env.example, with values that it takes', () => {
    const lines = readFileSync(`${projectRoot}.env.example`, 'utf8').split('\n');
    const documented = Object.fromEntries(
      lines
        .filter((line) => /^[A-Z_]+=/.test(line))
        .map((line) => line.split('=') as [string, string]),
    );
    const source = ['config', 'sign-in-settings', 'audit-settings']
      .map((name) => readFileSync(`${projectRoot}libs/platform/src/config/${name}.ts`, 'utf8'))
      .join('\n');
    const names = [...source.matchAll(/^ {2}([A-Z_]+): optional\(/gm)].map(([, name]) => name);
    expect(Object.keys(documented).sort()).toEqual(names.sort());
    expect(readConfig(documented)).toEqual(readConfig({}));
  });
});
