import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';

/** A project of two files with the real build script, settings and compiler. */
describe('The build', () => {
  let folder: string;

  const write = (file: string, text: string) => writeFile(join(folder, file), text);
  const output = (file: string) => join(folder, 'dist', file);
  const builtAt = async (file: string) => (await stat(output(file))).mtimeMs;
  const exists = (file: string) =>
    stat(output(file)).then(
      () => true,
      () => false,
    );

  const build = (...flags: string[]) =>
    spawnSync(process.execPath, [join(folder, 'apps/build/build.mjs'), ...flags], {
      cwd: folder,
      encoding: 'utf8',
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'build-'));
    await mkdir(join(folder, 'libs'), { recursive: true });
    for (const file of ['tsconfig.json', 'nest-cli.json', 'package.json', 'package-lock.json']) {
      await cp(join(projectRoot, file), join(folder, file));
    }
    await cp(join(projectRoot, 'apps/build/build.mjs'), join(folder, 'apps/build/build.mjs'));
    await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
    await write('libs/kept.ts', 'export const kept = 1;\n');
    await write('libs/gone.ts', 'export const gone = 1;\n');
    expect(build('--if-stale').status).toBe(0);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('compiles every source', async () => {
    expect([await exists('libs/kept.js'), await exists('libs/gone.js')]).toEqual([true, true]);
  });

  it('does nothing when nothing changed', async () => {
    const before = await builtAt('.sources');
    expect(build('--if-stale').status).toBe(0);
    expect(await builtAt('.sources')).toBe(before);
  });

  it('compiles again after a change, and removes what has no source any more', async () => {
    await write('libs/kept.ts', 'export const kept = 2;\n');
    await rm(join(folder, 'libs/gone.ts'));
    expect(build('--if-stale').status).toBe(0);
    expect(await readFile(output('libs/kept.js'), 'utf8')).toContain('kept = 2');
    expect([await exists('libs/gone.js'), await exists('libs/gone.js.map')]).toEqual([
      false,
      false,
    ]);
  });

  it('brings back a file that is missing from dist', async () => {
    await rm(output('libs/kept.js'));
    expect(build('--if-stale').status).toBe(0);
    expect(await exists('libs/kept.js')).toBe(true);
  });

  it('fails on an error and tries again at the next start', async () => {
    await write('libs/kept.ts', 'export const kept: string = 2;\n');
    expect(build('--if-stale').status).not.toBe(0);
    expect(build('--if-stale').status).not.toBe(0);
    await write('libs/kept.ts', 'export const kept = 3;\n');
    expect(build('--if-stale').status).toBe(0);
  });
});

describe('The start', () => {
  it('says what it needs below Node 24', () => {
    const older = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(older)}`, 'apps/build/start.mjs'],
      { cwd: projectRoot, encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr).toContain('needs Node 24 or later and found 20.19.0');
  });
});
