import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser } from 'playwright-core';
import { SourcedCouncil } from './sourced-council.js';
import { StartedApi } from './started-api.js';

const browserFile =
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ??
  process.env['CHROMIUM'];
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const today = new Date().toISOString().slice(0, 10);

interface Line {
  readonly sentence: string;
  readonly by: string | null;
  readonly roles: readonly string[];
  readonly eventId: string | null;
  readonly type: string | null;
  readonly decision: { readonly outcome: string; readonly command: string } | null;
}

const storyQuery = `query ($id: ID!, $asOf: String, $after: String) {
  packageStory(packageId: $id, asOf: $asOf, after: $after) {
    personId knownUpTo
    lines { sentence by roles eventId type decision { outcome command } } } }`;

describe('What an auditor asks of a package or a person', () => {
  let api: StartedApi;
  let browser: Browser;
  let council: SourcedCouncil;
  let personId = '';
  let issuedAt = '';

  const story = async (variables: Record<string, unknown> = {}): Promise<readonly Line[]> => {
    const found = await api.data<{ packageStory: { personId: string; lines: Line[] } }>(
      'auditor',
      storyQuery,
      { id: council.packageId, ...variables },
    );
    ({ personId } = found.packageStory);
    return found.packageStory.lines;
  };
  const looked = async (what: string): Promise<number> => {
    const { whoSaw } = await api.data<{ whoSaw: { sights: { through: string }[] } }>(
      'auditor',
      'query ($id: ID!) { whoSaw(personId: $id) { sights { through } } }',
      { id: personId },
    );
    return whoSaw.sights.filter(({ through }) => through === what).length;
  };
  const page = async (address: string, person = 'auditor'): Promise<Response> =>
    api.get(address, { headers: { authorization: `Bearer ${await api.token(person)}` } });

  beforeAll(async () => {
    if (!browserFile) {
      throw new Error('This test needs a browser: apt-get install -y chromium, or set CHROMIUM.');
    }
    browser = await chromium.launch({ executablePath: browserFile, args: ['--no-sandbox'] });
    api = await StartedApi.start();
    council = await SourcedCouncil.make(api, 'broker', ['=HYPERLINK("x") Homecare']);
    const { packageId } = council;
    await council.issueRequest();
    const { package: found } = await api.data<{ package: { asOf: { position: string } } }>(
      'auditor',
      'query ($id: ID!) { package(id: $id) { asOf { position } } }',
      { id: packageId },
    );
    issuedAt = found.asOf.position;
    const cancelled = { packageId, reason: 'OTHER', note: 'Ottoline rang us.' };
    await council.send('broker', 'CancelRequest', cancelled);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await api.stop();
  });

  it('is told the life of a package in sentences, each with the decision behind it', async () => {
    const lines = await story();
    expect(lines.map(({ type }) => type)).toEqual([
      ...['PackageReferred', 'RequestIssued', 'RequestCancelled'],
    ]);
    for (const { sentence, by, roles, decision } of lines) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect([by, roles]).toEqual([expect.stringContaining('broker'), ['broker']]);
      expect(decision).toMatchObject({ outcome: 'SAME' });
    }
    expect(lines.map(({ decision }) => decision?.command)).toEqual([
      ...['ReferPackage', 'IssueRequest', 'CancelRequest'],
    ]);
    expect(JSON.stringify(lines)).not.toContain('Ottoline');
  });

  it('is told it as it was known at a past moment (X21)', async () => {
    expect((await story({ asOf: issuedAt })).map(({ type }) => type)).toEqual([
      ...['PackageReferred', 'RequestIssued'],
    ]);
  });

  it('leaves a record of each look, which who-saw shows beside readings and refusals', async () => {
    const before = await looked('packageStory');
    await story();
    expect(await looked('packageStory')).toBe(before + 1);
    const read = `query ($id: ID!) { identity(personId: $id, purpose: COMPLAINT) { name } }`;
    await api.data('broker', read, { id: personId });
    expect((await api.graphql('finance', read, { id: personId })).errors).toBeDefined();
    const query = `query ($id: ID!) { whoSaw(personId: $id) {
      totalCount sights { kind by roles through count } } }`;
    for (const signal = AbortSignal.timeout(10_000); ; signal.throwIfAborted()) {
      const { whoSaw } = await api.data<{ whoSaw: { sights: { kind: string }[] } }>(
        'auditor',
        query,
        { id: personId },
      );
      const kinds = new Set(whoSaw.sights.map(({ kind }) => kind));
      if (kinds.has('IDENTITY') && kinds.has('EVIDENCE') && kinds.has('REFUSED')) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  });

  it('prints and downloads the same, for the same people', async () => {
    const { packageId } = council;
    const lines = await story();
    const csv = await (await page(`/audit/package-story/${packageId}.csv`)).text();
    expect(csv.split('\r\n').length).toBe(lines.length + 2);
    for (const { eventId } of lines) expect(csv).toContain(eventId);
    const nd = await (await page(`/audit/package-story/${packageId}.ndjson`)).text();
    expect(nd.trim().split('\n')).toHaveLength(lines.length);
    expect((await page(`/audit/package-story/${packageId}`, 'broker')).status).toBe(403);
    expect((await page(`/audit/who-saw/${personId}.csv`, 'quality-officer')).status).toBe(403);
    expect((await page('/audit/package-story/nothing')).status).toBe(404);
    expect((await page(`/audit/package-story/${packageId}.pdf`)).status).toBe(404);
  });

  it('prints pages that everybody can read', async () => {
    const context = await browser.newContext({
      extraHTTPHeaders: { authorization: `Bearer ${await api.token('auditor')}` },
      bypassCSP: true,
    });
    const sample = `/audit/sample?fromOn=${today}&lastDay=${today}&size=3&seed=2026`;
    const addresses = [`/audit/package-story/${council.packageId}`, `/audit/who-saw/${personId}`];
    for (const address of [...addresses, sample]) {
      const opened = await context.newPage();
      await opened.goto(`${api.url}${address}`);
      expect(await opened.locator('h1').count()).toBe(1);
      expect(await opened.locator('tbody tr').count()).toBeGreaterThan(0);
      await opened.evaluate(readFileSync(axeFile, 'utf8'));
      const { violations } = await opened.evaluate<{ violations: { id: string }[] }>('axe.run()');
      expect(violations.map(({ id }) => id)).toEqual([]);
    }
    await context.close();
  }, 60_000);

  it('changes nothing: no mutation is open to an auditor', () => {
    // The matrix is compared with what each role really may do by access-matrix.e2e.
    const file = new URL('../../../apps/api/access-matrix.json', import.meta.url);
    const { mutations } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly mutations: Readonly<Record<string, readonly string[]>>;
    };
    expect(Object.keys(mutations).length).toBeGreaterThan(80);
    const open = Object.entries(mutations).filter(([, roles]) => roles.includes('auditor'));
    expect(open.map(([name]) => name)).toEqual([]);
  });
});
