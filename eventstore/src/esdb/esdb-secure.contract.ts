import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshStream, sampleEvents } from '../sample-events.js';
import { freshCertificates, type Certificates } from '../testing/certificates.js';
import { EventStoreDouble } from '../testing/double.js';
import { esdbSettings, type EsdbLibrary } from './esdb-settings.js';
import { openEsdbStore } from './esdb.store.js';

const limits = { appendDeadlineMs: 1_000, patienceMs: 4_000, readSilenceMs: 1_000 };

const appendOnce = fileURLToPath(new URL('../testing/append-once-main.js', import.meta.url));

/** A node that asks for a password, and that only its authority vouches for. */
export function esdbSecureContract(library: EsdbLibrary): void {
  const directory = mkdtempSync(join(tmpdir(), 'esdb-secure-'));
  let certificates: Certificates;
  let double: EventStoreDouble;

  beforeAll(async () => {
    certificates = freshCertificates(directory);
    const users = { 'care-brokerage': 'fictional secret' };
    double = await EventStoreDouble.start({ library, users, tls: certificates.node });
  });

  afterAll(async () => {
    await double.stop();
    rmSync(directory, { recursive: true });
  });

  const opened = (user: string, query = `&tlsCAFile=${certificates.caFile}`) => {
    const url = `esdb://${user}127.0.0.1:${double.port}?tls=true${query}`;
    return openEsdbStore({ ...esdbSettings(url, { library }), ...limits });
  };

  /** What an opening is refused with; a store that opens after all is closed again. */
  const refused = (opening: ReturnType<typeof opened>): Promise<Error> =>
    opening.then(
      async (store) => {
        await store.close();
        return new Error('it was opened');
      },
      (error: unknown) => error as Error,
    );

  it('takes the name and the password of a user, over TLS', async () => {
    const store = await opened(`care-brokerage:${encodeURIComponent('fictional secret')}@`);
    const stream = freshStream();
    await store.append(stream, sampleEvents(2), 'none');
    expect(await store.read(stream)).toHaveLength(2);
    const stop = new AbortController();
    for await (const { events } of store.subscribe(0, { signal: stop.signal })) {
      if (events.length > 0) stop.abort();
    }
    expect(store.health()).toEqual({ writable: true });
    await store.close();
  });

  it.each([
    ['a wrong password', 'care-brokerage:guessed-word@'],
    ['no user', ''],
  ])('refuses %s at once, and says nothing of the password', async (_, user) => {
    const error = await refused(opened(user));
    expect(error.message).not.toBe('it was opened');
    // What its patience would end in; a repeat would be refused as well.
    expect(error.name).not.toBe('StoreUnavailable');
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('guessed-word');
  });

  it('prints no password, with every debug output on', async () => {
    const secret = 'fictional secret';
    const user = `care-brokerage:${encodeURIComponent(secret)}@`;
    const child = spawn(process.execPath, [appendOnce], {
      env: {
        STORE: `esdb://${user}127.0.0.1:${double.port}?tls=true&tlsCAFile=${certificates.caFile}`,
        ESDB_CLIENT: library,
        ...{ DEBUG: '*', GRPC_TRACE: 'all', GRPC_VERBOSITY: 'DEBUG', RUST_LOG: 'trace' },
      },
    });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    }
    const [code] = (await once(child, 'close')) as [number | null];
    expect([code, printed.includes('read 2')]).toEqual([0, true]);
    const basic = Buffer.from(`care-brokerage:${secret}`).toString('base64');
    for (const word of [secret, encodeURIComponent(secret), basic]) {
      expect(printed).not.toContain(word);
    }
  }, 60_000);

  it('is not opened where nobody vouches for the node', async () => {
    const error = await refused(opened('', ''));
    expect(error).toMatchObject({ name: 'StoreUnavailable' });
  });
}
