/**
 * Compiles into dist/ and leaves a stamp of the sources there, so that a start without changes pays
 * nothing. Files in dist/ whose source is gone are removed first.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'dist');
const stampFile = join(dist, '.sources');
const incrementalFile = join(dist, '.tsbuildinfo');
const settings = ['tsconfig.json', 'nest-cli.json', 'package.json', 'package-lock.json'];
const sourceFolders = ['apps', 'libs', 'eventstore'];

const filesUnder = (folder, ending) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => !file.includes(`${sep}node_modules${sep}`))
        .sort()
    : [];

const sources = () =>
  sourceFolders
    .flatMap((folder) => filesUnder(join(root, folder), '.ts'))
    .filter((file) => !file.endsWith('.d.ts'));

const stampOf = (files) => {
  const hash = createHash('sha256');
  for (const file of [...settings.map((name) => join(root, name)), ...files]) {
    hash.update(`${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
};

const outputOf = (source) => join(dist, relative(root, source).replace(/\.ts$/, '.js'));

/** Whether dist/ was compiled from exactly these sources and still has every file. */
function isFresh(files, stamp) {
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) return false;
  return files.every((file) => existsSync(outputOf(file)));
}

function removeOrphans(files) {
  const expected = new Set(files.map(outputOf));
  for (const folder of sourceFolders) {
    for (const output of filesUnder(join(dist, folder), '.js')) {
      if (expected.has(output)) continue;
      rmSync(output);
      rmSync(`${output}.map`, { force: true });
    }
  }
}

/** Builds unless dist/ is fresh. Answers the exit code. */
export function build({ onlyIfStale }) {
  const files = sources();
  const stamp = stampOf(files);
  if (onlyIfStale && isFresh(files, stamp)) return 0;
  rmSync(stampFile, { force: true });
  removeOrphans(files);
  // The incremental compiler does not notice that an output is missing.
  if (!files.every((file) => existsSync(outputOf(file)))) rmSync(incrementalFile, { force: true });
  const nest = nestCommand();
  if (!nest) return 1;
  const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: root, stdio: 'inherit' });
  if (status === 0) writeFileSync(stampFile, stamp);
  return status ?? 1;
}

function nestCommand() {
  try {
    const manifest = createRequire(import.meta.url).resolve('@nestjs/cli/package.json');
    return manifest.split(sep).slice(0, -1).concat('bin', 'nest.js').join(sep);
  } catch {
    console.error('The compiler is not installed. Run: npm ci --include=dev');
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = build({ onlyIfStale: process.argv.includes('--if-stale') });
}
