import fc from 'fast-check';
import { integer, text } from './columns.js';
import { defineProjection, table } from './definition.js';
import { givenEvents } from './projection-spec.js';
import type { Figures } from './recount.js';
import { broker } from './sample-log.js';
import {
  planned,
  recorded,
  sampleVisits,
  toleranceChanged,
  withdrawn,
  type SampleEvent,
} from './sample-visits.js';

const everyone = { id: 'all', roles: ['commissioner' as const] };

const id = fc.constantFrom('v1', 'v2', 'v3', 'v4', 'v5');
const date = fc.constantFrom('2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02');
const sampleEvent: fc.Arbitrary<SampleEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(id, fc.constantFrom('p1', 'p2'), date).map((e) => planned(...e)),
  },
  {
    weight: 6,
    arbitrary: fc
      .tuple(id, fc.integer({ min: 0, max: 40 }), fc.constantFrom('c1', 'c2', 'c3'))
      .map((e) => recorded(...e)),
  },
  { weight: 2, arbitrary: id.map(withdrawn) },
  {
    weight: 1,
    arbitrary: fc.tuple(date, fc.constantFrom(10, 20, 30)).map((e) => toleranceChanged(...e)),
  },
);
const history = fc.array(sampleEvent, { minLength: 1, maxLength: 30 });

const figuresAfter = async (events: readonly SampleEvent[]): Promise<Figures> =>
  (
    await givenEvents(sampleVisits)
      .given(...events)
      .reader.figures.recount()
  ).stored;

describe('the fold of a projection', () => {
  it('keeps figures that equal those recomputed from rows, after any history', () => {
    fc.assert(
      fc.property(history, (events) => {
        givenEvents(sampleVisits)
          .given(...events)
          .recountAgrees();
      }),
      { numRuns: 200 },
    );
  });

  it('comes to the same however the log is divided into pages', () =>
    fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 7 }), async (events, pageSize) => {
        const paged = givenEvents(sampleVisits);
        for (let from = 0; from < events.length; from += pageSize) {
          paged.given(...events.slice(from, from + pageSize));
        }
        const whole = givenEvents(sampleVisits).given(...events);
        expect(paged.reader.select(broker, 'visit')).toEqual(whole.reader.select(broker, 'visit'));
        expect((await paged.reader.figures.recount()).stored).toEqual(await figuresAfter(events));
      }),
      { numRuns: 100 },
    ));

  it('answers rows and figures as of any past position as they were then', () =>
    fc.assert(
      fc.asyncProperty(history, fc.nat(), async (events, random) => {
        const position = random % (events.length + 1);
        const then = givenEvents(sampleVisits).given(...events.slice(0, position)).reader;
        const now = givenEvents(sampleVisits).given(...events).reader;
        const asOf = { asOf: position };
        expect(now.select(broker, 'visit', asOf)).toEqual(then.select(broker, 'visit'));
        const known = await now.figures.knownAt(everyone, position);
        expect(known).toEqual((await then.figures.recount()).stored);
      }),
      { numRuns: 200 },
    ));

  it('keeps history of each event, also within one page', () => {
    const { reader } = givenEvents(sampleVisits).given(
      planned('v1', 'p1', '2026-03-02'),
      recorded('v1', 10, 'c1'),
      recorded('v1', 20, 'c2'),
      withdrawn('v1'),
    );
    const lateAsOf = (asOf: number) => reader.get(broker, 'visit', 'v1', { asOf })?.minutesLate;
    expect([0, 1, 2, 3, 4].map(lateAsOf)).toEqual([undefined, 0, 10, 20, undefined]);
    expect(reader.get(broker, 'visit', 'v1')).toBeUndefined();
  });

  it('takes back what a row added before it adds anew', () => {
    givenEvents(sampleVisits)
      .given(planned('v1', 'p1', '2026-03-02'), recorded('v1', 5, 'c1'))
      .counter('p1|2026-03')
      .is({ visits: 1, onTime: 1 })
      .given(recorded('v1', 31, 'c1'))
      .counter('p1|2026-03')
      .is({ visits: 1 })
      .given(planned('v1', 'p2', '2026-03-02'))
      .counter('p1|2026-03')
      .isAbsent();
  });

  it('counts a member once in a set, however often it is mentioned', () => {
    const given = givenEvents(sampleVisits).given(
      planned('v1', 'p1', '2026-03-02'),
      planned('v2', 'p1', '2026-03-02'),
      recorded('v1', 0, 'c1'),
      recorded('v2', 0, 'c1'),
    );
    given.set('p1|2026-03-02').is({ distinct: 1, total: 2, counts: { visits: 2 } });
    given.counter('days|p1').is({ days: 1, familiar: 1 });
    given.given(recorded('v2', 0, 'c2')).set('p1|2026-03-02');
    given.set('p1|2026-03-02').is({ distinct: 2, total: 2, counts: { visits: 2 } });
    given.given(withdrawn('v1'), withdrawn('v2')).set('p1|2026-03-02').isAbsent();
    given.counter('days|p1').isAbsent();
  });

  it('judges the rows of its dates again when the environment changed', () => {
    givenEvents(sampleVisits)
      .given(
        planned('v1', 'p1', '2026-03-01'),
        planned('v2', 'p1', '2026-03-02'),
        recorded('v1', 20, 'c1'),
        recorded('v2', 20, 'c1'),
        toleranceChanged('2026-03-02', 15),
      )
      .counter('p1|2026-03')
      .is({ visits: 2, onTime: 1 })
      .recountAgrees();
  });

  it('judges a set by the environment of its time, wherever a page ends', () => {
    const lenient: typeof sampleVisits = {
      ...sampleVisits,
      on: {
        ...sampleVisits.on,
        ToleranceChanged: ({ data, environment }) =>
          environment.change((tolerances) => [...tolerances, data]),
      },
    };
    const before = [planned('v1', 'p1', '2026-03-02'), recorded('v1', 0, 'c1')];
    const after = toleranceChanged('2026-03-03', 15);
    givenEvents(lenient)
      .given(...before)
      .given(after)
      .counter('days|p1')
      .is({ days: 1 });
    givenEvents(lenient)
      .given(...before, after)
      .counter('days|p1')
      .is({ days: 1 });
  });

  it('judges again more rows than it keeps in memory', () => {
    const many = Array.from({ length: 1_200 }, (_, n) => [
      planned(`v${n}`, 'p1', '2026-03-02'),
      recorded(`v${n}`, 20, `c${n}`),
    ]).flat();
    givenEvents(sampleVisits)
      .given(...many, toleranceChanged('2026-03-02', 15))
      .counter('p1|2026-03')
      .is({ visits: 1_200 })
      .recountAgrees();
  });

  it('refuses a count that is not whole', () => {
    const halves = defineProjection()({
      name: 'halves',
      version: 1,
      tables: {
        half: table<{ n: number }>()({
          columns: {},
          visibleTo: () => true,
          contributions: ({ n }) => [{ key: 'all', counts: { n } }],
        }),
      },
      on: { Halved: ({ tables }) => tables.half.change('h', () => ({ n: 0.5 })) },
    });
    expect(() => givenEvents(halves).given({ type: 'Halved', data: {} })).toThrow(
      'n of all is 0.5, not whole',
    );
  });

  describe('inside a handler', () => {
    type Moved = { type: 'Moved'; data: { who: string; to: string } };
    type Emptied = { type: 'Emptied'; data: { place: string } };
    const places = defineProjection<Moved | Emptied>()({
      name: 'places',
      version: 1,
      tables: {
        person: table<{ at: string; moves: number }>()({
          columns: { at: text((row) => row.at), moves: integer((row) => row.moves) },
          indexes: [['at']],
          visibleTo: () => true,
        }),
      },
      on: {
        Moved: ({ data, tables }) =>
          tables.person.change(data.who, (row) =>
            row?.at === data.to ? row : { at: data.to, moves: (row?.moves ?? 0) + 1 },
          ),
        Emptied({ data, tables }) {
          for (const { key } of tables.person.find('at', data.place)) {
            tables.person.change(key, () => undefined);
          }
        },
      },
    });
    const moved = (who: string, to: string): Moved => ({ type: 'Moved', data: { who, to } });
    const emptied = (place: string): Emptied => ({ type: 'Emptied', data: { place } });

    it('finds rows by a column, saved or not', () => {
      const given = givenEvents(places).given(moved('ann', 'hall'), moved('bob', 'hall'));
      given.given(moved('bob', 'yard'), moved('cleo', 'hall'), emptied('hall'));
      given.row('person', 'bob').is({ at: 'yard', moves: 2 });
      given.row('person', 'ann').isAbsent();
      given.row('person', 'cleo').isAbsent();
    });

    it('changes nothing when it returns the identical row', () => {
      givenEvents(places)
        .given(moved('ann', 'hall'), moved('ann', 'hall'))
        .row('person', 'ann')
        .is({ at: 'hall', moves: 1 });
    });

    it('forgets what the failing event had changed', () => {
      const failing = { ...places, on: { ...places.on, Emptied: failAfterChange } };
      const given = givenEvents(failing).given(moved('ann', 'hall'));
      expect(() => given.given(moved('ann', 'yard'), emptied('yard'))).toThrow('no');
      given.row('person', 'ann').is({ at: 'yard', moves: 2 });
    });

    it('forgets the environment that the failing event had changed', () => {
      const { ToleranceChanged } = sampleVisits.on;
      const failing: typeof sampleVisits = {
        ...sampleVisits,
        on: {
          ...sampleVisits.on,
          ToleranceChanged(handling) {
            ToleranceChanged?.(handling);
            throw new Error('no');
          },
        },
      };
      const given = givenEvents(failing).given(planned('v1', 'p1', '2026-03-02'));
      expect(() => given.given(toleranceChanged('2026-01-01', 10))).toThrow('no');
      given
        .given(recorded('v1', 20, 'c1'))
        .counter('p1|2026-03')
        .is({ visits: 1, onTime: 1 });
    });

    const failAfterChange: NonNullable<(typeof places)['on']['Emptied']> = ({ tables }) => {
      tables.person.change('ann', () => ({ at: 'nowhere', moves: 9 }));
      throw new Error('no');
    };
  });

  it.each(['Waiting', 'waiting_room', 'key', 'fromPosition'])(
    'refuses %s as the name of a column',
    (column) => {
      const tables = {
        row: table<object>()({ columns: { [column]: text(() => '') }, visibleTo: () => true }),
      };
      expect(() => defineProjection()({ name: 'x', version: 1, tables, on: {} })).toThrow(column);
    },
  );
});
