import { setTimeout as pause } from 'node:timers/promises';
import { addDays, type CivilDate } from '#kernel/time.js';
import { payPeriodOf } from '#kernel/payment-period.js';
import type { StartedApi } from '../api/started-api.js';
import { timed } from './harness.js';
import { nextId } from './sample-appends.js';

/** How often the job is asked after. */
const everyMs = 20;

export interface PreparedStatements {
  readonly providers: number;
  readonly lines: number;
  readonly seconds: number;
}

interface Answered {
  readonly policy: {
    readonly pay: { readonly periodsFromOn: string; readonly periodWeeks: number };
  };
  readonly prepareStatements: {
    readonly providers: number;
    readonly jobId: string;
    readonly position: string;
  };
  readonly job: {
    readonly job: { readonly endedAt: string | null };
    readonly asOf: { readonly position: string };
  };
  readonly statements: { readonly edges: readonly { readonly node: { lineCount: number } }[] };
}

/** Prepares the statements of the last period that is over before a day, for every provider. */
export async function prepareStatements(
  api: StartedApi,
  endsBefore: CivilDate,
): Promise<PreparedStatements> {
  const ask = (query: string, variables = {}) => api.data<Answered>('finance', query, variables);
  const { policy } = await ask('{ policy { pay { periodsFromOn periodWeeks } } }');
  const { startsOn } = payPeriodOf(addDays(endsBefore, -7 * policy.pay.periodWeeks), policy.pay);
  const mutation = `mutation ($input: PrepareStatements!) {
    prepareStatements(input: $input) { providers jobId position } }`;
  const input = { commandId: nextId(), periodStartsOn: startsOn };
  const { seconds, result } = await timed(async () => {
    const { prepareStatements: started } = await ask(mutation, { input });
    const query = `query ($id: ID!, $after: String) { job(id: $id, after: $after) {
      job { endedAt } asOf { position } } }`;
    const variables = { id: started.jobId, after: started.position };
    for (;;) {
      const { job } = await ask(query, variables);
      if (job.job.endedAt !== null) return { ...started, position: job.asOf.position };
      await pause(everyMs);
    }
  });
  const { statements } = await ask(
    `query ($after: String) { statements(periodStartsOn: "${startsOn}", first: 100, after: $after) {
      edges { node { lineCount } } } }`,
    { after: result.position },
  );
  const lines = statements.edges.reduce((sum, { node }) => sum + node.lineCount, 0);
  return { providers: result.providers, lines, seconds };
}
