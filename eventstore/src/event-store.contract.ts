import {
  categoryOf,
  EventTooLarge,
  maxEventBytes,
  start,
  StoreUnavailable,
  WrongExpectedRevision,
  type AppendEntry,
  type EventFilter,
  type EventStore,
  type LogPage,
  type NewEvent,
  type StoredEvent,
} from './event-store.js';
import { freshStream, sampleEvent, sampleEvents, sampleMetadata } from './sample-events.js';

/** How a spec gets the store under test; one store serves the whole suite. */
export interface StoreUnderTest {
  readonly open: () => Promise<EventStore>;
  /** Closes the store and opens the same log again; absent where nothing lasts. */
  readonly reopen?: (store: EventStore) => Promise<EventStore>;
  /** Bytes that data and metadata of one event may have; default `maxEventBytes`. */
  readonly mostBytes?: number;
}

/** What every adapter of the port does. Call it inside `describe`. */
export function eventStoreContract({
  open,
  reopen,
  mostBytes = maxEventBytes,
}: StoreUnderTest): void {
  let store: EventStore;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
  });

  const idsIn = async (stream: string): Promise<string[]> =>
    (await store.read(stream)).map((event) => event.id);

  describe('appending', () => {
    it('numbers the events of a new stream from 0', async () => {
      const stream = freshStream();
      const result = await store.append(stream, sampleEvents(3), 'none');
      expect(result.revision).toBe(2);
      expect((await store.read(stream)).map((event) => event.revision)).toEqual([0, 1, 2]);
      expect((await store.read(stream)).at(-1)?.position).toBe(result.position);
    });

    it('appends after the expected revision', async () => {
      const stream = freshStream();
      await store.append(stream, sampleEvents(2), 'none');
      expect((await store.append(stream, sampleEvents(2), 1)).revision).toBe(3);
    });

    it.each([
      ['none for a stream that exists', 2, 'none', 1],
      ['a revision below the head', 2, 0, 1],
      ['a revision beyond the head', 2, 2, 1],
      ['a revision of a stream that does not exist', 0, 0, 'none'],
    ] as const)('refuses %s', async (_, present, expected, actual) => {
      const stream = freshStream();
      if (present > 0) await store.append(stream, sampleEvents(present), 'none');
      const before = await idsIn(stream);
      const refused = await rejection(store.append(stream, sampleEvents(1), expected));
      expect(refused).toBeInstanceOf(WrongExpectedRevision);
      expect(refused).toMatchObject({ stream, expected, actual });
      expect(await idsIn(stream)).toEqual(before);
    });

    it('appends all events or none', async () => {
      const stream = freshStream();
      const cyclic: Record<string, unknown> = {};
      cyclic['self'] = cyclic;
      const events = [sampleEvent(), sampleEvent({ data: cyclic })];
      await expect(store.append(stream, events, 'none')).rejects.toThrow(TypeError);
      expect(await store.read(stream)).toEqual([]);
    });

    it('refuses an append without events, without a name, or with an id that is no UUID', async () => {
      const nameless = sampleEvent({ id: 'event-1' });
      await expect(store.append(freshStream(), [], 'none')).rejects.toThrow(TypeError);
      await expect(store.append('', sampleEvents(1), 'none')).rejects.toThrow(RangeError);
      await expect(store.append(freshStream(), [nameless], 'none')).rejects.toThrow(TypeError);
    });

    it.each([-1, 0.5, Number.NaN])('refuses %s as an expected revision', async (expected) => {
      const appended = store.append(freshStream(), sampleEvents(1), expected);
      await expect(appended).rejects.toThrow(RangeError);
    });
  });

  describe('repeating an append', () => {
    it('answers with the original numbers', async () => {
      const stream = freshStream();
      const events = sampleEvents(3);
      const original = await store.append(stream, events, 'none');
      const head = await store.head();
      expect(await store.append(stream, events, 'none')).toEqual(original);
      expect(await store.read(stream)).toHaveLength(3);
      expect(await store.head()).toBe(head);
    });

    it('answers with the original numbers also after newer events', async () => {
      const stream = freshStream();
      await store.append(stream, sampleEvents(1), 'none');
      const events = sampleEvents(2);
      const original = await store.append(stream, events, 0);
      await store.append(stream, sampleEvents(2), 2);
      expect(await store.append(stream, events, 0)).toEqual(original);
      expect(await store.read(stream)).toHaveLength(5);
    });

    it('accepts the beginning of an earlier append', async () => {
      const stream = freshStream();
      const events = sampleEvents(3);
      await store.append(stream, events, 'none');
      const [first, second] = await store.read(stream);
      expect(await store.append(stream, events.slice(0, 2), 'none')).toEqual({
        revision: 1,
        position: second?.position,
      });
      expect(first?.id).toBe(events[0]?.id);
    });

    it.each([
      ['only the first of its events is there', ([a]: NewEvent[]) => [a, sampleEvent()]],
      ['only the last of its events is there', ([, b]: NewEvent[]) => [sampleEvent(), b]],
      ['an event of it is missing in between', ([a, , c]: NewEvent[]) => [a, c]],
      ['its events stand in another order', ([a, b]: NewEvent[]) => [b, a]],
      ['none of its events is there', () => [sampleEvent()]],
      ['it goes on beyond the head', (all: NewEvent[]) => [...all, sampleEvent()]],
    ])('is refused when %s', async (_, repeatOf) => {
      const stream = freshStream();
      const events = sampleEvents(5);
      await store.append(stream, events, 'none');
      const repeated = repeatOf(events).filter((event) => event !== undefined);
      const refused = await rejection(store.append(stream, repeated, 'none'));
      expect(refused).toBeInstanceOf(WrongExpectedRevision);
      expect(await idsIn(stream)).toEqual(events.map((event) => event.id));
    });

    it('is refused when the expectation lies beyond the head', async () => {
      const stream = freshStream();
      const events = sampleEvents(1);
      await store.append(stream, events, 'none');
      await expect(store.append(stream, events, 4)).rejects.toThrow(WrongExpectedRevision);
    });

    it('appends a known event again at the head or in another stream', async () => {
      const [stream, other] = [freshStream(), freshStream()];
      const events = sampleEvents(1);
      await store.append(stream, events, 'none');
      expect((await store.append(stream, events, 0)).revision).toBe(1);
      expect((await store.append(other, events, 'none')).revision).toBe(0);
    });

    it('meets its own first try while that is still on its way', async () => {
      const stream = freshStream();
      const events = sampleEvents(2);
      const [one, two] = await Promise.all([
        store.append(stream, events, 'none'),
        store.append(stream, events, 'none'),
      ]);
      expect(one).toEqual(two);
      expect(await store.read(stream)).toHaveLength(2);
    });
  });

  describe('concurrent writers', () => {
    it('have exactly one winner at each revision', async () => {
      const stream = freshStream();
      const winners: string[] = [];
      for (const expected of ['none', 0, 1, 2] as const) {
        const rivals = sampleEvents(16);
        const tried = await Promise.allSettled(
          rivals.map((event) => store.append(stream, [event], expected)),
        );
        const won = rivals.filter((_, index) => tried[index]?.status === 'fulfilled');
        expect(won).toHaveLength(1);
        winners.push(...won.map((event) => event.id));
      }
      expect(await idsIn(stream)).toEqual(winners);
    });

    it('never share a position, and each sees its events in its order', async () => {
      const streams = Array.from({ length: 20 }, () => freshStream());
      await Promise.all(
        streams.map(async (stream) => {
          await store.append(stream, sampleEvents(2), 'none');
          await store.append(stream, sampleEvents(2), 1);
        }),
      );
      const events = (await Promise.all(streams.map((stream) => store.read(stream)))).flat();
      expect(new Set(events.map((event) => event.position)).size).toBe(80);
      for (const stream of streams) {
        const own = events.filter((event) => event.stream === stream);
        expect(own.map((event) => event.revision)).toEqual([0, 1, 2, 3]);
        expect(ascending(own.map((event) => event.position))).toBe(true);
      }
    });
  });

  describe('reading a stream', () => {
    let stream: string;
    beforeAll(async () => {
      stream = freshStream();
      await store.append(stream, sampleEvents(7), 'none');
    });

    it.each([
      [{}, [0, 1, 2, 3, 4, 5, 6]],
      [{ from: 5 }, [5, 6]],
      [{ from: 7 }, []],
      [{ limit: 2 }, [0, 1]],
      [{ from: 2, limit: 3 }, [2, 3, 4]],
      [{ direction: 'backwards' }, [6, 5, 4, 3, 2, 1, 0]],
      [{ direction: 'backwards', limit: 2 }, [6, 5]],
      [{ direction: 'backwards', from: 4, limit: 2 }, [4, 3]],
      [{ direction: 'backwards', from: 0 }, [0]],
      [{ direction: 'backwards', from: 99, limit: 1 }, [6]],
    ] as const)('with %j returns revisions %j', async (options, revisions) => {
      const events = await store.read(stream, options);
      expect(events.map((event) => event.revision)).toEqual(revisions);
    });

    it('finds nothing in an unknown stream', async () => {
      expect(await store.read(freshStream())).toEqual([]);
      expect(await store.read(freshStream(), { direction: 'backwards' })).toEqual([]);
    });

    it('returns 1,000 events when no limit is named', async () => {
      const long = freshStream();
      await store.append(long, sampleEvents(1001), 'none');
      expect(await store.read(long)).toHaveLength(1000);
      expect(await store.read(long, { limit: 2000 })).toHaveLength(1001);
    });
  });

  describe('reading the log', () => {
    it('pages through all events in the order of their positions', async () => {
      const after = await store.head();
      const streams = [freshStream(), freshStream()];
      const appended: NewEvent[] = [];
      for (const expected of ['none', 2, 5] as const) {
        for (const stream of streams) {
          const events = sampleEvents(3);
          await store.append(stream, events, expected);
          appended.push(...events);
        }
      }
      const pages = await pagesAfter(store, after, { limit: 4 });
      const events = pages.flatMap((page) => page.events);
      expect(events.map((event) => event.id)).toEqual(appended.map((event) => event.id));
      expect(ascending(events.map((event) => event.position))).toBe(true);
      expect(pages.at(-1)).toMatchObject({ caughtUp: true, upTo: await store.head() });
      expect(pages[0]).toMatchObject({ caughtUp: false, upTo: events[3]?.position });
    });

    it('is read at the position of an event, and nothing behind its end', async () => {
      const stream = freshStream();
      const { position } = await store.append(stream, sampleEvents(2), 'none');
      const [first, second] = await store.read(stream);
      expect(await store.at(position)).toEqual(second);
      expect(await store.at(first?.position ?? 0)).toEqual(first);
      expect(await store.at(position + 1_000_000)).toBeUndefined();
    });

    it('is caught up at once at the head', async () => {
      const head = await store.head();
      expect(await store.readAll({ after: head })).toEqual({
        events: [],
        upTo: head,
        caughtUp: true,
      });
    });

    it('filters by type, by category and by both', async () => {
      const after = await store.head();
      const kinds = ['filterLeft', 'filterRight'].flatMap((category) =>
        ['FilterSeen', 'FilterPassed'].map((type) => ({ category, type })),
      );
      for (const { category, type } of kinds) {
        await store.append(freshStream(category), sampleEvents(2, { type }), 'none');
      }
      const found = async (filter: EventFilter): Promise<string[]> =>
        (await pagesAfter(store, after, { filter, limit: 3 }))
          .flatMap((page) => page.events)
          .map((event) => `${categoryOf(event.stream)} ${event.type}`);
      expect(await found({ types: ['FilterSeen'] })).toEqual([
        ...twice('filterLeft FilterSeen'),
        ...twice('filterRight FilterSeen'),
      ]);
      expect(await found({ categories: ['filterRight'] })).toEqual([
        ...twice('filterRight FilterSeen'),
        ...twice('filterRight FilterPassed'),
      ]);
      expect(await found({ types: ['FilterPassed'], categories: ['filterLeft'] })).toEqual(
        twice('filterLeft FilterPassed'),
      );
      expect(await found({ types: ['NeverSeen', "O'Hara"] })).toEqual([]);
      expect(await found({ types: [] })).toEqual([]);
      expect(await found({ categories: ["it's none"] })).toEqual([]);
    });

    it('divides the log into parts that have each stream once, also of some types', async () => {
      const after = await store.head();
      const streams = Array.from({ length: 12 }, () => freshStream('filterParts'));
      for (const stream of streams) {
        await store.append(stream, sampleEvents(2, { type: 'FilterSeen' }), 'none');
        await store.append(stream, sampleEvents(1, { type: 'FilterPassed' }), 1);
      }
      const found = async (filter: EventFilter): Promise<string[]> =>
        (await pagesAfter(store, after, { filter, limit: 3 }))
          .flatMap((page) => page.events)
          .map(({ stream, type }) => `${stream} ${type}`);
      const parts = [0, 1, 2].map((index) => ({ index, of: 3 }));
      const whole = await Promise.all(parts.map((part) => found({ part })));
      expect(whole.flat().toSorted()).toEqual((await found({})).toSorted());
      expect(whole.flat()).toHaveLength(36);
      const seen = await Promise.all(
        parts.map((part) => found({ part, types: ['FilterPassed'], categories: ['filterParts'] })),
      );
      expect(seen.flat().toSorted()).toEqual(
        streams.map((stream) => `${stream} FilterPassed`).toSorted(),
      );
    });

    it('says how far it read where the filter leaves all events out', async () => {
      const after = await store.head();
      await store.append(freshStream(), sampleEvents(3), 'none');
      const page = await store.readAll({ after, filter: { types: ['NeverSeen'] } });
      expect(page).toEqual({ events: [], upTo: await store.head(), caughtUp: true });
    });

    it('finds a type that came up after a filter first named it', async () => {
      const filter = { types: ['LateType'] };
      const after = (await pagesAfter(store, start, { filter })).at(-1)?.upTo ?? start;
      await store.append(freshStream(), sampleEvents(1, { type: 'LateType' }), 'none');
      const pages = await pagesAfter(store, after, { filter });
      expect(pages.flatMap((page) => page.events)).toHaveLength(1);
    });
  });

  describe('a subscription', () => {
    it('has no gap and no duplicate while events are being appended', async () => {
      const after = await store.head();
      const total = 300;
      const appended: string[] = [];
      const writing = (async () => {
        for (let round = 0; round < total / 10; round += 1) {
          const events = sampleEvents(10).map((event) => [event]);
          await Promise.all(
            events.map((event) => store.append(freshStream('followed'), event, 'none')),
          );
          appended.push(...events.flat().map((event) => event.id));
        }
      })();
      const filter = { categories: ['followed'] };
      const seen = await follow(store, after, total, { filter, pageSize: 7 });
      await writing;
      expect(ascending(seen.map((event) => event.position))).toBe(true);
      expect(seen.map((event) => event.id).toSorted()).toEqual(appended.toSorted());
    });

    it('starts after its position, not at it', async () => {
      const stream = freshStream();
      await store.append(stream, sampleEvents(3), 'none');
      const [, second, third] = await store.read(stream);
      const seen = await follow(store, second?.position ?? start, 1, {});
      expect(seen.map((event) => event.id)).toEqual([third?.id]);
    });

    it('says when it has caught up', async () => {
      const after = await store.head();
      await store.append(freshStream(), sampleEvents(5), 'none');
      const stop = new AbortController();
      const caughtUp: boolean[] = [];
      for await (const page of store.subscribe(after, { signal: stop.signal, pageSize: 3 })) {
        caughtUp.push(page.caughtUp);
        if (page.caughtUp) stop.abort();
      }
      expect(caughtUp).toEqual([false, true]);
    });

    it('ends when its signal aborts while it waits, or has aborted before', async () => {
      const stop = new AbortController();
      const after = await store.head();
      const waiting = follow(store, after, 1, {}, stop);
      setImmediate(() => {
        stop.abort();
      });
      expect(await waiting).toEqual([]);
      expect(await follow(store, start, 1, {}, stop)).toEqual([]);
    });

    it('serves many followers alike', async () => {
      const after = await store.head();
      const followers = Array.from({ length: 8 }, () => follow(store, after, 20, {}));
      for (let round = 0; round < 20; round += 1) {
        await store.append(freshStream(), sampleEvents(1), 'none');
      }
      const [first, ...others] = (await Promise.all(followers)).map((seen) =>
        seen.map((event) => event.id),
      );
      expect(first).toHaveLength(20);
      for (const other of others) expect(other).toEqual(first);
    });
  });

  describe('a pipeline', () => {
    it('reports each outcome with its entry, refusals among them', async () => {
      const taken = freshStream();
      await store.append(taken, sampleEvents(1), 'none');
      const entries: AppendEntry[] = [
        ...Array.from({ length: 600 }, () => entryFor(freshStream())),
        entryFor(taken),
        { stream: freshStream(), events: [], expected: 'none' },
      ];
      const outcomes = new Map<AppendEntry, unknown>();
      for await (const { entry, ...outcome } of store.pipeline(entries)) {
        expect(outcomes.has(entry)).toBe(false);
        outcomes.set(entry, outcome);
      }
      expect(outcomes.size).toBe(entries.length);
      expect(outcomes.get(entries[0] as AppendEntry)).toMatchObject({ revision: 0 });
      const refused = outcomes.get(entries[600] as AppendEntry);
      expect(refused).toMatchObject({ error: expect.any(WrongExpectedRevision) as unknown });
      const empty = outcomes.get(entries[601] as AppendEntry);
      expect(empty).toMatchObject({ error: expect.any(TypeError) as unknown });
    });

    it('takes entries as they come, and reports those before an error of their source', async () => {
      const entries = [entryFor(freshStream()), entryFor(freshStream())];
      async function* source(): AsyncGenerator<AppendEntry> {
        yield* entries;
        await store.head();
        throw new Error('the file ended early');
      }
      const reported: AppendEntry[] = [];
      const run = (async () => {
        for await (const { entry } of store.pipeline(source())) reported.push(entry);
      })();
      await expect(run).rejects.toThrow('the file ended early');
      expect(new Set(reported)).toEqual(new Set(entries));
    });

    it('takes no more entries than it may have in flight when its consumer stops', async () => {
      let taken = 0;
      function* endless(): Generator<AppendEntry> {
        for (;;) {
          taken += 1;
          yield entryFor(freshStream());
        }
      }
      for await (const outcome of store.pipeline(endless())) {
        expect(outcome).toMatchObject({ revision: 0 });
        break;
      }
      expect(taken).toBeLessThan(1000);
    });

    it('has no outcome for no entries', async () => {
      for await (const outcome of store.pipeline([])) throw new Error(JSON.stringify(outcome));
    });
  });

  describe('payloads', () => {
    const odd = {
      emptyObject: {},
      emptyArray: [],
      nothing: null,
      text: 'Zoë 葵 👩‍⚕️ \u0000 \u2028 \ud800 "quoted" \\',
      replaced: '\ufffd',
      ['__proto__x']: 1,
      numbers: [0, -1, 0.1, 1e300, Number.MAX_SAFE_INTEGER],
      deep: { a: { b: [{ c: [[]] }] } },
    };

    it.each([
      ['an odd object', odd],
      ['an empty object', {}],
      ['null', null],
      ['an empty text', ''],
      ['a list', [1, null, 'x']],
      ['false', false],
    ])('keep %s as it was', async (_, data) => {
      const stream = freshStream();
      const event = sampleEvent({ data });
      const { position } = await store.append(stream, [event], 'none');
      expect(await store.read(stream)).toEqual([{ ...event, stream, revision: 0, position }]);
    });

    it('keep stream and type names with any characters apart', async () => {
      const names = ['nodash', 'ünïcode-ß', 'odd-a/b c', "odd-'x'", 'odd--', '-odd'].map(
        (name) => `${name}${process.pid}`,
      );
      for (const name of names) {
        await store.append(name, sampleEvents(1, { type: `Type of ${name}` }), 'none');
      }
      for (const name of names) {
        expect(await store.read(name)).toMatchObject([{ stream: name, type: `Type of ${name}` }]);
      }
    });

    it('may have so many bytes with their metadata, and not a byte more', async () => {
      const metadataBytes = Buffer.byteLength(JSON.stringify(sampleMetadata));
      const ofSize = (bytes: number): NewEvent =>
        sampleEvent({ data: 'é'.repeat(8) + 'x'.repeat(bytes - metadataBytes - 18) });
      const [fits, exceeds] = [freshStream(), freshStream()];
      await store.append(fits, [ofSize(mostBytes)], 'none');
      expect(String((await store.read(fits))[0]?.data)).toHaveLength(
        mostBytes - metadataBytes - 10,
      );
      const refused = await rejection(store.append(exceeds, [ofSize(mostBytes + 1)], 'none'));
      expect(refused).toBeInstanceOf(EventTooLarge);
      expect(refused).toMatchObject({ bytes: mostBytes + 1 });
      expect(await store.read(exceeds)).toEqual([]);
    });

    it('are the caller’s no more once appended', async () => {
      const stream = freshStream();
      const data = { carers: ['a'] };
      const appending = store.append(stream, [sampleEvent({ data })], 'none');
      data.carers.push('b');
      await appending;
      const [event] = await store.read(stream);
      (event?.data as typeof data).carers.push('c');
      expect((await store.read(stream))[0]?.data).toEqual({ carers: ['a'] });
    });
  });

  describe('metadata', () => {
    const first = {
      ...sampleMetadata,
      correlationId: '0af7651916cd43dd8448eb211c80319c',
      causationId: '01951111-2222-7333-8444-666666666666',
      simulated: true as const,
      command: { name: 'TakeSample', version: 1, fields: { reason: 'why' } },
      facts: [{ name: 'offer', stream: 'offer-1', revision: 2, value: { rate: 2100 } }],
      entropy: '00112233445566778899aabbccddeeff',
      rules: 1,
    };
    const { command, facts, entropy, rules, ...common } = first;

    it('is complete on each event of an append, in every way of reading', async () => {
      const stream = freshStream('shared');
      const after = await store.head();
      const events = [
        sampleEvent({ metadata: first }),
        ...sampleEvents(3, { metadata: common }),
        sampleEvent({ type: 'SharedLast', metadata: common }),
      ];
      await store.append(stream, events, 'none');
      const expected = [first, common, common, common, common];
      const read = await store.read(stream);
      expect(read.map((event) => event.metadata)).toEqual(expected);
      const backwards = await store.read(stream, { direction: 'backwards', limit: 2 });
      expect(backwards.map((event) => event.metadata)).toEqual([common, common]);
      const single = await store.read(stream, { from: 2, limit: 1 });
      expect(single[0]?.metadata).toEqual(common);
      const filtered = await store.readAll({ after, filter: { types: ['SharedLast'] } });
      expect(filtered.events.map((event) => event.metadata)).toEqual([common]);
      expect([command, facts, entropy, rules]).toHaveLength(4);
    });

    it('is each append’s own, in whatever order events are read', async () => {
      const stream = freshStream('shared');
      const appends = ['2026-03-02T09:00:00.001Z', '2026-03-02T09:00:00.002Z'].map((recordedAt) =>
        [
          { ...first, recordedAt },
          { ...common, recordedAt },
          { ...common, recordedAt },
        ].map((metadata) => sampleEvent({ metadata })),
      );
      const metadata = appends.flat().map((event) => event.metadata);
      await store.append(stream, appends[0] ?? [], 'none');
      await store.append(stream, appends[1] ?? [], 2);
      const backwards = await store.read(stream, { direction: 'backwards' });
      expect(backwards.map((event) => event.metadata)).toEqual(metadata.toReversed());
      for (const from of [1, 4, 2, 5]) {
        const [event] = await store.read(stream, { from, limit: 1 });
        expect(event?.metadata).toEqual(metadata[from]);
      }
    });

    it('that differs from the first event’s is kept as it is', async () => {
      const stream = freshStream();
      const other = { ...common, actor: { id: 'broker-2', roles: ['broker' as const] } };
      const later = { ...common, recordedAt: '2026-03-02T09:00:00.001Z' };
      const events = [first, other, later, first].map((metadata) => sampleEvent({ metadata }));
      await store.append(stream, events, 'none');
      const read = (await store.read(stream)).map((event) => event.metadata);
      expect(read).toEqual([first, other, later, first]);
    });
  });

  describe('checkpoints', () => {
    it('are kept by name, the last one counts', async () => {
      const [name, other] = [freshStream('policy'), freshStream('policy')];
      expect(await store.checkpoint(name)).toBeUndefined();
      await store.saveCheckpoint(name, 5);
      await store.saveCheckpoint(name, 12);
      await store.saveCheckpoint(name, 7);
      expect(await store.checkpoint(name)).toBe(7);
      expect(await store.checkpoint(other)).toBeUndefined();
    });
  });

  describe('closing', () => {
    it('finishes what was appended, ends subscriptions and then refuses', async () => {
      const closing = await open();
      const after = await closing.head();
      const following = follow(closing, after, Number.POSITIVE_INFINITY, {});
      const appends = sampleEvents(20).map((event) =>
        closing.append(freshStream(), [event], 'none'),
      );
      expect(closing.health()).toEqual({ writable: true });
      const closed = closing.close();
      expect(await Promise.allSettled(appends)).toEqual(
        appends.map(() => expect.objectContaining({ status: 'fulfilled' }) as unknown),
      );
      await closed;
      await following;
      await closing.close();
      expect(closing.health().writable).toBe(false);
      const late = closing.append(freshStream(), sampleEvents(1), 'none');
      await expect(late).rejects.toThrow(StoreUnavailable);
      await expect(closing.read('sample-1')).rejects.toThrow(StoreUnavailable);
      await expect(closing.readAll()).rejects.toThrow(StoreUnavailable);
      await expect(closing.saveCheckpoint('x', 1)).rejects.toThrow(StoreUnavailable);
    });
  });

  if (reopen) {
    describe('opening again', () => {
      it('finds the same log, its events and checkpoints', async () => {
        const { logId } = store;
        const stream = freshStream();
        await store.append(stream, sampleEvents(3), 'none');
        await store.saveCheckpoint(stream, 3);
        const events = await store.read(stream);
        const head = await store.head();
        store = await reopen(store);
        expect(store.logId).toBe(logId);
        expect(await store.head()).toBe(head);
        expect(await store.read(stream)).toEqual(events);
        expect(await store.checkpoint(stream)).toBe(3);
        expect((await store.append(stream, sampleEvents(1), 2)).revision).toBe(3);
        expect(ascending([head, await store.head()])).toBe(true);
      });
    });
  }
}

const entryFor = (stream: string): AppendEntry => ({
  stream,
  events: sampleEvents(1),
  expected: 'none',
});

const twice = (text: string): string[] => [text, text];

const ascending = (numbers: readonly number[]): boolean =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

async function pagesAfter(
  store: EventStore,
  after: number,
  options: { filter?: EventFilter; limit?: number },
): Promise<LogPage[]> {
  const pages: LogPage[] = [];
  for (let from = after; ;) {
    const page = await store.readAll({ after: from, ...options });
    pages.push(page);
    from = page.upTo;
    if (page.caughtUp) return pages;
  }
}

/** Follows until so many events were seen or the subscription ended. */
async function follow(
  store: EventStore,
  after: number,
  count: number,
  options: { filter?: EventFilter; pageSize?: number },
  stop = new AbortController(),
): Promise<StoredEvent[]> {
  const seen: StoredEvent[] = [];
  for await (const page of store.subscribe(after, { ...options, signal: stop.signal })) {
    seen.push(...page.events);
    if (seen.length >= count) break;
  }
  return seen;
}
