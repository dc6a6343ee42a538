import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { addDays, civilDateOf, isoWeekOf, mondayOf } from '#kernel/time.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { StartedApi } from './started-api.js';

const browserFile =
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ??
  process.env['CHROMIUM'];
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const today = civilDateOf(new Date().toISOString());
const monday = mondayOf(isoWeekOf(today));
const planted = '<script>document.title = "taken over"</script> & Sons "Care"';
const nobody = '01900000-0000-7000-8000-000000000000';

interface Sent {
  readonly id: string;
  readonly position: string;
}

describe('Pages for print and mail', () => {
  let api: StartedApi;
  let browser: Browser;
  const providers: string[] = [];
  let packageId = '';
  let requestId = '';
  const complaints: string[] = [];
  const hosts = new Set<string>();

  async function send(person: string, command: string, fields: object): Promise<Sent> {
    const name = `${command.charAt(0).toLowerCase()}${command.slice(1)}`;
    const mutation = `mutation ($input: ${command}!) { sent: ${name}(input: $input) { id position } }`;
    const commandId = newCommandId();
    const input = { commandId, ...fields };
    return (await api.data<{ sent: Sent }>(person, mutation, { input })).sent;
  }

  async function admitted(legalName: string, frameworkId: string, openingId: string) {
    const { id: providerId } = await send('commissioner', 'RegisterProvider', {
      ...{ legalName, tradingNames: [], cqcLocationIds: [] },
    });
    const { id: contractId } = await send('commissioner', 'OpenContract', {
      ...{ providerId, frameworkId, type: 'FRAMEWORK', startsOn: monday },
    });
    await send('commissioner', 'AdmitToLots', {
      ...{ contractId, openingId, lots: ['lot-1'], admittedOn: monday },
    });
    const rates = [{ dayKind: 'WEEKDAY_DAY', pencePerHour: 2100 }];
    await send('commissioner', 'SetRateCard', { contractId, effectiveOn: monday, rates });
    return providerId;
  }

  async function opened(): Promise<{ frameworkId: string; openingId: string }> {
    const { id: frameworkId } = await send('commissioner', 'EstablishFramework', {
      ...{ name: 'Care at home', startsOn: monday, lastDay: addDays(monday, 700) },
      lots: [{ lot: 'lot-1', name: 'Home care' }],
    });
    const { position: after } = await send('commissioner', 'OpenFramework', {
      ...{ frameworkId, opensOn: monday, lots: ['lot-1'] },
    });
    const { frameworks } = await api.data<{
      frameworks: { frameworks: { openings: { openingId: string }[] }[] };
    }>(
      'commissioner',
      'query ($after: String) { frameworks(after: $after) { frameworks { openings { openingId } } } }',
      { after },
    );
    return { frameworkId, openingId: frameworks.frameworks[0]?.openings[0]?.openingId ?? '' };
  }

  const visit = (start: string) => ({
    ...{ days: [1, 2, 3, 4, 5, 6, 7], start, minutes: 30, carers: 1 },
    ...{ tasks: ['PERSONAL_CARE'], critical: false },
  });

  /** The pages have no `after`: what they show is waited for by their query. */
  const shown = (after: string) =>
    api.data(
      'broker',
      'query ($id: ID!, $after: String) { requestPack(requestId: $id, after: $after) { text } }',
      { id: requestId, after },
    );

  beforeAll(async () => {
    if (!browserFile) {
      throw new Error('This test needs a browser: apt-get install -y chromium, or set CHROMIUM.');
    }
    browser = await chromium.launch({ executablePath: browserFile, args: ['--no-sandbox'] });
    api = await StartedApi.start();
    const { frameworkId, openingId } = await opened();
    for (const name of [planted, 'Oakmoor Support']) {
      providers.push(await admitted(name, frameworkId, openingId));
    }
    ({ id: packageId } = await send('broker', 'ReferPackage', {
      reference: { system: 'casebook', personRef: 'P-1', referralRef: 'R-1' },
      directPayment: { outcome: 'NOT_WANTED' },
      needs: {
        ...{ serviceLine: 'LONG_TERM', lot: 'lot-1', fundingStatus: 'PART', startOn: today },
        ...{ postcodeDistrict: 'ZZ1', patch: 'North', ageBand: 'AGE_BAND_85_PLUS' },
        ...{ gender: 'FEMALE', carerGenderNeed: 'ANY' },
        schedule: [visit('08:00'), visit('18:00')],
      },
    }));
    const { position } = await send('broker', 'IssueRequest', { packageId });
    const { package: found } = await api.data<{ package: { request: { requestId: string } } }>(
      'broker',
      'query ($id: ID!, $after: String) { package(id: $id, after: $after) { request { requestId } } }',
      { id: packageId, after: position },
    );
    ({ requestId } = found.request);
    await shown(position);
  });

  afterAll(async () => {
    await browser?.close();
    await api?.stop();
  });

  const addressOf = (page: string, id = requestId) => `/pages/${page}/${id}`;
  const statusFor = async (person: string | undefined, page: string, id = requestId) => {
    const headers =
      person === undefined ? {} : { authorization: `Bearer ${await api.token(person)}` };
    return (await api.get(addressOf(page, id), { headers })).status;
  };

  /** The page in a browser; without JavaScript unless it is examined by a script. */
  async function open(person: string, page: string, examined = false): Promise<Page> {
    const context = await browser.newContext({
      ...{ javaScriptEnabled: examined, bypassCSP: examined },
      extraHTTPHeaders: { authorization: `Bearer ${await api.token(person)}` },
    });
    const opened = await context.newPage();
    opened.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    opened.on('request', (request) => hosts.add(new URL(request.url()).host));
    await opened.goto(`${api.url}${addressOf(page)}`);
    return opened;
  }

  async function faults(page: Page): Promise<string[]> {
    await page.evaluate(readFileSync(axeFile, 'utf8'));
    const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
    return violations.map(({ id }) => id);
  }

  it('refuse an offer sheet before the offers are presented (S1-11)', async () => {
    expect(await statusFor('broker', 'offer-sheet')).toBe(422);
  });

  it('show the pack to the providers that were invited, and to brokers (S1-9)', async () => {
    for (const person of [...providers.map((id) => `provider:${id}`), 'broker', 'auditor']) {
      expect([person, await statusFor(person, 'request-pack')]).toEqual([person, 200]);
    }
    expect(await statusFor('provider:someone', 'request-pack')).toBe(404);
    expect(await statusFor('external-broker:elsewhere', 'request-pack')).toBe(404);
    expect(await statusFor('finance', 'request-pack')).toBe(403);
    expect(await statusFor(undefined, 'request-pack')).toBe(401);
    expect(await statusFor('broker', 'request-pack', nobody)).toBe(404);
  });

  it('show the pack without accessibility faults', async () => {
    const page = await open(`provider:${providers[0]}`, 'request-pack', true);
    await page.getByRole('heading', { name: /^Request for home care R-/ }).waitFor();
    await page.getByText(/A reply counts when it is received before/).waitFor();
    expect(await faults(page)).toEqual([]);
    expect(await page.content()).not.toContain(packageId);
  });

  it('show the pack’s text in the provider’s list and by itself alike (S1-9)', async () => {
    const person = `provider:${providers[0]}`;
    const listed = await api.data<{ requests: { edges: { node: { text: string } }[] } }>(
      person,
      '{ requests { edges { node { text } } } }',
    );
    const alone = await api.data<{ requestPack: { text: string } }>(
      person,
      'query ($id: ID!) { requestPack(requestId: $id) { text } }',
      { id: requestId },
    );
    expect(listed.requests.edges[0]?.node.text).toBe(alone.requestPack.text);
    expect(alone.requestPack.text).toContain('Visit 1: every day at 8am, 30 minutes, 1 carer');
  });

  describe('once the offers are presented', () => {
    beforeAll(async () => {
      for (const [index, id] of providers.entries()) {
        const times = [
          { line: 1, start: index === 0 ? '08:15' : '08:00' },
          { line: 2, start: '18:00' },
        ];
        await send(`provider:${id}`, 'SubmitOffer', { requestId, startOn: today, times });
      }
      await shown((await send('broker', 'PresentOffers', { packageId })).position);
    });

    it('show the offer sheet to council staff, and to no provider (S1-12)', async () => {
      for (const person of ['broker', 'senior-broker', 'commissioner', 'quality-officer']) {
        expect([person, await statusFor(person, 'offer-sheet')]).toEqual([person, 200]);
      }
      for (const id of providers) {
        expect(await statusFor(`provider:${id}`, 'offer-sheet')).toBe(403);
      }
      expect(await statusFor('external-broker:elsewhere', 'offer-sheet')).toBe(404);
      expect(await statusFor('finance', 'offer-sheet')).toBe(403);
    });

    it('show the offer sheet without accessibility faults, markup in a name as text', async () => {
      const page = await open('broker', 'offer-sheet', true);
      await page.getByRole('heading', { name: planted }).waitFor();
      expect(await page.title()).toMatch(/^Your offers of care/);
      expect(await page.locator('script').count()).toBe(0);
      expect(await faults(page)).toEqual([]);
    });

    it('read the same without JavaScript (S1-12)', async () => {
      const page = await open('broker', 'offer-sheet');
      expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual([
        expect.stringMatching(/^Offer A: /),
        expect.stringMatching(/^Offer B: /),
        'What happens next',
      ]);
      await page.getByText('15 minutes later than wanted').waitFor();
      expect(await page.getByText('Is new to you.').count()).toBe(2);
      expect(await page.getByText(/a week\. You pay a part of it\./).count()).toBe(2);
    });

    it('leave what is for the screen alone out of print', async () => {
      const page = await open('broker', 'offer-sheet', true);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.govuk-skip-link').isVisible()).toBe(false);
      expect((await page.pdf()).length).toBeGreaterThan(1_000);
    });

    it('are kept by no shared cache and run nothing', async () => {
      const headers = { authorization: `Bearer ${await api.token('broker')}` };
      const answered = await api.get(addressOf('offer-sheet'), { headers });
      expect(answered.headers.get('cache-control')).toBe('private, no-store');
      expect(answered.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answered.headers.get('content-type')).toBe('text/html; charset=utf-8');
    });
  });

  it('take their styles without government’s typeface and crest', async () => {
    const styles = await (await api.get('/pages/assets/govuk.css')).text();
    expect(styles).toContain('.govuk-heading-l');
    expect(styles).not.toMatch(/GDS Transport|@font-face|crest|url\(/);
  });

  describe('all in all', () => {
    it('load everything from the service itself and break no content security policy', () => {
      expect([...hosts]).toEqual([new URL(api.url).host]);
      expect(complaints).toEqual([]);
    });
  });
});
