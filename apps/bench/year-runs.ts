import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestName, type YearManifest } from '#demo/ecm-year/year-directory.js';

const cli = fileURLToPath(new URL('../cli/main.js', import.meta.url));

/** What a command of the command line took; memory is the largest resident, in bytes. */
export interface CliRun {
  readonly seconds: number;
  readonly peakBytes: number;
}

/** Runs `brokerage …` on a data directory, in its own process. Throws what it printed when it fails. */
export const runCli = (dataDir: string, ...args: string[]): Promise<CliRun> =>
  runCliWith({}, dataDir, ...args);

/** The same with more environment variables, such as `STORE`. */
export async function runCliWith(
  environment: Readonly<Record<string, string>>,
  dataDir: string,
  ...args: string[]
): Promise<CliRun> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [cli, ...args], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-4_000)));
  }
  let peakBytes = 0;
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, peakOf(child.pid ?? 0));
  }, 100);
  const [code] = (await once(child, 'close').finally(() => clearInterval(watch))) as [number];
  if (code !== 0) throw new Error(`brokerage ${args.join(' ')} ended with ${code}: ${printed}`);
  return { seconds: (performance.now() - startedAt) / 1000, peakBytes };
}

/** The largest resident memory of a process so far, in bytes; 0 when it has ended. */
export function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** A directory of a year's files, which can be told to be a part of itself. */
export class YearOfFiles {
  private constructor(
    readonly directory: string,
    readonly manifest: YearManifest,
  ) {}

  static async written(directory: string, weeks: number, scale: number): Promise<YearOfFiles> {
    const size = ['--weeks', String(weeks), '--scale', String(scale)];
    await runCli('.', 'demo', '--ecm-year', directory, ...size);
    const text = readFileSync(join(directory, manifestName), 'utf8');
    return new YearOfFiles(directory, JSON.parse(text) as YearManifest);
  }

  /** Has the directory hold the first part of its files alone; answers their rows. */
  cutTo(part: number): number {
    const { manifest, directory } = this;
    const files = manifest.files.slice(0, Math.ceil(manifest.files.length * part));
    writeFileSync(join(directory, manifestName), JSON.stringify({ ...manifest, files }));
    return files.reduce((sum, { expected }) => sum + expected.read, 0);
  }

  /** The files of a vendor's form. */
  pathsOf(format: string): readonly string[] {
    const files = this.manifest.files.filter((file) => file.format === format);
    return files.map(({ path }) => join(this.directory, path));
  }
}
