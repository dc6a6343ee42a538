import { join } from 'node:path';
import { systemActor } from '#kernel/actor.js';
import { addDays } from '#kernel/time.js';
import { readConfig } from '#platform/config/config.js';
import { openRuntime } from '#runtime/open-runtime.js';
import type { RunningService } from '#runtime/running-service.js';
import { StartedApi } from '../api/started-api.js';
import { GraphqlClient } from './graphql-client.js';
import { atMost, quantile, shortly, thousands, type Bench, type Section } from './harness.js';
import { needsOf, referenceOf } from './needs.js';
import { registerOfThousands, startsOn } from './register-of-thousands.js';
import { nextId } from './sample-appends.js';

const query = `query ($id: ID!) { eligibleProviders(packageId: $id) {
  startOn route providers { providerId legalName contractId eligible reasons { code weight sentence } }
} }`;

interface Judged {
  readonly eligibleProviders: { readonly providers: readonly { readonly eligible: boolean }[] };
}

/** Admissions begin over 300 days; half of them have begun on the first day of the care. */
const careStartsOn = addDays(startsOn, 150);

/** Who may be asked: the list that an invitation is decided by, and the page that shows each reason. */
export const eligibilityBench: Bench = async ({ directory, quick }) => {
  const dataDir = join(directory, 'eligibility');
  const contracts = quick ? 100 : 1_000;
  await registerOfThousands(dataDir, { providers: contracts, contracts });
  const service = await openRuntime(readConfig({ DATA_DIR: dataDir, DEMO: 'off' }));
  const decided: number[] = [];
  let packageId: string;
  let invited: number;
  try {
    packageId = await referred(service);
    await service.settle();
    await listed(service, 10);
    const { took, found } = await listed(service, quick ? 20 : 300);
    decided.push(...took);
    invited = found;
  } finally {
    await service.close();
  }
  const shown = await pages(dataDir, packageId, quick ? 20 : 300, invited);
  return sectionOf(contracts, invited, { decided, shown });
};

const referred = async ({ commands }: RunningService): Promise<string> => {
  const reference = referenceOf('eligibility');
  const command = { commandId: nextId(), reference, needs: needsOf(0, careStartsOn) };
  return (await commands.executeNamed('ReferPackage', command, { actor: systemActor })).id;
};

async function listed({ commands }: RunningService, times: number) {
  const took: number[] = [];
  let found = 0;
  for (let index = 0; index < times; index += 1) {
    const wanted = needsOf(index * 56, careStartsOn);
    const startedAt = performance.now();
    const { value } = await commands.reader.list<readonly object[]>('eligibleContracts', wanted);
    took.push(performance.now() - startedAt);
    found = value.length;
  }
  return { took, found };
}

async function pages(dataDir: string, id: string, times: number, invited: number) {
  const api = await StartedApi.start({ dataDir });
  const client = new GraphqlClient(api.url, 1);
  const body = JSON.stringify({ query, variables: { id } });
  const took: number[] = [];
  try {
    for (let index = -10; index < times; index += 1) {
      const startedAt = performance.now();
      const { eligibleProviders } = await client.ask<Judged>('broker', body);
      if (index >= 0) took.push(performance.now() - startedAt);
      const eligible = eligibleProviders.providers.filter((each) => each.eligible).length;
      if (eligible !== invited) throw new Error(`${eligible} are shown, ${invited} are invited`);
    }
  } finally {
    client.close();
    await api.stop();
  }
  return took;
}

function sectionOf(
  contracts: number,
  invited: number,
  { decided, shown }: Readonly<Record<'decided' | 'shown', readonly number[]>>,
): Section {
  const row = (what: string, took: readonly number[]) => [
    what,
    ...[thousands(took.length), shortly(quantile(took, 0.5)), shortly(quantile(took, 0.99))],
  ];
  return {
    id: 'eligibility',
    title: 'Who may be asked',
    text: [
      `A package judged against ${thousands(contracts)} framework contracts of as many providers, ` +
        `${thousands(invited)} of which may be asked. The list is what an invitation is decided ` +
        'by, with the weekly cost under each contract; the query `eligibleProviders` shows every ' +
        'provider with every reason, over HTTP, parsed by the client on the same machine.',
    ],
    tables: [
      {
        head: ['asked for', 'times', 'p50 ms', 'p99 ms'],
        rows: [row('the list of a decision', decided), row('every reason over HTTP', shown)],
      },
    ],
    verdicts: [atMost('eligibility over 1,000 contracts, p99', quantile(decided, 0.99), 50, 'ms')],
  };
}
