import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { operations } from '#runtime/operations.js';
import { lockOwner } from '#eventstore/lock.js';
import type { AnyOperation } from '#platform/admin/operation.js';
import { readServiceFile, type ServiceAddress } from '#platform/admin/service-file.js';
import type { Config } from '#platform/config/config.js';
import { logPlace } from './data-directory.js';
import { badUsage, exitCodes, Stop } from './outcome.js';
import { stopOfFault, type AnsweredFault } from './stop-of.js';

type Operations = typeof operations;
/** What an operation is asked with. */
export type Input<Name extends keyof Operations> = Parameters<Operations[Name]['run']>[1];
type Output<Name extends keyof Operations> = Awaited<ReturnType<Operations[Name]['run']>>;

/** The service as the command line meets it: the running one, or one opened for the moment. */
export interface ServiceClient {
  ask<Name extends keyof Operations>(name: Name, input?: Input<Name>): Promise<Output<Name>>;
  close(): Promise<void>;
}

/**
 * Reaches the service that works on the data directory; with no service there, opens the data here.
 * `mayCreate`: an empty data directory is no mistake.
 */
export async function connect({ mayCreate = false } = {}): Promise<ServiceClient> {
  const { config } = logPlace();
  const address = readServiceFile(config.dataDir);
  if (address && (await answers(address))) return new RemoteService(address);
  const owner = lockOwner(config.dataDir);
  if (owner !== undefined && owner !== process.pid) throw notReached(owner, config.dataDir);
  const isThere = config.store === 'esdb' || existsSync(join(config.dataDir, 'events.db'));
  if (!mayCreate && !isThere) {
    const where = `There is no log in ${config.dataDir} and no service runs on it.`;
    throw badUsage(`${where} Start one with npm start, or set DATA_DIR.`);
  }
  return OpenedService.open(config);
}

/** Connects, asks and lets go. */
export async function withService<Result>(
  use: (client: ServiceClient) => Promise<Result>,
  options?: { mayCreate?: boolean },
): Promise<Result> {
  const client = await connect(options);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const notReached = (pid: number, dataDir: string): Stop =>
  new Stop(
    'ServiceNotReached',
    `Process ${pid} works on ${dataDir} but cannot be reached. Wait until it has started, or stop it.`,
    exitCodes.unreachable,
  );

/** Nothing listens there any more, or something else does. */
const elsewhere = new Set(['ServiceNotReached', 'UNAUTHENTICATED', 'NOT_FOUND']);

async function answers(address: ServiceAddress): Promise<boolean> {
  try {
    await new RemoteService(address).ask('service');
    return true;
  } catch (error) {
    const isElsewhere = error instanceof Stop && elsewhere.has(error.code);
    if (!isElsewhere) throw error;
    return false;
  }
}

/** The service itself waits for two seconds each time. */
const behindForMs = 120_000;

class RemoteService implements ServiceClient {
  constructor(private readonly address: ServiceAddress) {}

  /** A read model that is behind under a heavy load is asked again, as its error says. */
  async ask<Name extends keyof Operations>(name: Name, input?: Input<Name>): Promise<Output<Name>> {
    for (const askedAt = Date.now(); ;) {
      try {
        return await this.asked(name, input);
      } catch (error) {
        const isBehind = error instanceof Stop && error.code === 'READ_MODEL_BEHIND';
        if (!isBehind || Date.now() - askedAt > behindForMs) throw error;
      }
    }
  }

  private async asked<Name extends keyof Operations>(
    name: Name,
    input?: Input<Name>,
  ): Promise<Output<Name>> {
    const response = await this.post(name, JSON.stringify(input ?? {}));
    const answer = (await response.json()) as Output<Name> | { errors: AnsweredFault[] };
    if (!response.ok && 'errors' in answer) throw stopOfFault(answer.errors[0]);
    return answer as Output<Name>;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async post(name: string, body: string): Promise<Response> {
    const { url, token, pid } = this.address;
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    try {
      return await fetch(`${url}/admin/${name}`, { method: 'POST', headers, body });
    } catch {
      const message = `Process ${pid} does not answer at ${url}. What it has begun goes on when it runs again.`;
      throw new Stop('ServiceNotReached', message, exitCodes.unreachable);
    }
  }
}

/** The command tells its own progress. */
const nowhere = (): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });

class OpenedService implements ServiceClient {
  private constructor(
    private readonly service: Awaited<
      ReturnType<(typeof import('#runtime/open-runtime.js'))['openRuntime']>
    >,
    private readonly known: Operations,
    private readonly perform: (typeof import('#platform/admin/operation.js'))['perform'],
  ) {}

  static async open(config: Config): Promise<OpenedService> {
    const { openRuntime } = await import('#runtime/open-runtime.js');
    const { operations: known } = await import('#runtime/operations.js');
    const { perform } = await import('#platform/admin/operation.js');
    const service = await openRuntime({ ...config, demo: 'off' }, nowhere());
    service.begin();
    return new OpenedService(service, known, perform);
  }

  async ask<Name extends keyof Operations>(name: Name, input?: Input<Name>): Promise<Output<Name>> {
    const asked: AnyOperation = this.known[name];
    return (await this.perform(this.service, asked, input)) as Output<Name>;
  }

  close(): Promise<void> {
    return this.service.close();
  }
}
