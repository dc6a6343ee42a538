import { EventCatalogue, VersionUnknown } from './event-catalogue.js';
import { EventCodec, SubjectMissing } from './event-codec.js';
import type {
  AppendEntry,
  AppendOutcome,
  EventMetadata,
  EventStore,
  NewEvent,
} from './event-store.js';
import { freshStream, sampleEvent, sampleMetadata } from './sample-events.js';
import { SubjectErased } from './sealing.js';
import { memoryKeys, type SubjectKeys } from './subject-keys.js';
import { TypedLog } from './typed-log.js';

const personal = {
  events: {
    OfferTaken: { subject: 'person.id', fields: ['chosenBy.name', 'reasons', 'lines[].note'] },
    NoteKept: ['note'],
  },
  commands: { TakeOffer: ['chosenBy.name', 'reasons'] },
  facts: { visitor: ['name'] },
};

const upcasters = {
  events: {
    LengthNoted: {
      1: ({ hours }: { hours: number }) => ({ minutes: hours * 60 }),
      2: ({ minutes }: { minutes: number }) => ({ durationMinutes: minutes }),
    },
    NoteKept: { 1: ({ text, ...rest }: { text: unknown }) => ({ ...rest, note: text }) },
  },
  commands: { NoteLength: { 1: ({ hours }: { hours: number }) => ({ minutes: hours * 60 }) } },
};

/** What a log with marked and versioned types does, over any store. Call it inside `describe`. */
export function typedLogContract(open: () => Promise<EventStore>): void {
  let store: EventStore;
  let keys: SubjectKeys;
  let log: TypedLog;

  beforeAll(async () => {
    store = await open();
    keys = memoryKeys();
    log = new TypedLog(store, new EventCodec(new EventCatalogue([{ personal, upcasters }]), keys));
  });
  afterAll(async () => {
    await log.close();
  });

  const offerTaken = (over: { person?: unknown; metadata?: EventMetadata } = {}): NewEvent =>
    sampleEvent({
      type: 'OfferTaken',
      data: {
        person: over.person ?? { id: 'person-1' },
        offerId: 'offer-1',
        chosenBy: { name: 'Mrs Plainname', relationship: 'daughter' },
        reasons: ['Plainreason one', 'two'],
        lines: [{ line: 1, note: 'Plainnote' }, { line: 2 }],
      },
      metadata: over.metadata ?? {
        ...sampleMetadata,
        command: {
          name: 'TakeOffer',
          version: 1,
          fields: { chosenBy: { name: 'Mrs Plainname' }, reasons: ['Plainreason one', 'two'] },
        },
        facts: [{ name: 'visitor', value: { name: 'Mr Plainvisitor', rate: 2100 } }],
        fingerprint: 'abc123',
      },
    });

  describe('personal fields', () => {
    it('are sealed in the store and revealed to readers', async () => {
      const stream = freshStream();
      const event = offerTaken();
      const { position } = await log.append(stream, [event], 'none');
      expect(JSON.stringify(await store.read(stream))).not.toMatch(/Plain|abc123/);
      expect(await log.read(stream)).toEqual([{ ...event, stream, revision: 0, position }]);
      expect(await log.at(position)).toMatchObject(event);
    });

    it('stay sealed for a reader who asks for that', async () => {
      const stream = freshStream();
      await log.append(stream, [offerTaken()], 'none');
      const [event] = await log.sealed.read(stream);
      expect(JSON.stringify(event)).not.toMatch(/Plain/);
      expect(event?.data).toMatchObject({
        offerId: 'offer-1',
        chosenBy: { name: { $sealed: { subject: 'person-1' } }, relationship: 'daughter' },
        reasons: { $sealed: { subject: 'person-1' } },
        lines: [{ line: 1, note: { $sealed: { subject: 'person-1' } } }, { line: 2 }],
      });
    });

    it('read as erased once the subject’s key is gone; what else happened stays', async () => {
      const stream = freshStream();
      const person = { id: 'person-erased' };
      await log.append(stream, [offerTaken({ person })], 'none');
      keys.erase(person.id);
      const erased = { $erased: person.id };
      const [event] = await log.read(stream);
      expect(event?.data).toEqual({
        person,
        offerId: 'offer-1',
        chosenBy: { name: erased, relationship: 'daughter' },
        reasons: erased,
        lines: [{ line: 1, note: erased }, { line: 2 }],
      });
      expect(event?.metadata.command?.fields).toMatchObject({ reasons: erased });
      expect(event?.metadata).not.toHaveProperty('fingerprint');
      const late = log.append(freshStream(), [offerTaken({ person })], 'none');
      await expect(late).rejects.toThrow(SubjectErased);
    });

    it('of a command take the subject from a later event of its append', async () => {
      const stream = freshStream();
      const { metadata } = offerTaken();
      const events = [
        sampleEvent({ data: { count: 1 }, metadata }),
        sampleEvent({
          type: 'NoteKept',
          version: 2,
          data: { personId: 'person-2', note: 'Plain' },
        }),
      ];
      await log.append(stream, events, 'none');
      expect(JSON.stringify(await store.read(stream))).not.toMatch(/Plain/);
      expect((await log.read(stream)).map((event) => event.metadata)).toEqual([
        metadata,
        sampleMetadata,
      ]);
    });

    it('without a subject are refused, and nothing is recorded', async () => {
      const stream = freshStream();
      const append = log.append(stream, [offerTaken({ person: {} })], 'none');
      await expect(append).rejects.toThrow(SubjectMissing);
      expect(await store.read(stream)).toEqual([]);
    });

    it('that are absent need no subject', async () => {
      const stream = freshStream();
      const event = sampleEvent({ type: 'OfferTaken', data: { chosenBy: null } });
      await log.append(stream, [event], 'none');
      expect((await log.read(stream))[0]?.data).toEqual({ chosenBy: null });
    });

    it('may differ in their sealed bytes when an append is repeated', async () => {
      const stream = freshStream();
      const event = offerTaken();
      const original = await log.append(stream, [event], 'none');
      expect(await log.append(stream, [event], 'none')).toEqual(original);
      expect(await log.read(stream)).toHaveLength(1);
    });
  });

  describe('versions', () => {
    const old = (version: number, data: unknown): NewEvent =>
      sampleEvent({ type: 'LengthNoted', version, data });

    it('of events are brought up to date on read, and stay stored as they were', async () => {
      const stream = freshStream();
      const stored = [
        old(1, { hours: 2 }),
        old(2, { minutes: 90 }),
        old(3, { durationMinutes: 45 }),
      ];
      await store.append(stream, stored, 'none');
      const read = await log.read(stream);
      expect(read.map((event) => [event.version, event.data])).toEqual([
        [3, { durationMinutes: 120 }],
        [3, { durationMinutes: 90 }],
        [3, { durationMinutes: 45 }],
      ]);
      expect((await store.read(stream)).map((event) => event.data)).toEqual(
        stored.map((event) => event.data),
      );
    });

    it('of stored commands are brought up to date on read', async () => {
      const stream = freshStream();
      const command = { name: 'NoteLength', version: 1, fields: { hours: 1 } };
      const stored = sampleEvent({ metadata: { ...sampleMetadata, command } });
      await store.append(stream, [stored], 'none');
      const [event] = await log.read(stream);
      expect(event?.metadata.command).toEqual({
        name: 'NoteLength',
        version: 2,
        fields: { minutes: 60 },
      });
    });

    it('with sealed fields are brought up to date revealed and sealed', async () => {
      const stream = freshStream();
      const former = new EventCatalogue([{ personal: { events: { NoteKept: ['text'] } } }]);
      const formerLog = new TypedLog(store, new EventCodec(former, keys));
      const data = { personId: 'person-3', text: 'Plain' };
      await formerLog.append(stream, [sampleEvent({ type: 'NoteKept', data })], 'none');
      const revealed = { personId: 'person-3', note: 'Plain' };
      expect((await log.read(stream))[0]).toMatchObject({ version: 2, data: revealed });
      const [sealed] = await log.sealed.read(stream);
      expect(sealed?.data).toMatchObject({ note: { $sealed: { subject: 'person-3' } } });
    });

    it('of later software are refused on read', async () => {
      const stream = freshStream('later');
      await store.append(stream, [old(4, {})], 'none');
      await expect(log.read(stream)).rejects.toThrow(VersionUnknown);
    });

    it('are written at the current version only', async () => {
      const append = log.append(freshStream(), [old(1, { hours: 2 })], 'none');
      await expect(append).rejects.toThrow('LengthNoted is written at version 3, not 1');
    });
  });

  it('reports the outcomes of a pipeline with the caller’s entries', async () => {
    const entry = (event: NewEvent): AppendEntry => ({
      stream: freshStream(),
      events: [event],
      expected: 'none',
    });
    const good = [entry(offerTaken()), entry(sampleEvent())];
    const bad = [entry(offerTaken({ person: {} })), entry(offerTaken({ person: 'none' }))];
    const outcomes: AppendOutcome[] = [];
    const given = [bad[0], ...good, bad[1]].filter((given) => given !== undefined);
    for await (const outcome of log.pipeline(given)) outcomes.push(outcome);
    const failed = outcomes.filter((outcome) => 'error' in outcome);
    expect(new Set(outcomes.map((outcome) => outcome.entry))).toEqual(new Set([...good, ...bad]));
    expect(new Set(failed.map((outcome) => outcome.entry))).toEqual(new Set(bad));
    expect((await log.read(good[0]?.stream ?? ''))[0]).toMatchObject(good[0]?.events[0] ?? {});
  });

  it('follows the log with revealed events', async () => {
    const after = await log.head();
    const event = offerTaken();
    await log.append(freshStream(), [event], 'none');
    const stop = new AbortController();
    for await (const page of log.subscribe(after, { signal: stop.signal })) {
      expect(page.events).toMatchObject([event]);
      stop.abort();
    }
  });
}
