import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askedCli, ranCli } from './ran-cli.js';

const asOf = '2026-04-13';

describe('brokerage demo --ecm-year', () => {
  let dataDir: string;
  let year: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'cli-year-'));
    year = join(dataDir, 'year');
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  const write = (...options: string[]) =>
    askedCli(dataDir, 'demo', '--ecm-year', year, '--as-of', asOf, ...options);

  it('writes files that the council takes as their manifest expects, once (S1-15)', async () => {
    const written = await write('--weeks', '3', '--scale', '0.02');
    expect(written).toMatchObject({ exitCode: 0, document: { people: 33, providers: 6 } });
    const manifest = JSON.parse(readFileSync(join(year, 'expected.json'), 'utf8')) as {
      files: object[];
    };
    expect(existsSync(`${year}.part`)).toBe(false);
    const setUp = await askedCli(dataDir, 'demo', '--for-year', year);
    expect(setUp).toMatchObject({ exitCode: 0, document: { people: 33, providers: 6 } });
    // Set up once more, nothing is done twice; no other council gets into the same log.
    expect(await askedCli(dataDir, 'demo', '--for-year', year)).toMatchObject({ exitCode: 0 });
    expect((await askedCli(dataDir, 'demo', '--small')).document).toMatchObject({
      error: { code: 'DemoAlreadyLoaded' },
    });
    const files = manifest.files.length;
    const imported = await askedCli(dataDir, 'import-visits', year);
    expect(imported).toMatchObject({ exitCode: 0, document: { files, before: 0, differing: [] } });
    // Taken up again, nothing is sent twice.
    const again = await askedCli(dataDir, 'import-visits', year);
    expect(again).toMatchObject({ exitCode: 0, document: { files, before: files } });
  }, 120_000);

  it('refuses a directory that is there, and numbers that make no year', async () => {
    expect(await write('--weeks', '1', '--scale', '0.02')).toMatchObject({ exitCode: 0 });
    expect((await write('--weeks', '1', '--scale', '0.02')).exitCode).toBe(2);
    const { exitCode, stderr } = await ranCli(
      ...([dataDir, 'demo', '--ecm-year', join(dataDir, 'other')] as const),
      ...['--scale', '2'],
    );
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('the scale is a number from 0.01 to 1') as string,
    });
  }, 60_000);
});
