import { randomUUID } from 'node:crypto';
import type {
  EsdbLibraryClient,
  EsdbPosition,
  EsdbRecord,
  EsdbResolved,
} from '../esdb/esdb-client.js';
import { esdbDialect } from '../esdb/esdb-dialects.js';
import { esdbSettings, type EsdbLibrary } from '../esdb/esdb-settings.js';
import { EventStoreDouble } from './double.js';

type Expectation = bigint | 'no_stream' | 'any' | 'stream_exists';

/** Of a library's client what the adapter does not use. */
interface WholeClient extends EsdbLibraryClient {
  subscribeToStream(stream: string, options: object): WholeSubscription;
  subscribeToAll(options: object): WholeSubscription;
  readAll(options: object): AsyncIterable<EsdbResolved>;
  readStream(stream: string, options: object): AsyncIterable<EsdbResolved>;
  setStreamMetadata(stream: string, metadata: object, options?: object): Promise<unknown>;
  deleteStream(stream: string): Promise<unknown>;
  tombstoneStream(stream: string): Promise<unknown>;
}

interface WholeSubscription extends AsyncIterable<EsdbResolved> {
  on(event: string, told: (value: never) => void): this;
  removeAllListeners(event: 'data'): this;
  unsubscribe(): Promise<void>;
}

const event = (type = 'Happened', words = 'fictional') => ({
  ...({ id: randomUUID(), type, contentType: 'application/json' } as const),
  ...{ data: { words }, metadata: new TextEncoder().encode('{"by":"spec"}') },
});
const events = (count: number) => Array.from({ length: count }, () => event());
const atEnd = { direction: 'backwards', fromPosition: 'end' };
const newStream = () => `spec-${randomUUID()}`;

async function collected(reading: AsyncIterable<EsdbResolved>): Promise<EsdbRecord[]> {
  const found: EsdbRecord[] = [];
  for await (const { event: each } of reading) if (each) found.push(each);
  return found;
}

const failing = (work: Promise<unknown>): Promise<Record<string, unknown>> =>
  work.then(
    () => ({ type: 'none' }),
    (error: unknown) => error as Record<string, unknown>,
  );

/** The server's behaviour as a library shows it, on both ways of appending. */
export function doubleContract(library: EsdbLibrary): void {
  let double: EventStoreDouble;
  let client: WholeClient;
  let expectation: string;

  beforeAll(async () => {
    double = await EventStoreDouble.start({ library });
    const dialect = await esdbDialect(library);
    ({ expectation } = dialect);
    client = dialect.connect(esdbSettings(double.url, { library }).connection) as WholeClient;
  });

  afterAll(async () => {
    await client.dispose();
    await double.stop();
  });

  const actualOf = (error: Record<string, unknown>) =>
    error['actualVersion'] ?? error['actualState'];

  describe.each([
    ['on a call of its own', { credentials: { username: 'spec', password: 'spec' } }],
    ['on a shared call', {}],
  ])('an append %s', (_, way) => {
    const append = (stream: string, some: ReturnType<typeof events>, expected: Expectation) =>
      client.appendToStream(stream, some, { [expectation]: expected, ...way });

    it('numbers events, and repeats its answer exactly, newer events or not', async () => {
      const stream = newStream();
      const first = events(2);
      const original = await append(stream, first, 'no_stream');
      expect(original.nextExpectedRevision).toBe(1n);
      await append(stream, events(3), 1n);
      expect(await append(stream, first, 'no_stream')).toEqual(original);
      expect(await append(stream, first, 'any')).toEqual(original);
    });

    it('leaves gaps between positions, as bytes do', async () => {
      const { position } = await append(newStream(), events(1), 'no_stream');
      const next = await append(newStream(), events(1), 'no_stream');
      expect((next.position?.commit ?? 0n) - (position?.commit ?? 0n)).toBeGreaterThan(1n);
    });

    it.each<readonly [string, Expectation, unknown]>([
      ['below the head', 0n, 1n],
      ['beyond the head', 7n, 1n],
      ['none', 'no_stream', 1n],
    ])('is refused where the expectation is %s', async (__, expected, actual) => {
      const stream = newStream();
      await append(stream, events(2), 'no_stream');
      const error = await failing(append(stream, events(1), expected));
      expect(error['type']).toBe('wrong-expected-version');
      expect(actualOf(error)).toBe(actual);
    });

    it('is refused where the stream does not exist though it should', async () => {
      const error = await failing(append(newStream(), events(1), 'stream_exists'));
      expect(error['type']).toBe('wrong-expected-version');
      expect(actualOf(error)).toBe('no_stream');
    });

    it('is refused where only some of its events are known', async () => {
      const stream = newStream();
      const [first, second] = events(2);
      await append(stream, [first!, second!], 'no_stream');
      const error = await failing(append(stream, [first!, event()], 'no_stream'));
      expect(error['type']).toBe('wrong-expected-version');
    });

    it('of over a mebibyte is refused, and the connection lives on', async () => {
      const stream = newStream();
      const large = event('Happened', 'x'.repeat(1024 * 1024));
      const error = await failing(append(stream, [large], 'no_stream'));
      expect(error['type']).toBe('maximum-append-size-exceeded');
      const almost = event('Happened', 'x'.repeat(1024 * 1024 - 100));
      expect((await append(stream, [almost], 'no_stream')).success).toBe(true);
    });

    it('behind a tombstone is refused', async () => {
      const stream = newStream();
      await append(stream, events(1), 'no_stream');
      await client.tombstoneStream(stream);
      expect((await failing(append(stream, events(1), 'any')))['type']).toBe('stream-deleted');
      const reading = collected(client.readStream(stream, {}));
      expect((await failing(reading))['type']).toBe('stream-deleted');
    });

    it('after a deletion begins behind what was there', async () => {
      const stream = newStream();
      await append(stream, events(2), 'no_stream');
      await client.deleteStream(stream);
      const reading = collected(client.readStream(stream, {}));
      expect((await failing(reading))['type']).toBe('stream-not-found');
      const again = await append(stream, events(1), 'no_stream');
      expect(again.nextExpectedRevision).toBe(2n);
      expect((await collected(client.readStream(stream, {}))).map((e) => e.revision)).toEqual([2n]);
    });

    it('deletes no stream that is not there', async () => {
      const { type } = await failing(client.deleteStream(newStream()));
      expect(type).toBe('wrong-expected-version');
    });

    it('is answered without a position when what it repeats is truncated by now', async () => {
      const stream = newStream();
      const first = events(1);
      await append(stream, first, 'no_stream');
      await client.setStreamMetadata(stream, { maxCount: 1 });
      await append(stream, events(1), 0n);
      const repeated = await append(stream, first, 'no_stream');
      expect([repeated.nextExpectedRevision, repeated.position]).toEqual([0n, undefined]);
    });

    it('says in its own words that the node is not ready', async () => {
      double.faults.plan('append', { kind: 'not-ready' });
      const error = await failing(append(newStream(), events(1), 'no_stream'));
      expect(String((error as unknown as Error).message)).toContain('Server Is Not Ready');
      expect(double.faults.happened('append', 'not-ready')).toBeGreaterThan(0);
    });
  });

  it('a follower tells an append that asks for the leader where that is', async () => {
    const follower = await EventStoreDouble.start({ library });
    follower.admission.leader = { host: '127.0.0.1', port: double.port };
    const dialect = await esdbDialect(library);
    const other = dialect.connect(esdbSettings(follower.url, { library }).connection);
    const credentials = { username: 'spec', password: 'spec' };
    const options = { [expectation]: 'no_stream', requiresLeader: true, credentials };
    const error = await failing(other.appendToStream(newStream(), events(1), options));
    expect(error).toMatchObject({ type: 'not-leader', leader: { port: double.port } });
    await other.dispose();
    await follower.stop();
  });

  describe('a read', () => {
    let stream: string;
    let written: ReturnType<typeof events>;
    let place: EsdbPosition;

    beforeAll(async () => {
      stream = newStream();
      written = [event('First'), event('Second'), event('Third'), event('Fourth')];
      const { position } = await client.appendToStream(stream, written, {
        [expectation]: 'no_stream',
      });
      place = position!;
    });

    const typesIn = async (reading: AsyncIterable<EsdbResolved>) =>
      (await collected(reading)).map(({ type }) => type);

    it('brings what was written', async () => {
      const [first] = await collected(client.readStream(stream, { maxCount: 1 }));
      const { id, data } = written[0]!;
      expect(first).toMatchObject({ id, data, streamId: stream, type: 'First', revision: 0n });
      expect(first?.metadata).toEqual({ by: 'spec' });
    });

    it('goes forwards and backwards, from a revision, with a limit', async () => {
      const forwards = { direction: 'forwards', fromRevision: 1n, maxCount: 2 };
      expect(await typesIn(client.readStream(stream, forwards))).toEqual(['Second', 'Third']);
      const backwards = { direction: 'backwards', fromRevision: 'end', maxCount: 2 };
      expect(await typesIn(client.readStream(stream, backwards))).toEqual(['Fourth', 'Third']);
    });

    it('of $all begins at a position forwards, and before it backwards', async () => {
      const forwards = { direction: 'forwards', fromPosition: place, maxCount: 1 };
      expect(await typesIn(client.readAll(forwards))).toEqual(['Fourth']);
      const backwards = { direction: 'backwards', fromPosition: place, maxCount: 2 };
      expect(await typesIn(client.readAll(backwards))).toEqual(['Third', 'Second']);
    });

    it('of $all begins where a record does, and nowhere else', async () => {
      const beside = { commit: place.commit - 1n, prepare: place.prepare - 1n };
      const reading = client.readAll({ direction: 'forwards', fromPosition: beside, maxCount: 1 });
      expect((await failing(collected(reading)))['type']).not.toBe('none');
      const behind = { commit: place.commit + 9_000_000n, prepare: place.prepare + 9_000_000n };
      const beyond = { direction: 'forwards', fromPosition: behind, maxCount: 1 };
      expect(await collected(client.readAll(beyond))).toEqual([]);
    });

    it('of an unknown stream fails while it is iterated', async () => {
      const reading = collected(client.readStream(newStream(), {}));
      expect((await failing(reading))['type']).toBe('stream-not-found');
    });

    it('shows the last of a stream that keeps so many, and none that is too old', async () => {
      const kept = newStream();
      await client.appendToStream(kept, events(5), { [expectation]: 'no_stream' });
      await client.setStreamMetadata(kept, { maxCount: 2 });
      const revisions = async () =>
        (await collected(client.readStream(kept, {}))).map(({ revision }) => revision);
      expect(await revisions()).toEqual([3n, 4n]);
      await client.setStreamMetadata(kept, { maxAge: 1 });
      expect(await revisions()).toEqual([0n, 1n, 2n, 3n, 4n]);
      for (const began = Date.now(); (await revisions()).length > 0;) {
        if (Date.now() - began > 5_000) throw new Error('nothing grew old');
      }
    });

    // Only this library passes a filter on to the server.
    if (library === 'kurrent') {
      it('of $all that is filtered counts what passes', async () => {
        const [end] = await collected(client.readAll({ ...atEnd, maxCount: 1 }));
        await client.appendToStream(newStream(), events(40), { [expectation]: 'no_stream' });
        const wanted = [event('Rare'), event('Rare'), event('Rare')];
        await client.appendToStream(newStream(), wanted, { [expectation]: 'no_stream' });
        const filter = { filterOn: 'eventType', prefixes: ['Rare'], checkpointInterval: 1 };
        const reading = client.readAll({ fromPosition: end?.position, maxCount: 2, filter });
        expect(await typesIn(reading)).toEqual(['Rare', 'Rare']);
      });
    }

    it('follows links where it is asked to', async () => {
      const links = newStream();
      const link = { ...event('$>'), contentType: 'application/octet-stream' as const };
      const data = new TextEncoder().encode(`1@${stream}`);
      await client.appendToStream(links, [{ ...link, data } as never], {
        [expectation]: 'no_stream',
      });
      const found: EsdbResolved[] = [];
      const reading = client.readStream(links, { resolveLinkTos: true });
      for await (const each of reading) found.push(each);
      expect(found.map((each) => [each.event?.type, each.link?.type])).toEqual([['Second', '$>']]);
      expect(await typesIn(client.readStream(links, {}))).toEqual(['$>']);
    });
  });

  describe('a subscription', () => {
    /** What a subscription brings until so many events are there. */
    async function brought(subscription: WholeSubscription, count: number) {
      const signs: string[] = [];
      const found: EsdbRecord[] = [];
      subscription.on('error', () => undefined);
      for (const sign of ['confirmation', 'caughtUp']) {
        subscription.on(sign, () => signs.push(sign));
      }
      for await (const { event: each } of subscription) {
        if (each) found.push(each);
        if (found.length === count) break;
      }
      await subscription.unsubscribe();
      return { found, signs };
    }

    it('to a stream begins behind its revision and goes on live', async () => {
      const stream = newStream();
      const written = events(3);
      await client.appendToStream(stream, written, { [expectation]: 'no_stream' });
      const subscription = client.subscribeToStream(stream, { fromRevision: 0n });
      const bringing = brought(subscription, 3);
      const late = events(1);
      await client.appendToStream(newStream(), events(1), { [expectation]: 'no_stream' });
      await client.appendToStream(stream, late, { [expectation]: 2n });
      const { found, signs } = await bringing;
      expect(found.map(({ id }) => id)).toEqual([...written.slice(1), ...late].map((e) => e.id));
      expect(signs[0]).toBe('confirmation');
    });

    it('to $all is refused behind a place where no record begins', async () => {
      const written = await client.appendToStream(newStream(), events(1), {
        [expectation]: 'no_stream',
      });
      const commit = (written.position?.commit ?? 0n) - 1n;
      const subscription = client.subscribeToAll({ fromPosition: { commit, prepare: commit } });
      const refused = new Promise((resolve) => {
        subscription.on('error', resolve);
      });
      subscription.on('data', () => undefined);
      await expect(refused).resolves.toBeInstanceOf(Error);
    });

    it('says once that it has caught up', async () => {
      const stream = newStream();
      await client.appendToStream(stream, events(1), { [expectation]: 'no_stream' });
      const subscription = client.subscribeToStream(stream, { fromRevision: 'start' });
      const caughtUp = new Promise<void>((resolve) => {
        subscription.on('caughtUp', () => {
          resolve();
        });
      });
      const bringing = brought(subscription, 2);
      await caughtUp;
      await client.appendToStream(stream, events(1), { [expectation]: 0n });
      expect((await bringing).signs).toEqual(['confirmation', 'caughtUp']);
    });

    it.each([
      ['event types by prefix', { filterOn: 'eventType', prefixes: ['Wanted'] }],
      ['event types by a regular expression', { filterOn: 'eventType', regex: '^Wan.*d$' }],
      ['stream names by prefix', { filterOn: 'streamName', prefixes: ['wanted-'] }],
      ['stream names by a regular expression', { filterOn: 'streamName', regex: '^wanted-' }],
    ])('to $all is filtered: %s', async (_, filter) => {
      const before = await collected(client.readAll({ ...atEnd, maxCount: 1 }));
      const fromPosition = before[0]?.position ?? 'start';
      const wanted = [event('Wanted'), event('Wanted')];
      await client.appendToStream(newStream(), events(2), { [expectation]: 'no_stream' });
      const stream = `wanted-${randomUUID()}`;
      await client.appendToStream(stream, wanted, { [expectation]: 'no_stream' });
      const subscription = client.subscribeToAll({
        fromPosition,
        filter: { checkpointInterval: 1, ...filter },
      });
      const { found } = await brought(subscription, 2);
      expect(found.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
    });

    it('that is filtered has checkpoints after so many events as it asked for', async () => {
      const checkpoints: bigint[] = [];
      const checkpointReached = (_: unknown, { commit }: EsdbPosition) => {
        checkpoints.push(commit);
      };
      const [end] = await collected(client.readAll({ ...atEnd, maxCount: 1 }));
      const { position } = await client.appendToStream(newStream(), events(20), {
        [expectation]: 'no_stream',
      });
      await client.appendToStream(newStream(), [event('Awaited')], { [expectation]: 'no_stream' });
      const filter = {
        ...{ filterOn: 'eventType', prefixes: ['Awaited'], maxSearchWindow: 5 },
        ...{ checkpointInterval: 2, checkpointReached },
      };
      const fromPosition = end?.position ?? 'start';
      await brought(client.subscribeToAll({ fromPosition, filter }), 1);
      expect(checkpoints.slice(0, 2)).toHaveLength(2);
      expect(checkpoints[1]).toBe(position?.commit);
    });
  });
}
