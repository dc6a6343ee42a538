import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const mainFile = fileURLToPath(new URL('./main.js', import.meta.url));

export interface Ran {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line in its own process, on a data directory. */
export const startCli = (dataDir: string, ...args: readonly string[]): ChildProcess =>
  startCliWith({}, dataDir, ...args);

/** The same with more environment variables, such as `STORE`. */
export const startCliWith = (
  environment: Readonly<Record<string, string>>,
  dataDir: string,
  ...args: readonly string[]
): ChildProcess =>
  spawn(process.execPath, [mainFile, ...args], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, DEMO: 'off', ...environment },
    cwd: dataDir,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Waits for the end of a process and answers all it wrote. */
export function endOf(child: ChildProcess): Promise<Ran> {
  const text = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ exitCode, ...text });
    });
  });
}

export const ranCli = (dataDir: string, ...args: readonly string[]): Promise<Ran> =>
  endOf(startCli(dataDir, ...args));

/** The document that `--json` answers, with the exit code. */
export async function askedCli<Document = Record<string, unknown>>(
  dataDir: string,
  ...args: readonly string[]
): Promise<{ exitCode: number | null; document: Document }> {
  const { exitCode, stdout, stderr } = await ranCli(dataDir, ...args, '--json');
  if (stdout === '') throw new Error(`nothing was answered (exit code ${exitCode}):\n${stderr}`);
  return { exitCode, document: JSON.parse(stdout) as Document };
}
