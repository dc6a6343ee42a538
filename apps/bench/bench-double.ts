import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EsdbLibrary } from '#eventstore/esdb/esdb-settings.js';

const doubleFile = fileURLToPath(
  new URL('../../eventstore/src/testing/double-main.js', import.meta.url),
);

/** A protocol double in a process of its own, as a server is. */
export class BenchDouble {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(library: EsdbLibrary, file: string): Promise<BenchDouble> {
    const args = [doubleFile, '--library', library, '--file', file];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    return new BenchDouble(child, said.toString().trim());
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}
