import { BadCursor } from './errors.js';
import { givenEvents } from './projection-spec.js';
import { broker, commissioner } from './sample-log.js';
import { planned, recorded, sampleVisits } from './sample-visits.js';
import type { Viewer } from '#kernel/actor.js';
import type { Page } from './paging.js';
import type { ProjectionReader } from './reader.js';

const provider: Viewer = { id: 'x', roles: ['provider'], organisation: 'p1' };
const stranger: Viewer = { id: 'y', roles: ['provider'] };

const events = [
  planned('v1', 'p1', '2026-03-02'),
  planned('v2', 'p2', '2026-03-01'),
  planned('v3', 'p1', '2026-03-03'),
  planned('v4', 'p2', '2026-03-02'),
  planned('v5', 'p1', '2026-03-02'),
  recorded('v1', 5, 'c1'),
  recorded('v3', 15, 'c2'),
  recorded('v5', 10, 'c1'),
];
const { reader } = givenEvents(sampleVisits).given(...events);
type Selection = Parameters<typeof reader.select<'visit'>>[2];

const idsOf = (selection: Selection, viewer: Viewer = broker): string =>
  reader
    .select(viewer, 'visit', selection)
    .map(({ visitId }) => visitId)
    .join(' ');

const nodesOf = (page: Page<{ visitId: string }>): string =>
  page.edges.map(({ node }) => node.visitId).join(' ');

describe('reading rows', () => {
  it.each<[string, Selection, string]>([
    ['a value', { filter: { providerId: 'p1' } }, 'v1 v3 v5'],
    ['a list', { filter: { on: ['2026-03-01', '2026-03-03'] } }, 'v2 v3'],
    ['an empty list', { filter: { on: [] } }, ''],
    ['nothing asked', { filter: { on: undefined } }, 'v1 v2 v3 v4 v5'],
    ['from, inclusive', { filter: { on: { from: '2026-03-02' } } }, 'v1 v3 v4 v5'],
    ['before, exclusive', { filter: { on: { before: '2026-03-02' } } }, 'v2'],
    ['empty', { filter: { carerId: null } }, 'v2 v4'],
    ['not empty', { filter: { carerId: { not: null } } }, 'v1 v3 v5'],
    ['two columns', { filter: { carerId: 'c1', minutesLate: { from: 6 } } }, 'v5'],
    ['a fixed condition', { where: 'minutesLate + ? > 15', params: [6] }, 'v3 v5'],
    ['a limit', { limit: 2 }, 'v1 v2'],
    ['a limit of none', { limit: 0 }, ''],
    ['an order', { orderBy: { column: 'on', direction: 'asc' } }, 'v2 v1 v4 v5 v3'],
    ['an order down', { orderBy: { column: 'on', direction: 'desc' } }, 'v3 v5 v4 v1 v2'],
    ['empty first', { orderBy: { column: 'carerId', direction: 'asc' } }, 'v2 v4 v1 v5 v3'],
    ['an earlier position', { asOf: 6, filter: { carerId: { not: null } } }, 'v1'],
  ])('selects by %s', (_, selection, expected) => {
    expect(idsOf(selection)).toBe(expected);
  });

  it('shows a viewer the visible rows alone', () => {
    expect(idsOf({}, provider)).toBe('v1 v3 v5');
    expect(idsOf({ limit: 2 }, provider)).toBe('v1 v3');
    expect(idsOf({ asOf: 4 }, provider)).toBe('v1 v3');
    expect(idsOf({}, stranger)).toBe('');
    expect(reader.get(provider, 'visit', 'v1')).toMatchObject({ visitId: 'v1' });
    expect(reader.get(provider, 'visit', 'v2')).toBeUndefined();
    expect(reader.count(provider, 'visit')).toBe(3);
    expect(reader.count(stranger, 'visit')).toBe(0);
  });

  it('asks each row, also where the table says in SQL which are visible', () => {
    const { visit } = sampleVisits.tables;
    const careless = { ...sampleVisits, tables: { visit: { ...visit, visibleWhere: () => ({}) } } };
    const { reader: read } = givenEvents(careless).given(...events);
    expect(read.select(provider, 'visit').map(({ visitId }) => visitId)).toEqual([
      'v1',
      'v3',
      'v5',
    ]);
  });

  it('counts without SQL what only the rows tell', () => {
    const { visibleWhere: _, ...visit } = sampleVisits.tables.visit;
    const { reader: read } = givenEvents({ ...sampleVisits, tables: { visit } }).given(...events);
    expect(read.count(provider, 'visit')).toBe(3);
    expect(read.count(provider, 'visit', { filter: { carerId: 'c1' } })).toBe(2);
  });

  it('finds many rows in the order of their keys', () => {
    const rows = reader.getMany(provider, 'visit', ['v3', 'v2', 'none', 'v1']);
    expect(rows.map((row) => row?.visitId)).toEqual(['v3', undefined, undefined, 'v1']);
  });

  it('answers SQL for rows that the predicate allows', () => {
    const byProvider = reader.query<{ providerId: string; n: number }>(provider, {
      sql: 'SELECT providerId, count(*) AS n FROM visit WHERE "on" >= ? GROUP BY 1',
      params: ['2026-03-02'],
      visibleTo: (row, viewer) => row.providerId === viewer.organisation,
    });
    expect(byProvider).toEqual([{ providerId: 'p1', n: 3 }]);
  });

  it('refuses a column that does not exist', () => {
    const column = '"; DROP TABLE visit; --' as 'on';
    expect(() => idsOf({ filter: { [column]: 'x' } })).toThrow('there is no column');
    expect(() => idsOf({ orderBy: { column, direction: 'asc' } })).toThrow('there is no column');
  });
});

describe('reading figures', () => {
  it('shows those that the viewer may see', () => {
    const { figures } = reader;
    expect(figures.counter(commissioner, 'p2|2026-03')).toEqual({ visits: 2 });
    expect(figures.counter(provider, 'p1|2026-03')).toEqual({ visits: 3, onTime: 3 });
    expect(figures.counter(provider, 'p2|2026-03')).toEqual({});
    expect(figures.counter(commissioner, 'none')).toEqual({});
    const keys = (viewer: Viewer) => figures.counters(viewer, { prefix: '' }).map(({ key }) => key);
    expect(keys(commissioner)).toEqual(['days|p1', 'p1|2026-03', 'p2|2026-03']);
    expect(keys(provider)).toEqual(['days|p1', 'p1|2026-03']);
    expect(keys(stranger)).toEqual([]);
  });

  it('shows sets and their members', () => {
    const { figures } = reader;
    const ofDay = { key: 'p1|2026-03-02', distinct: 1, total: 2, counts: { visits: 2 } };
    expect(figures.set(provider, 'p1|2026-03-02')).toEqual(ofDay);
    expect(figures.set(stranger, 'p1|2026-03-02')).toBeUndefined();
    expect(figures.members(provider, 'p1|2026-03-02')).toEqual(new Map([['c1', 2]]));
    expect(figures.members(stranger, 'p1|2026-03-02')).toEqual(new Map());
    const inMarch = figures.sets(commissioner, { from: 'p1|2026-03-02', before: 'p1|2026-03-03' });
    expect(inMarch).toEqual([ofDay]);
  });

  it('shows past figures of the visible kind, from chosen rows', async () => {
    const whole = await reader.figures.knownAt(provider, 6);
    expect([...whole.counters]).toEqual([
      ['p1|2026-03', { visits: 3, onTime: 1 }],
      ['days|p1', { days: 1 }],
    ]);
    const oneDay = await reader.figures.knownAt(commissioner, 8, {
      visit: { on: '2026-03-03' },
    });
    expect(oneDay.counters.get('p1|2026-03')).toEqual({ visits: 1, onTime: 1 });
    expect([...oneDay.sets.keys()]).toEqual(['p1|2026-03-03']);
  });
});

describe('paging', () => {
  type Column = 'on' | 'carerId' | 'minutesLate';
  const walk = (
    read: ProjectionReader<typeof sampleVisits.tables>,
    viewer: Viewer,
    orderBy: { column: Column; direction: 'asc' | 'desc' } | undefined,
    first: number,
  ): string[] => {
    const pages: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = read.page(viewer, 'visit', { orderBy, first, after });
      pages.push(nodesOf(page));
      if (!page.hasNextPage) return pages;
      after = page.edges.at(-1)?.cursor;
    }
  };

  it.each<[string, { column: Column; direction: 'asc' | 'desc' } | undefined, string[]]>([
    ['by key', undefined, ['v1 v2', 'v3 v4', 'v5']],
    ['up, ties by key', { column: 'on', direction: 'asc' }, ['v2 v1', 'v4 v5', 'v3']],
    ['down, ties by key', { column: 'on', direction: 'desc' }, ['v3 v5', 'v4 v1', 'v2']],
    ['up, the empty first', { column: 'carerId', direction: 'asc' }, ['v2 v4', 'v1 v5', 'v3']],
    ['down, the empty last', { column: 'carerId', direction: 'desc' }, ['v3 v5', 'v1 v4', 'v2']],
    ['by number', { column: 'minutesLate', direction: 'desc' }, ['v3 v5', 'v1 v4', 'v2']],
  ])('goes through a list %s', (_, orderBy, pages) => {
    expect(walk(reader, broker, orderBy, 2)).toEqual(pages);
    const one = pages.join(' ').split(' ');
    expect(walk(reader, broker, orderBy, 1)).toEqual(one);
  });

  it('goes through a list of more rows than one chunk, of which few are visible', () => {
    const many = Array.from({ length: 500 }, (_, n) =>
      planned(`v${String(n).padStart(3, '0')}`, n % 100 === 99 ? 'p1' : 'p2', '2026-03-02'),
    );
    const { visibleWhere: _, ...visit } = sampleVisits.tables.visit;
    const { reader: read } = givenEvents({ ...sampleVisits, tables: { visit } }).given(...many);
    expect(walk(read, provider, { column: 'on', direction: 'asc' }, 2)).toEqual([
      'v099 v199',
      'v299 v399',
      'v499',
    ]);
  });

  it('tells of pages before and after, the total, and how much of the log it knows', () => {
    const first = reader.page(provider, 'visit', { first: 2 });
    expect(first).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
      totalCount: 3,
      asOf: { position: 8, at: '2026-03-02T09:07:00.000Z' },
    });
    const last = reader.page(provider, 'visit', { first: 2, after: first.edges[1]?.cursor });
    expect(last).toMatchObject({ hasNextPage: false, hasPreviousPage: true, totalCount: 3 });
    expect(reader.page(provider, 'visit', { first: 3 }).hasNextPage).toBe(false);
  });

  it('gives 50 rows unless asked for, at least one and at most 100', () => {
    const many = Array.from({ length: 120 }, (_, n) => planned(`v${n}`, 'p1', '2026-03-02'));
    const { reader: read } = givenEvents(sampleVisits).given(...many);
    const size = (first?: number) => read.page(broker, 'visit', { first }).edges.length;
    expect([size(), size(0), size(100), size(101)]).toEqual([50, 1, 100, 100]);
  });

  it('refuses a cursor that is damaged or of another list, order or version', () => {
    const cursor = reader.page(broker, 'visit').edges[0]?.cursor ?? '';
    const continued = (read: typeof reader, after: string, column?: 'on') =>
      read.page(broker, 'visit', {
        after,
        orderBy: column && { column, direction: 'asc' },
      });
    expect(nodesOf(continued(reader, cursor))).toBe('v2 v3 v4 v5');
    for (const bad of ['x', '', `${cursor.slice(0, -4)}`, btoa('[1,2]'), btoa('{}')]) {
      if (bad) expect(() => continued(reader, bad)).toThrow(BadCursor);
    }
    expect(() => continued(reader, cursor, 'on')).toThrow(BadCursor);
    const next = givenEvents({ ...sampleVisits, version: 2 }).given(...events).reader;
    expect(() => continued(next, cursor)).toThrow('start from the first');
  });
});

describe('the position of an instant', () => {
  const at = (recordedAt: string, n: number) => ({
    ...planned(`v${n}`, 'p1', '2026-03-02'),
    recordedAt,
  });
  const { reader: read } = givenEvents(sampleVisits).given(
    at('2026-03-02T09:00:00.000Z', 1),
    at('2026-03-02T10:00:00.000Z', 2),
    at('2026-03-02T09:30:00.000Z', 3),
    at('2026-03-02T11:00:00.000Z', 4),
  );

  it.each([
    ['2026-03-02T08:59:59.999Z', 0],
    ['2026-03-02T09:00:00.000Z', 1],
    ['2026-03-02T09:30:00.000Z', 1],
    ['2026-03-02T10:00:00.000Z', 3],
    ['2026-03-02T10:59:59.999Z', 3],
    ['2026-03-02T11:00:00.000Z', 4],
    ['2027-01-01T00:00:00.000Z', 4],
  ])('by the running maximum of recording: %s is position %i', async (instant, position) => {
    expect(await read.positionAt(instant)).toBe(position);
  });

  it('is the latest recording for the state of a projection too', () => {
    const { reader: late } = givenEvents(sampleVisits).given(
      at('2026-03-02T10:00:00.000Z', 1),
      at('2026-03-02T09:30:00.000Z', 2),
    );
    expect(late.asOf()).toEqual({ position: 2, at: '2026-03-02T10:00:00.000Z' });
  });

  it('is found in a long log from its samples', async () => {
    const many = Array.from({ length: 2_500 }, (_, n) => planned(`v${n % 9}`, 'p1', '2026-03-02'));
    const long = givenEvents(sampleVisits).given(...many).reader;
    const minute = (n: number) => new Date(Date.UTC(2026, 2, 2, 9, n)).toISOString();
    for (const n of [0, 998, 999, 1_000, 2_498]) {
      expect(await long.positionAt(minute(n))).toBe(n + 1);
    }
  });
});
