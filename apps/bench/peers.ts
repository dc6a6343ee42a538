import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '#platform/config/project-root.js';

/** A folder of its own: a package.json beside our sources would hide the imports of the service's. */
const folder = join(projectRoot, 'apps/bench/peers');

/**
 * Installs what the benches compare with; the service itself never depends on it. Answers why when
 * that was not possible, so that the rest is measured all the same.
 */
export function missingPeers(): string | undefined {
  const lock = join(folder, 'package-lock.json');
  const installed = join(folder, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs)
    return undefined;
  const { status } = spawnSync('npm', ['ci', '--prefix', folder], { stdio: ['ignore', 2, 2] });
  return status === 0 ? undefined : `npm ci --prefix apps/bench/peers ended with ${status}`;
}

/** Imports a package that only the benches have. */
export async function importPeer<Module>(name: string): Promise<Module> {
  const require = createRequire(join(folder, 'package.json'));
  return (await import(pathToFileURL(require.resolve(name)).href)) as Module;
}
