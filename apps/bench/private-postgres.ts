import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './harness.js';

const installations = '/usr/lib/postgresql';

/** A PostgreSQL server of our own with default settings, on loopback, in a temporary folder. */
export class PrivatePostgres {
  private constructor(
    private readonly server: ChildProcess,
    private readonly folder: string,
    readonly url: string,
    readonly version: string,
  ) {}

  /** `undefined` when PostgreSQL is not installed (`apt-get install postgresql`). */
  static async start(): Promise<PrivatePostgres | undefined> {
    const programs = newestPrograms();
    if (!programs) return undefined;
    const folder = mkdtempSync(join(tmpdir(), 'bench-postgres-'));
    const owner = unprivileged();
    if (owner) chownSync(folder, owner.uid, owner.gid);
    const data = join(folder, 'data');
    const run = (program: string, ...words: string[]) =>
      execFileSync(join(programs, program), words, { ...owner, cwd: folder, encoding: 'utf8' });
    run('initdb', '-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C');
    const port = await freePort();
    const settings = ['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=`];
    const server = spawn(
      join(programs, 'postgres'),
      ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
      { ...owner, cwd: folder, stdio: 'ignore' },
    );
    const ready = () => succeeds(() => run('pg_isready', '-h', '127.0.0.1', '-p', String(port)));
    await until('PostgreSQL', ready, 30_000);
    const url = `postgresql://bench@127.0.0.1:${port}/postgres`;
    return new PrivatePostgres(server, folder, url, run('postgres', '--version').trim());
  }

  async stop(): Promise<void> {
    const ended = once(this.server, 'exit');
    this.server.kill('SIGINT');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function newestPrograms(): string | undefined {
  if (!existsSync(installations)) return undefined;
  const [newest] = readdirSync(installations).sort((a, b) => Number(b) - Number(a));
  const programs = join(installations, newest ?? '', 'bin');
  return existsSync(join(programs, 'initdb')) ? programs : undefined;
}

/** PostgreSQL refuses to run as root; its package brings a user. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (!line) throw new Error('PostgreSQL does not run as root and there is no user postgres');
  return { uid: Number(line[1]), gid: Number(line[2]) };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
