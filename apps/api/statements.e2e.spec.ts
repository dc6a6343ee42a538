import { startSampledApi, type SampledApi } from './access/sampled-api.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';

/** The sampled council stands on 2026-11-22; one statement of this period is closed there. */
const periodStartsOn = '2026-10-12';
const month = '2026-10';

interface Line {
  readonly lineKey: string;
  readonly pence: number;
  readonly heldPence?: number;
}
interface StatementAnswer {
  readonly statementId: string;
  readonly status: string;
  readonly totalPence: number;
  readonly heldCount: number;
  readonly lines: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: Line }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
  readonly held: { readonly edges: readonly { readonly node: Line }[] };
  readonly queries: readonly { queryId: string; queryReason?: string; answerReason?: string }[];
}

describe('Statements over HTTP', () => {
  let sampled: SampledApi;
  let api: SampledApi['api'];
  let providerId: string;
  let statementId: string;
  let position = '0';

  async function send(person: string, command: string, fields: object): Promise<string> {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { ${name}(input: $input) { id position } }`;
    const input = { commandId: newCommandId(), ...fields };
    type Sent = Record<string, { id: string; position: string }>;
    const sent = (await api.data<Sent>(person, mutation, { input }))[name];
    ({ position } = sent ?? { position });
    return sent?.id ?? '';
  }
  async function refusal(person: string, command: string, fields: object, answer = 'id') {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { ${name}(input: $input) { ${answer} } }`;
    const input = { commandId: newCommandId(), ...fields };
    const { errors } = await api.graphql(person, mutation, { input });
    return errors?.[0]?.extensions.code ?? 'nothing was refused';
  }
  /** Waits for a job's end, and answers a position that has all that it did. */
  async function finished(jobId: string, after: string): Promise<string> {
    const query = `{ job(id: "${jobId}", after: "${after}") {
      job { status total done } asOf { position } } }`;
    type Job = { status: string; total: number; done: number };
    for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
      const { job } = await api.data<{ job: { job: Job; asOf: { position: string } } }>(
        'finance',
        query,
      );
      if (job.job.status === 'FINISHED') {
        expect(job.job.done).toBe(job.job.total);
        return job.asOf.position;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the job ${jobId} did not end`);
  }
  async function statement(person: string, cursor?: string): Promise<StatementAnswer | undefined> {
    const query = `query ($id: ID!, $after: String, $cursor: String) {
      statement(statementId: $id, after: $after) {
        statementId status totalPence heldCount
        lines(first: 100, cursor: $cursor) {
          totalCount edges { node { lineKey pence } } pageInfo { hasNextPage endCursor }
        }
        held: lines(kind: HELD, first: 100) { edges { node { lineKey pence heldPence } } }
        queries { queryId queryReason answerReason }
      } }`;
    type Answer = { statement: StatementAnswer | null };
    const variables = { id: statementId, after: position, ...(cursor && { cursor }) };
    const { statement: found } = await api.data<Answer>(person, query, variables);
    return found ?? undefined;
  }
  async function csv(person: string, path: string) {
    const headers = { authorization: `Bearer ${await api.token(person)}` };
    const response = await api.get(`/pay/${path}`, { headers });
    return { status: response.status, rows: (await response.text()).trim().split('\r\n') };
  }
  const sumOfLast = (rows: readonly string[]) =>
    rows.slice(1).reduce((sum, row) => sum + Number(row.split(',').at(-1)), 0);

  beforeAll(async () => {
    sampled = await startSampledApi();
    ({ api } = sampled);
    const { payAccrual } = await api.data<{
      payAccrual: { providers: { providerId: string; heldPence: number }[] };
    }>('finance', `{ payAccrual(month: "${month}") { providers { providerId heldPence } } }`);
    providerId = payAccrual.providers.find(({ heldPence }) => heldPence > 0)?.providerId ?? '';
  }, 120_000);
  afterAll(() => sampled.stop());

  it('are prepared by finance, and add up page by page (S2-18)', async () => {
    statementId = await send('finance', 'PrepareStatement', { providerId, periodStartsOn });
    const first = await statement('finance');
    expect(first).toMatchObject({ statementId, status: 'PREPARED' });
    const lines: Line[] = [];
    for (let page = first; page;) {
      lines.push(...page.lines.edges.map(({ node }) => node));
      const { hasNextPage, endCursor } = page.lines.pageInfo;
      page = hasNextPage ? await statement('finance', endCursor) : undefined;
    }
    expect(lines).toHaveLength(first?.lines.totalCount ?? 0);
    expect(lines.reduce((sum, { pence }) => sum + pence, 0)).toBe(first?.totalPence);
    const crooked = { providerId, periodStartsOn: '2026-10-19' };
    expect(await refusal('finance', 'PrepareStatement', crooked)).toBe('PayPeriodUnknown');
    expect(await refusal('broker', 'PrepareStatement', crooked)).toBe('FORBIDDEN');
  });

  it('are prepared for every provider by one job with a result each (S2-18)', async () => {
    const mutation = `mutation ($input: PrepareStatements!) {
      prepareStatements(input: $input) { providers jobId position } }`;
    const input = { commandId: newCommandId(), periodStartsOn };
    type Started = { providers: number; jobId: string; position: string };
    const prepare = async () =>
      (await api.data<{ prepareStatements: Started }>('finance', mutation, { input }))
        .prepareStatements;
    const started = await prepare();
    expect(started.providers).toBeGreaterThan(1);
    position = await finished(started.jobId, started.position);
    // Sent again it is the same job, and prepares nothing anew.
    expect((await prepare()).jobId).toBe(started.jobId);
    const items = `{ jobItems(jobId: "${started.jobId}", after: "${position}", first: 100) {
      totalCount edges { node { outcome id label } } } }`;
    type Item = { outcome: string; id: string; label: string };
    const { jobItems } = await api.data<{
      jobItems: { totalCount: number; edges: { node: Item }[] };
    }>('finance', items);
    expect(jobItems.totalCount).toBe(started.providers);
    expect(jobItems.edges.map(({ node }) => node)).toContainEqual({
      ...{ outcome: 'DONE', id: statementId, label: `provider ${providerId}` },
    });
    const query = `query ($after: String) { statements(after: $after, periodStartsOn: "${periodStartsOn}") { totalCount } }`;
    const { statements } = await api.data<{ statements: { totalCount: number } }>(
      'commissioner',
      query,
      { after: position },
    );
    // And the one that is closed already.
    expect(statements.totalCount).toBe(started.providers + 1);
  });

  it('are not prepared for a period that is not over (S2-18)', async () => {
    const running = { periodStartsOn: '2026-11-09' };
    expect(await refusal('finance', 'PrepareStatements', running, 'providers')).toBe(
      'PayPeriodNotOver',
    );
    expect(await refusal('broker', 'PrepareStatements', running, 'providers')).toBe('FORBIDDEN');
  });

  it('are read by their own provider, by no other and by no broker (S1-13)', async () => {
    expect((await statement(`provider:${providerId}`))?.statementId).toBe(statementId);
    expect(await statement('provider:somebody-else')).toBeUndefined();
    const asked = await api.graphql('broker', '{ statements { totalCount } }');
    expect(asked.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const patterns = `{ payPatterns(month: "${month}") { providers { legs justOver justUnder } } }`;
    for (const person of [`provider:${providerId}`, 'broker', 'commissioner']) {
      const { errors } = await api.graphql(person, patterns);
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const found = await api.data<{ payPatterns: { providers: { legs: number }[] } }>(
      'quality-officer',
      patterns,
    );
    expect(found.payPatterns.providers[0]?.legs).toBeGreaterThan(0);
  });

  it('explain a line in plain steps (S2-18)', async () => {
    const lineKey = (await statement('finance'))?.lines.edges[0]?.node.lineKey;
    const query = `query ($id: ID!, $key: ID!) {
      explainLine(statementId: $id, lineKey: $key) { steps rulesVersion line { pence } } }`;
    const { explainLine } = await api.data<{ explainLine: { steps: string[] } }>('auditor', query, {
      ...{ id: statementId, key: lineKey },
    });
    expect(explainLine.steps.join(' ')).toMatch(/logged in at .* rounded once \(S2-18\)/);
  });

  it('pay held minutes once a second person approves, and are queried and answered (S2-17b, X15)', async () => {
    const before = await statement('finance');
    const [held] = before?.held.edges ?? [];
    const ask = { statementId, lineKey: held?.node.lineKey, reason: 'A fall.' };
    expect(await refusal('finance', 'ApproveHeldPay', ask)).toBe('HeldPayApproverIsPreparer');
    await send('second-finance', 'ApproveHeldPay', ask);
    const after = await statement('finance');
    const paid = (after?.totalPence ?? 0) - (before?.totalPence ?? 0);
    expect(paid).toBe(held?.node.heldPence);
    const provider = `provider:${providerId}`;
    await send(provider, 'QueryStatementLine', { ...ask, reason: 'The carer stayed.' });
    const [query] = (await statement('finance'))?.queries ?? [];
    expect(query?.queryReason).toBe('The carer stayed.');
    const answer = { statementId, queryId: query?.queryId, outcome: 'UPHELD', reason: 'Yes.' };
    await send('finance', 'AnswerStatementQuery', answer);
    expect((await statement(provider))?.queries[0]?.answerReason).toBe('Yes.');
    expect((await statement('commissioner'))?.queries[0]?.answerReason).toBeNull();
  });

  it('are approved by a second person, closed, and given to the ledger to the penny (S2-18, X14)', async () => {
    expect(await refusal('finance', 'ApproveStatement', { statementId })).toBe(
      'StatementApproverIsPreparer',
    );
    await send('second-finance', 'ApproveStatement', { statementId });
    await send('finance', 'CloseStatement', { statementId });
    const again = { providerId, periodStartsOn };
    expect(await refusal('finance', 'PrepareStatement', again)).toBe('StatementAlreadyApproved');
    const closed = await statement('finance');
    expect(closed?.status).toBe('CLOSED');
    const ledger = await csv('finance', `statements/${statementId}/ledger.csv`);
    expect(ledger.rows[0]).toBe(
      'statement,provider,period_starts_on,status,package,person,payer,ledger_code,pence',
    );
    expect(sumOfLast(ledger.rows)).toBe(closed?.totalPence);
    const lines = await csv(`provider:${providerId}`, `statements/${statementId}/lines.csv`);
    expect(sumOfLast(lines.rows)).toBe(closed?.totalPence);
    const charges = await csv('auditor', `charges.csv?periodStartsOn=${periodStartsOn}`);
    const { statements } = await api.data<{
      statements: { edges: { node: { totalPence: number } }[] };
    }>(
      'auditor',
      `{ statements(periodStartsOn: "${periodStartsOn}", status: CLOSED) { edges { node { totalPence } } } }`,
    );
    const sums = statements.edges.map(({ node }) => node.totalPence);
    expect(sumOfLast(charges.rows)).toBe(sums.reduce((sum, pence) => sum + pence, 0));
  });

  it('are told against the year’s budget, until the forecast is over it (S2-18)', async () => {
    const query = `query ($after: String) { budgetCommitment(after: $after) {
      year forecastPence unpriced { packageId }
      services { serviceLine budgetPence paidPence committedPence forecastPence headroomPence } } }`;
    type Service = Record<'paidPence' | 'committedPence' | 'forecastPence', number> & {
      readonly serviceLine: string | null;
      readonly headroomPence: number | null;
    };
    const told = async () =>
      (
        await api.data<{
          budgetCommitment: { year: number; forecastPence: number; services: Service[] };
        }>('finance', query, { after: position })
      ).budgetCommitment;
    const before = await told();
    const sum = before.services.reduce((total, { forecastPence }) => total + forecastPence, 0);
    expect(before.forecastPence).toBe(sum);
    const [longTerm] = before.services;
    expect(longTerm).toMatchObject({ serviceLine: 'LONG_TERM', headroomPence: null });
    expect(longTerm?.committedPence).toBeGreaterThan(0);
    const longTermPence = (longTerm?.forecastPence ?? 0) - 1;
    const beyond32Bits = 3_000_000_000;
    const change = {
      ...{ effectiveOn: `${before.year}-04-01`, reason: 'The budget of the year.' },
      values: { budgets: { longTermPence, shortTermPence: beyond32Bits } },
    };
    await send('commissioner', 'ChangePolicy', change);
    const { policy } = await api.data<{ policy: { changes: { changeId: string }[] } }>(
      'commissioner',
      'query ($after: String) { policy(after: $after) { changes { changeId } } }',
      { after: position },
    );
    const { changeId } = policy.changes[0] ?? {};
    await send('second-commissioner', 'ApprovePolicyChange', { changeId });
    const [over, shortTerm] = (await told()).services;
    expect(over).toMatchObject({ headroomPence: -1 });
    const headroomPence = beyond32Bits - (shortTerm?.forecastPence ?? 0);
    expect(shortTerm).toMatchObject({ headroomPence });
    expect((await api.graphql('broker', query)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const { rows } = await csv('finance', `commitment.csv?year=${before.year}`);
    expect(rows[0]).toMatch(/^package,service_line,paid_pence/);
    const cells = rows.slice(1).map((row) => row.split(',').slice(2, 6).map(Number));
    expect(cells.flat().reduce((total, pence) => total + pence, 0)).toBe(before.forecastPence);
    expect((await csv('finance', 'commitment.csv')).status).toBe(400);
  });

  it('are files for those who may read them, and for nobody else (X16)', async () => {
    const path = `statements/${statementId}`;
    expect((await csv('broker', `${path}/ledger.csv`)).status).toBe(403);
    expect((await csv(`provider:${providerId}`, `${path}/ledger.csv`)).status).toBe(403);
    expect((await csv('provider:somebody-else', `${path}/lines.csv`)).status).toBe(404);
    expect((await csv('finance', 'charges.csv')).status).toBe(400);
    const accrual = await csv('finance', `accrual.csv?month=${month}`);
    expect(accrual.rows[0]).toBe('provider,month,lines,pence,held_pence');
  });
});
