import { civilDateOf, monthAfter, monthOf } from '#kernel/time.js';
import { uuidV7 } from '#kernel/ids.js';
import { StartedApi } from './started-api.js';

const month = monthAfter(monthOf(civilDateOf(new Date().toISOString())), -1);

interface Listed {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly {
    readonly node: { readonly eventId: string; readonly concerns: readonly string[] };
  }[];
}

interface Row {
  readonly providerId: string;
  readonly missed: number;
  readonly late: number;
  readonly events: Listed;
}

async function until(done: () => Promise<boolean>, ms: number): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`it did not happen within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** A provider that is not the one who asks. */
const commissionedElsewhere = '01900000-0000-7000-8000-0000000000b9';
const page = 'totalCount pageInfo { hasNextPage endCursor } edges { node { eventId concerns } }';

describe('Figures, over HTTP', () => {
  let api: StartedApi;
  let row: Row;

  beforeAll(async () => {
    api = await StartedApi.start({ environment: { DEMO: 'small' } });
    await until(() => Promise.resolve(api.printed.includes('is loaded')), 170_000);
    const first = async () => (await kpis('providerId missed late')).find(({ late }) => late > 0);
    await until(async () => (await first()) !== undefined, 60_000);
    row = (await first()) as Row;
  }, 240_000);

  afterAll(() => api?.stop());

  const kpis = async (fields: string, providerId?: string): Promise<readonly Row[]> => {
    const of = providerId ? `, providerId: "${providerId}"` : '';
    const query = `{ providerKpis(month: "${month}"${of}) { rows { ${fields} } } }`;
    return (await api.data<{ providerKpis: { rows: Row[] } }>('commissioner', query)).providerKpis
      .rows;
  };
  const file = async (person: string, address: string) =>
    api.get(address, { headers: { authorization: `Bearer ${await api.token(person)}` } });

  it('list the events of late visits, page by page, as many things as were counted (S2-10)', async () => {
    const things = new Set<string>();
    const ids: string[] = [];
    let total = 0;
    for (let after = ''; ;) {
      const of = `figure: LATE, first: 20${after && `, after: "${after}"`}`;
      const [found] = await kpis(`late events(${of}) { ${page} }`, row.providerId);
      if (!found) throw new Error('the row is there');
      for (const { node } of found.events.edges) {
        ids.push(node.eventId);
        for (const thing of node.concerns) things.add(thing);
      }
      total = found.events.totalCount;
      if (!found.events.pageInfo.hasNextPage) break;
      after = found.events.pageInfo.endCursor ?? '';
    }
    expect([things.size, ids.length, new Set(ids).size]).toEqual([row.late, total, total]);
  });

  it('give the same events as files, to the same roles (S2-10)', async () => {
    const of = `figure=late&month=${month}&providerId=${row.providerId}`;
    const [found] = await kpis(`events(figure: LATE, first: 1) { totalCount }`, row.providerId);
    const csv = await (await file('commissioner', `/figures/kpis/events.csv?${of}`)).text();
    const ndjson = await (await file('auditor', `/figures/kpis/events.ndjson?${of}`)).text();
    const count = found?.events.totalCount ?? 0;
    expect(csv.trimEnd().split('\r\n')).toHaveLength(count + 1);
    expect(ndjson.trimEnd().split('\n')).toHaveLength(count);
    const own = `provider:${row.providerId}`;
    const asked = `/figures/kpis/events.ndjson?figure=late&month=${month}`;
    expect(await (await file(own, `${asked}&providerId=${commissionedElsewhere}`)).text()).toBe(
      ndjson,
    );
    expect((await file('broker', `/figures/kpis/events.csv?${of}`)).status).toBe(403);
    expect((await file('commissioner', '/figures/kpis/events.csv')).status).toBe(400);
    expect((await file('commissioner', `/figures/kpis/events.exe?${of}`)).status).toBe(404);
  });

  it('of the council list their events too (S2-1)', async () => {
    const query = `{ councilFigures {
      week planned { visits people } events(figure: PLANNED_VISITS, first: 1) { totalCount } } }`;
    const { councilFigures: answer } = await api.data<{
      councilFigures: { week: string; planned: { visits: number; people: number }; events: Listed };
    }>('broker', query);
    const address = `/figures/council/events.ndjson?figure=planned-visits&week=${answer.week}`;
    const lines = (await (await file('broker', address)).text()).trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { concerns: string[] });
    expect(events).toHaveLength(answer.events.totalCount);
    expect(new Set(events.flatMap(({ concerns }) => concerns)).size).toBe(answer.planned.visits);
  });

  it('are released, given again as they were, and worked out the same (FOI)', async () => {
    const stated = async (query: string) => {
      const commandId = uuidV7(Date.now(), Math.random().toString(16).slice(2, 14));
      const input = `commandId: "${commandId}", query: ${query}, reference: "FOI 1", reason: "Asked."`;
      const { stateFigure: receipt } = await api.data<{
        stateFigure: { id: string; position: string };
      }>('commissioner', `mutation { stateFigure(input: { ${input} }) { id position } }`);
      const { statedFigure: figure } = await api.data<{
        statedFigure: { answer: string; workedOutAgain: { outcome: string; answer: string } };
      }>(
        'auditor',
        `{ statedFigure(figureId: "${receipt.id}", after: "${receipt.position}") {
          answer workedOutAgain { outcome answer } } }`,
      );
      expect(figure.workedOutAgain).toEqual({ outcome: 'SAME', answer: figure.answer });
      return JSON.parse(figure.answer) as Record<string, unknown>;
    };
    const { rows } = (await stated(`PROVIDER_KPIS, month: "${month}"`)) as { rows: Row[] };
    const now = await kpis('providerId missed late');
    const known = rows.map(({ providerId, missed, late }) => ({ providerId, missed, late }));
    expect(known).toEqual(now);
    expect(await stated('COUNCIL_FIGURES')).toHaveProperty('planned.visits');
    const { statedFigures: list } = await api.data<{ statedFigures: { totalCount: number } }>(
      'finance',
      '{ statedFigures(reference: "FOI 1") { totalCount } }',
    );
    expect(list.totalCount).toBe(1);
  });
});
