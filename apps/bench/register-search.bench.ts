import { join } from 'node:path';
import { StartedApi } from '../api/started-api.js';
import { GraphqlClient } from './graphql-client.js';
import { atMost, quantile, shortly, thousands, type Bench, type Section } from './harness.js';
import { registerOfThousands, startsOn } from './register-of-thousands.js';

const contracts = (args: string) =>
  `{ contracts(${args}, first: 50) { totalCount pageInfo { hasNextPage } edges { node { contractId
    providerName type startsOn lastDay admissions { lots admittedOn } rateCards { effectiveOn } } } } }`;
const providers = (args: string) =>
  `{ providers(${args}, first: 50) { totalCount pageInfo { hasNextPage } edges { node { providerId
    legalName tradingNames aliases suspensions { fromOn } } } } }`;

const on = '"2025-09-01"';

/** What an office looks for, by what it is found. */
const questions: Readonly<Record<string, string>> = {
  'contracts by type': contracts('type: SPOT'),
  'contracts by date': contracts(`on: ${on}`),
  'contracts by lot': contracts('lot: "lot-4"'),
  'contracts by type, lot and date': contracts(`type: FRAMEWORK, lot: "lot-2", on: ${on}`),
  'contracts by a lot that has none': contracts('lot: "lot-9"'),
  'providers by a part of a name': providers('name: "juniper at"'),
  'providers by an alias': providers('name: "known as 99"'),
  'providers by a name that none has': providers('name: "nobody"'),
  'providers by lot and date': providers(`lot: "lot-3", on: ${on}`),
  'providers by name, type, lot and date': providers(
    `name: "moss", type: FRAMEWORK, lot: "lot-1", on: ${on}`,
  ),
  'providers suspended on a date': providers(`suspendedOn: ${on}`),
};

/** The register of thousands, searched as its pages are: fifty rows and how many there are (S3-10). */
export const registerSearchBench: Bench = async ({ directory, quick }) => {
  const dataDir = join(directory, 'register-search');
  const size = quick ? { providers: 100, contracts: 250 } : { providers: 2_000, contracts: 5_000 };
  await registerOfThousands(dataDir, { ...size, frameworkEvery: 2 });
  const api = await StartedApi.start({ dataDir });
  const client = new GraphqlClient(api.url, 1);
  try {
    const took = new Map<string, readonly number[]>();
    for (const what of Object.keys(questions)) {
      await measured(client, what, 20);
      took.set(what, await measured(client, what, quick ? 20 : 300));
    }
    return sectionOf(size, took);
  } finally {
    client.close();
    await api.stop();
  }
};

interface Found {
  readonly contracts?: { readonly totalCount: number };
  readonly providers?: { readonly totalCount: number };
}

/** Searches that find nothing, which is the most to look through. */
const findsNothing = ['contracts by a lot that has none', 'providers by a name that none has'];

/** Milliseconds of each answer, one after the other, parsed and checked. */
async function measured(client: GraphqlClient, what: string, times: number) {
  const took: number[] = [];
  const body = JSON.stringify({ query: questions[what] });
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now();
    const { contracts, providers } = await client.ask<Found>('broker', body);
    took.push(performance.now() - startedAt);
    const found = (contracts ?? providers)?.totalCount;
    if ((found === 0) !== findsNothing.includes(what)) throw new Error(`${what}: found ${found}`);
  }
  return took;
}

function sectionOf(
  size: { readonly providers: number; readonly contracts: number },
  took: ReadonlyMap<string, readonly number[]>,
): Section {
  const slowest = Math.max(...[...took.values()].map((each) => quantile(each, 0.99)));
  const rows = [...took].map(([what, each]) => [
    what,
    ...[thousands(each.length), shortly(quantile(each, 0.5)), shortly(quantile(each, 0.99))],
  ]);
  return {
    id: 'register-search',
    title: 'Searching the register',
    text: [
      `The queries \`contracts\` and \`providers\` over ${thousands(size.contracts)} contracts of ` +
        `${thousands(size.providers)} providers, half of them framework contracts since ` +
        `${startsOn}: the first 50 rows and the total count. One connection, one question after ` +
        'the other, answers parsed by the client on the same machine.',
    ],
    tables: [{ head: ['searched', 'asked', 'p50 ms', 'p99 ms'], rows }],
    verdicts: [atMost('slowest search of the register, p99', slowest, 50, 'ms')],
  };
}
