import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EsdbLibrary } from '#eventstore/esdb/esdb-settings.js';

const doubleFile = fileURLToPath(
  new URL('../../eventstore/src/testing/double-main.js', import.meta.url),
);

/**
 * A server that is killed and started again on the same data and port: the protocol double, or what
 * `ESDB_SERVER_COMMAND` starts, a line of shell that serves `$ESDB_PORT` from `$ESDB_DIRECTORY`.
 */
export class KilledServer {
  private child: ChildProcess | undefined;

  constructor(
    private readonly library: EsdbLibrary,
    private readonly port: number,
    private readonly directory: string,
  ) {}

  static get command(): string | undefined {
    return process.env['ESDB_SERVER_COMMAND'];
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** Resolves at once: clients wait for it themselves. */
  start(): void {
    const { command } = KilledServer;
    const { port, directory, library } = this;
    const env = { ...process.env, ESDB_PORT: String(port), ESDB_DIRECTORY: directory };
    const quiet = { stdio: 'ignore', env, detached: true } as const;
    const own = ['--library', library, '--port', String(port), '--file', `${directory}/double.db`];
    this.child =
      command === undefined
        ? spawn(process.execPath, [doubleFile, ...own], quiet)
        : spawn('sh', ['-c', `exec ${command}`], quiet);
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    // The group: a shell may stand before the server.
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  }
}
