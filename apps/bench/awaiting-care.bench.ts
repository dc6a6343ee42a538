import { join } from 'node:path';
import { StartedApi } from '../api/started-api.js';
import { Council } from './council.js';
import { GraphqlClient } from './graphql-client.js';
import {
  median,
  percent,
  ratePerSecond,
  ratioVerdict,
  thousands,
  type Bench,
  type BenchOptions,
  type Section,
} from './harness.js';
import { patches } from './needs.js';

const connections = 16;
const rows = 50;

const node = `packageId referralRef stage stageSince waitingSince ageDays stageDays weeklyMinutes
  patch postcodeDistrict lot serviceLine urgent hospitalDischarge startOn`;
const first = (
  asked: string,
) => `query ($filter: AwaitingCareFilter, $sort: AwaitingCareSort!, $cursor: String) {
  awaitingCare(filter: $filter, sort: $sort, cursor: $cursor, first: ${rows}) {
    edges { cursor node { ${node} } } pageInfo { hasNextPage endCursor } asOf { position } ${asked}
  }
}`;
const withTotals = first('totalCount totals { packages weeklyMinutes }');
const pageAlone = first('');

interface Page {
  readonly awaitingCare: {
    readonly edges: readonly unknown[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

/** The awaiting-care list against the same service with a constant resolver. */
export const awaitingCareBench: Bench = async (options) => {
  const dataDir = join(options.directory, 'awaiting-care');
  const waiting = options.quick ? 1_000 : 10_000;
  const council = await Council.open(dataDir);
  await council.refer(waiting);
  await council.close();
  const list = await StartedApi.start({ dataDir });
  const bodies = await bodiesOf(list.url).finally(() => list.stop());
  const measured = await rounds(dataDir, bodies, options);
  return sectionOf(waiting, bodies.length, measured);
};

/** Every filter and order with its first three pages; the first one asks for totals too. */
async function bodiesOf(url: string): Promise<readonly string[]> {
  const client = new GraphqlClient(url, connections);
  const filters = [
    {},
    { urgent: true },
    { hospitalDischarge: false },
    { minimumWeeklyMinutes: 840 },
    { patch: patches[0] },
    { patch: patches[3], urgent: false },
  ];
  const sorts = ['OLDEST_FIRST', 'URGENT_FIRST', 'MOST_CARE_FIRST', 'START_FIRST'];
  const bodies: string[] = [];
  for (const filter of filters) {
    for (const sort of sorts) {
      let cursor: string | undefined;
      for (let page = 0; page < 3; page += 1) {
        const query = page === 0 ? withTotals : pageAlone;
        const body = JSON.stringify({ query, variables: { filter, sort, cursor } });
        const { edges, pageInfo } = (await client.ask<Page>('broker', body)).awaitingCare;
        if (edges.length === rows) bodies.push(body);
        if (!pageInfo.hasNextPage) break;
        cursor = pageInfo.endCursor;
      }
    }
  }
  client.close();
  return bodies;
}

interface Rates {
  readonly list: number[];
  readonly constant: number[];
}

/** One after the other on the same data, in turns: both have the machine to themselves. */
async function rounds(dataDir: string, bodies: readonly string[], options: BenchOptions) {
  const preload = new URL('./constant-list.js', import.meta.url).href;
  const rates: Rates = { list: [], constant: [] };
  for (let round = 0; round < (options.quick ? 1 : 3); round += 1) {
    rates.list.push(await rateOf(dataDir, bodies, options, {}));
    const environment = { NODE_OPTIONS: `--import=${preload}` };
    rates.constant.push(await rateOf(dataDir, bodies, options, environment));
  }
  return rates;
}

async function rateOf(
  dataDir: string,
  bodies: readonly string[],
  { quick }: BenchOptions,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const api = await StartedApi.start({ dataDir, environment });
  const client = new GraphqlClient(api.url, connections);
  let asked = 0;
  const ask = async () => {
    const body = bodies[(asked += 1) % bodies.length] ?? '';
    const { edges } = (await client.ask<Page>('broker', body)).awaitingCare;
    if (edges.length !== rows) throw new Error(`${edges.length} rows were answered`);
  };
  try {
    await ratePerSecond(connections, quick ? 1 : 4, ask);
    return await ratePerSecond(connections, quick ? 2 : 8, ask);
  } finally {
    client.close();
    await api.stop();
  }
}

function sectionOf(waiting: number, requests: number, { list, constant }: Rates): Section {
  const ratio = median(list) / median(constant);
  return {
    id: 'awaiting-care',
    title: 'The awaiting-care list',
    text: [
      `Pages of ${rows} rows out of ${thousands(waiting)} waiting packages: ${requests} different ` +
        'requests of six filters, four orders and up to three pages each, the first page with totals, ' +
        `over ${connections} connections, answers parsed by the client on the same machine. No ` +
        'response is cached. The peer is the same service with guards, validation and schema, whose ' +
        'resolver answers one constant page.',
    ],
    tables: [
      {
        head: ['list requests/s', 'constant resolver requests/s', 'list : constant'],
        rows: [[thousands(median(list)), thousands(median(constant)), percent(ratio)]],
      },
    ],
    verdicts: [ratioVerdict('awaiting-care list: of a constant resolver', ratio, 0.8, '%')],
  };
}
