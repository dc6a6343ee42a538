import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { civilDateOf, monthAfter, monthOf } from '#kernel/time.js';
import { StartedApi } from './started-api.js';

const browserFile =
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ??
  process.env['CHROMIUM'];
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const thisMonth = monthOf(civilDateOf(new Date().toISOString()));
const month = monthAfter(thisMonth, -1);

interface Row {
  readonly providerId: string;
  readonly providerName: string;
  readonly missed: number;
  readonly late: number;
  readonly punctualityStandard: { readonly kept: number; readonly required: number };
}
const shares = `providerId providerName planned missed late evidenced
  punctualityStandard { kept required display interval { low high } }
  continuity { kept required } notMissed { kept required }`;

async function until(done: () => Promise<boolean>, ms: number): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`it did not happen within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

describe('Reports on providers', () => {
  let api: StartedApi;
  let browser: Browser;
  let first: Row;
  const complaints: string[] = [];

  beforeAll(async () => {
    if (!browserFile) {
      throw new Error('This test needs a browser: apt-get install -y chromium, or set CHROMIUM.');
    }
    browser = await chromium.launch({ executablePath: browserFile, args: ['--no-sandbox'] });
    api = await StartedApi.start({ environment: { DEMO: 'small' } });
    const rows = async () =>
      (
        await api.data<{ providerKpis: { rows: Row[] } }>(
          'commissioner',
          `{ providerKpis(month: "${month}") { rows { ${shares} } } }`,
        )
      ).providerKpis.rows;
    await until(() => Promise.resolve(api.printed.includes('is loaded')), 170_000);
    await until(async () => (await rows()).length > 1, 60_000);
    const [row] = await rows();
    if (!row) throw new Error('the demo has visits last month');
    first = row;
  }, 240_000);

  afterAll(async () => {
    await browser?.close();
    await api?.stop();
  });

  const answer = async (person: string, address: string) =>
    api.get(address, { headers: { authorization: `Bearer ${await api.token(person)}` } });
  const league = `/reports/league?month=${month}`;
  const ofProvider = (id: string, end = '') => `/reports/provider/${id}${end}?month=${month}`;

  async function open(person: string, address: string, examined = false): Promise<Page> {
    const context = await browser.newContext({
      ...{ javaScriptEnabled: examined, bypassCSP: examined },
      extraHTTPHeaders: { authorization: `Bearer ${await api.token(person)}` },
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${api.url}${address}`);
    return page;
  }

  async function faults(page: Page): Promise<string[]> {
    await page.evaluate(readFileSync(axeFile, 'utf8'));
    const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
    return violations.map(({ id }) => id);
  }

  it('are for those who compare providers, and closed to brokers (S1-13, L1)', async () => {
    const provider = `provider:${first.providerId}`;
    for (const address of [league, ofProvider(first.providerId)]) {
      for (const person of ['commissioner', 'quality-officer', 'auditor', provider]) {
        expect([person, (await answer(person, address)).status]).toEqual([person, 200]);
      }
      for (const person of ['broker', 'senior-broker', 'finance']) {
        expect([person, (await answer(person, address)).status]).toEqual([person, 403]);
      }
      expect((await api.get(address)).status).toBe(401);
    }
  });

  it('show a provider itself and no other (L1)', async () => {
    const provider = `provider:${first.providerId}`;
    const names = async (person: string) => {
      const lines = (await (await answer(person, `/reports/league.csv?month=${month}`)).text())
        .trim()
        .split('\r\n');
      return lines.slice(1);
    };
    expect((await names('commissioner')).length).toBeGreaterThan(1);
    const own = await names(provider);
    expect(own.length).toBeLessThanOrEqual(1);
    expect((await answer('provider:someone', ofProvider(first.providerId))).status).toBe(404);
    expect((await answer('commissioner', ofProvider('nobody'))).status).toBe(404);
  });

  it('refuse a month that is none', async () => {
    expect((await answer('auditor', '/reports/league?month=2026-13')).status).toBe(400);
  });

  it('show the league in a browser without accessibility faults, a table to each chart (L1)', async () => {
    const page = await open('commissioner', league, true);
    await page.getByRole('heading', { level: 1, name: /^Provider league, / }).waitFor();
    expect(await page.getByRole('img').count()).toBe(5);
    expect(await page.getByRole('table').count()).toBe(5);
    expect(await page.locator('script').count()).toBe(0);
    expect(await faults(page)).toEqual([]);
  });

  it('show a provider’s months in a browser without accessibility faults (S2-10)', async () => {
    const page = await open('quality-officer', ofProvider(first.providerId), true);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('img').count()).toBe(6);
    expect(await page.getByRole('table').count()).toBe(6);
    expect(await faults(page)).toEqual([]);
  });

  it('say the same without JavaScript, and break no policy of the page', async () => {
    const page = await open('auditor', ofProvider(first.providerId));
    const { kept, required } = first.punctualityStandard;
    await page
      .getByRole('cell', { name: `${kept} of ${required}` })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('come as files for spreadsheets with the figures of the query (S2-10)', async () => {
    const file = await answer('auditor', ofProvider(first.providerId, '.csv'));
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.headers.get('cache-control')).toBe('private, no-store');
    const [head, newest] = (await file.text()).replace('\ufeff', '').split('\r\n');
    const at = (head ?? '').split(',').indexOf('punctualityStandardKept');
    const cells = (newest ?? '').split(',').slice(-((head ?? '').split(',').length - at));
    expect(cells.slice(0, 2).map(Number)).toEqual([
      first.punctualityStandard.kept,
      first.punctualityStandard.required,
    ]);
  });

  it('give a provider its monthly return, by query and as a file (X22)', async () => {
    const provider = `provider:${first.providerId}`;
    const asked = `{ providerReturn(month: "${month}", providerId: "${first.providerId}") {
      providerName visitsScheduled visitsMissed visitsLate packagesActive packagesStarted } }`;
    const { providerReturn: own } = await api.data<{ providerReturn: Record<string, number> }>(
      provider,
      asked,
    );
    expect(own).toMatchObject({ visitsMissed: first.missed, visitsLate: first.late });
    expect(own['packagesActive']).toBeGreaterThan(0);
    const address = `/reports/return/${first.providerId}.csv?month=${month}`;
    expect(await (await answer(provider, address)).text()).toContain('visitsScheduled');
    expect((await answer('provider:someone', address)).status).toBe(404);
    expect((await answer('broker', address)).status).toBe(403);
  });

  it('refuse the return of a provider that nobody knows, and give a known one’s (X22)', async () => {
    const ask = (providerId: string) =>
      api.graphql(
        'commissioner',
        `{ providerReturn(month: "${month}", providerId: "${providerId}") { providerName } }`,
      );
    const unknown = '01932e1c-0000-7000-8000-0000000fffff';
    const { errors } = await ask(unknown);
    expect(errors?.[0]).toMatchObject({
      message: 'There is no such provider.',
      extensions: { code: 'ProviderUnknown' },
    });
    expect((await ask(first.providerId)).errors).toBeUndefined();
    const file = (id: string) => answer('commissioner', `/reports/return/${id}.csv?month=${month}`);
    expect((await file(unknown)).status).toBe(404);
    expect((await file(first.providerId)).status).toBe(200);
  });

  it('can be counted anew, equal to what is stored, and by another tolerance (S2-9)', async () => {
    const asked = (policy: string) =>
      api.data<{ kpiWhatIf: { stored: { rows: Row[] }; whatIf: { rows: Row[] } } }>(
        'commissioner',
        `{ kpiWhatIf(month: "${month}", policy: ${policy}) {
          stored { rows { ${shares} } } whatIf { rows { ${shares} } } } }`,
      );
    const { kpiWhatIf: same } = await asked('{}');
    expect(same.whatIf.rows).toEqual(same.stored.rows);
    const { kpiWhatIf: none } = await asked(
      '{ punctualityToleranceMinutes: { standard: 0, critical: 0 } }',
    );
    expect(none.whatIf.rows[0]?.punctualityStandard.kept).toBeLessThan(
      none.stored.rows[0]?.punctualityStandard.kept ?? 0,
    );
  });

  it('can be told as known now and long ago (X21)', async () => {
    const known = async (knownOn: string) =>
      (
        await api.data<{ providerKpis: { rows: Row[] } }>(
          'auditor',
          `{ providerKpis(month: "${month}", knownOn: "${knownOn}") { rows { ${shares} } } }`,
        )
      ).providerKpis.rows;
    expect(await known('2001-01-01')).toEqual([]);
    const now = await known('2999-12-31');
    expect(now.find(({ providerId }) => providerId === first.providerId)).toEqual(first);
  });
});
