import { join } from 'node:path';
import { StartedApi } from '../api/started-api.js';
import { GraphqlClient } from './graphql-client.js';
import { atMost, quantile, shortly, thousands, type Bench, type Section } from './harness.js';
import { presentedOffers } from './presented-offers.js';

const offers = 6;

const query = `query ($requestId: ID!) { offerSheet(requestId: $requestId) {
  requestNumber presentedAt introduction asOf { position }
  offers { label offerId providerName stands startOn firstDay familiarity familiarityInWords
    weeklyCostPence price visits { line days wantedStart offeredStart differenceMinutes difference
    minutes carers sentence } }
} }`;

interface Sheet {
  readonly offerSheet: { readonly offers: readonly { readonly familiarity: string }[] } | null;
}

/** The sheet that a broker opens beside the person, each time of another request. */
export const offerSheetBench: Bench = async ({ directory, quick }) => {
  const dataDir = join(directory, 'offer-sheet');
  const requestIds = await presentedOffers(dataDir, quick ? 50 : 1_000, offers);
  const api = await StartedApi.start({ dataDir });
  const client = new GraphqlClient(api.url, 1);
  try {
    const asked = quick ? 200 : 4_000;
    await measured(client, requestIds, asked / 4);
    return sectionOf(requestIds.length, await measured(client, requestIds, asked));
  } finally {
    client.close();
    await api.stop();
  }
};

/** Milliseconds of each answer, one after the other, parsed and checked. */
async function measured(
  client: GraphqlClient,
  requestIds: readonly string[],
  times: number,
): Promise<readonly number[]> {
  const took: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const variables = { requestId: requestIds[(index * 7919) % requestIds.length] };
    const startedAt = performance.now();
    const { offerSheet } = await client.ask<Sheet>('broker', JSON.stringify({ query, variables }));
    took.push(performance.now() - startedAt);
    const known = offerSheet?.offers.filter(({ familiarity }) => familiarity === 'HAS_CARED');
    if (offerSheet?.offers.length !== offers || known?.length !== 1) {
      throw new Error('the sheet does not hold what was presented');
    }
  }
  return took;
}

function sectionOf(requests: number, took: readonly number[]): Section {
  const p50 = quantile(took, 0.5);
  const p99 = quantile(took, 0.99);
  return {
    id: 'offer-sheet',
    title: 'The offer sheet',
    text: [
      `The query \`offerSheet\` with all its fields: ${thousands(requests)} requests with ${offers} ` +
        'offers each, whose person one of the providers cared for before. One connection, one ' +
        'question after the other, answers parsed by the client on the same machine.',
    ],
    tables: [
      {
        head: ['asked', 'p50 ms', 'p99 ms'],
        rows: [[thousands(took.length), shortly(p50), shortly(p99)]],
      },
    ],
    verdicts: [atMost('offer sheet over HTTP, p99', p99, 50, 'ms')],
  };
}
