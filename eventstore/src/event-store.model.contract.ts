import fc from 'fast-check';
import {
  categoryOf,
  WrongExpectedRevision,
  type EventFilter,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
  type Position,
} from './event-store.js';
import { freshStream, sampleEvent } from './sample-events.js';

interface Kept {
  readonly id: string;
  readonly stream: string;
  readonly type: string;
}

/** What a store holds, as simply as can be: one list, in the order of the log. */
interface Model {
  readonly log: Kept[];
  readonly attempts: { stream: string; events: NewEvent[]; expected: number }[];
  readonly checkpoints: Map<string, Position>;
}

interface Real {
  readonly store: EventStore;
  readonly streams: readonly string[];
  /** The head before the run. */
  readonly from: Position;
}

type Step = fc.AsyncCommand<Model, Real>;

const types = ['ModelDrawn', 'ModelMeasured'];

/** Runs of random steps against the model, all on one open store, each with streams of its own. */
export function eventStoreModel(open: () => Promise<EventStore>, runs = 2000): void {
  it(`behaves as its model in ${runs} runs of random steps`, async () => {
    const store = await open();
    try {
      await fc.assert(
        fc.asyncProperty(fc.commands(steps, { maxCommands: 20 }), async (commands) => {
          const streams = [freshStream('left'), freshStream('left'), freshStream('right')];
          const from = await store.head();
          const model: Model = { log: [], attempts: [], checkpoints: new Map() };
          await fc.asyncModelRun(() => ({ model, real: { store, streams, from } }), commands);
        }),
        { numRuns: runs },
      );
    } finally {
      await store.close();
    }
  }, 60_000);
}

const inStream = (model: Model, stream: string): Kept[] =>
  model.log.filter((kept) => kept.stream === stream);

const streamOf = (real: Real, index: number): string => real.streams[index] ?? '';

const asExpected = (revision: number): ExpectedRevision => (revision < 0 ? 'none' : revision);

/** The last revision of an accepted append, `undefined` for a refused one. */
function accept(model: Model, stream: string, events: NewEvent[], expected: number) {
  const present = inStream(model, stream);
  if (expected === present.length - 1) {
    model.log.push(...events.map(({ id, type }) => ({ id, type, stream })));
    return expected + events.length;
  }
  const there = present.slice(expected + 1, expected + 1 + events.length);
  const repeated = events.every((event, index) => there[index]?.id === event.id);
  return expected < present.length && repeated ? expected + events.length : undefined;
}

async function appendBoth(
  model: Model,
  real: Real,
  stream: string,
  events: NewEvent[],
  expected: number,
): Promise<void> {
  const revision = accept(model, stream, events, expected);
  model.attempts.push({ stream, events, expected });
  const appended = real.store.append(stream, events, asExpected(expected));
  if (revision === undefined) {
    const actual = asExpected(inStream(model, stream).length - 1);
    await expect(appended).rejects.toThrow(WrongExpectedRevision);
    await expect(appended).rejects.toMatchObject({ stream, actual });
    return;
  }
  expect((await appended).revision).toBe(revision);
  const [event] = await real.store.read(stream, { from: revision, limit: 1 });
  expect(event?.position).toBe((await appended).position);
}

class Append implements Step {
  constructor(
    private readonly stream: number,
    private readonly kinds: readonly string[],
    private readonly off: number,
  ) {}

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const stream = streamOf(real, this.stream);
    const head = inStream(model, stream).length - 1;
    const events = this.kinds.map((type) => sampleEvent({ type }));
    await appendBoth(model, real, stream, events, Math.max(-1, head + this.off));
  }

  toString = (): string => `append(${this.stream}, ${this.kinds.length}, head${this.off})`;
}

/** An earlier append again: whole, only its beginning, or with a strange event in it. */
class Repeat implements Step {
  constructor(
    private readonly which: number,
    private readonly twist: 'whole' | 'beginning' | 'strange-last' | 'strange-first' | 'longer',
  ) {}

  check = (model: Readonly<Model>): boolean => model.attempts.length > 0;

  async run(model: Model, real: Real): Promise<void> {
    const attempt = model.attempts[this.which % model.attempts.length];
    if (!attempt) return;
    const { stream, events, expected } = attempt;
    await appendBoth(model, real, stream, this.twisted(events), expected);
  }

  private twisted(events: NewEvent[]): NewEvent[] {
    if (this.twist === 'beginning') return events.slice(0, Math.max(1, events.length - 1));
    if (this.twist === 'strange-last') return [...events.slice(0, -1), sampleEvent()];
    if (this.twist === 'strange-first') return [sampleEvent(), ...events.slice(1)];
    return this.twist === 'longer' ? [...events, sampleEvent()] : events;
  }

  toString = (): string => `repeat(${this.which}, ${this.twist})`;
}

/** Rivals at one revision: exactly one wins, and the model follows it. */
class Race implements Step {
  constructor(
    private readonly stream: number,
    private readonly rivals: number,
  ) {}

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const stream = streamOf(real, this.stream);
    const head = inStream(model, stream).length - 1;
    const events = Array.from({ length: this.rivals }, () => sampleEvent());
    const tried = await Promise.allSettled(
      events.map((event) => real.store.append(stream, [event], asExpected(head))),
    );
    const winners = events.filter((_, index) => tried[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    accept(model, stream, winners, head);
  }

  toString = (): string => `race(${this.stream}, ${this.rivals})`;
}

class Read implements Step {
  constructor(
    private readonly stream: number,
    private readonly direction: 'forwards' | 'backwards',
    private readonly from: number | undefined,
    private readonly limit: number,
  ) {}

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const stream = streamOf(real, this.stream);
    const { direction, from, limit } = this;
    const numbered = inStream(model, stream).map(({ id }, revision) => ({ id, revision }));
    const expected =
      direction === 'forwards'
        ? numbered.filter(({ revision }) => revision >= (from ?? 0))
        : numbered.filter(({ revision }) => revision <= (from ?? Infinity)).toReversed();
    const options = { direction, limit, ...(from !== undefined && { from }) };
    const events = await real.store.read(stream, options);
    const found = events.map(({ id, revision }) => ({ id, revision }));
    expect(found).toEqual(expected.slice(0, limit));
  }

  toString = (): string => `read(${this.stream}, ${this.direction}, ${this.from}, ${this.limit})`;
}

class ReadLog implements Step {
  constructor(
    private readonly limit: number,
    private readonly filter: EventFilter,
  ) {}

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const found: Kept[] = [];
    for (let after = real.from, caughtUp = false; !caughtUp;) {
      const page = await real.store.readAll({ after, limit: this.limit, filter: this.filter });
      expect(page.events.length).toBeLessThanOrEqual(this.limit);
      found.push(...page.events.map(({ id, stream, type }) => ({ id, stream, type })));
      if (!page.caughtUp) expect(page.upTo).toBeGreaterThan(after);
      ({ upTo: after, caughtUp } = page);
    }
    const { types: wanted, categories } = this.filter;
    const expected = model.log.filter(
      ({ stream, type }) =>
        (!wanted || wanted.includes(type)) &&
        (!categories || categories.includes(categoryOf(stream))),
    );
    expect(found).toEqual(expected);
  }

  toString = (): string => `readLog(${this.limit}, ${JSON.stringify(this.filter)})`;
}

class Checkpoint implements Step {
  constructor(
    private readonly name: number,
    private readonly position: number,
  ) {}

  check = (): boolean => true;

  async run(model: Model, real: Real): Promise<void> {
    const name = `${streamOf(real, this.name)}/policy`;
    expect(await real.store.checkpoint(name)).toBe(model.checkpoints.get(name));
    await real.store.saveCheckpoint(name, this.position);
    model.checkpoints.set(name, this.position);
    expect(await real.store.checkpoint(name)).toBe(this.position);
  }

  toString = (): string => `checkpoint(${this.name}, ${this.position})`;
}

const stream = fc.nat({ max: 2 });
const kinds = fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: 4 });
const off = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: -4, max: 2 }));

const steps: fc.Arbitrary<Step>[] = [
  fc.tuple(stream, kinds, off).map(([...of]) => new Append(...of)),
  fc.tuple(stream, kinds, off).map(([...of]) => new Append(...of)),
  fc
    .tuple(
      fc.nat({ max: 30 }),
      fc.constantFrom('whole', 'beginning', 'strange-last', 'strange-first', 'longer'),
    )
    .map(([...of]) => new Repeat(...of)),
  fc.tuple(stream, fc.integer({ min: 2, max: 4 })).map(([...of]) => new Race(...of)),
  fc
    .tuple(
      stream,
      fc.constantFrom('forwards', 'backwards'),
      fc.option(fc.nat({ max: 12 }), { nil: undefined }),
      fc.integer({ min: 1, max: 8 }),
    )
    .map(([...of]) => new Read(...of)),
  fc
    .tuple(
      fc.integer({ min: 1, max: 7 }),
      fc.record(
        {
          types: fc.subarray([...types, 'NeverSeen']),
          categories: fc.subarray(['left', 'right', 'none']),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([...of]) => new ReadLog(...of)),
  fc.tuple(stream, fc.nat({ max: 1000 })).map(([...of]) => new Checkpoint(...of)),
];
