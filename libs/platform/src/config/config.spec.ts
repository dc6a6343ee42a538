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
      ...{ store: 'embedded', signIn: 'demo-header', logLevel: 'warn', maxBodyBytes: 1_048_576 },
    });
  });

  it('takes an empty variable as an absent one', () => {
    expect(readConfig({ PORT: '', STORE: '', DEMO: '', SIGN_IN: '' })).toEqual(readConfig({}));
  });

  it('starts empty and without the development sign-in in production', () => {
    expect(readConfig({ NODE_ENV: 'production', MASTER_KEY })).toMatchObject({
      ...{ production: true, demo: 'off', signIn: 'none', logLevel: 'info' },
    });
  });

  it.each([
    [{ SIGN_IN: 'demo-header' }, /development sign-in/],
    [{ DEMO: 'small' }, /invented people/],
    [{ STORE: 'memory' }, /keeps its events/],
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

  it('is documented in .env.example, with values that it takes', () => {
    const lines = readFileSync(`${projectRoot}.env.example`, 'utf8').split('\n');
    const documented = Object.fromEntries(
      lines
        .filter((line) => /^[A-Z_]+=/.test(line))
        .map((line) => line.split('=') as [string, string]),
    );
    const source = readFileSync(`${projectRoot}libs/platform/src/config/config.ts`, 'utf8');
    const names = [...source.matchAll(/^ {2}([A-Z_]+): optional\(/gm)].map(([, name]) => name);
    expect(Object.keys(documented).sort()).toEqual(names.sort());
    expect(readConfig(documented)).toEqual(readConfig({}));
  });
});
