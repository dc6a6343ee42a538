import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { StartedApi } from './started-api.js';

const browserFile =
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync) ??
  process.env['CHROMIUM'];

const launched = (): Promise<Browser> => {
  if (!browserFile) {
    throw new Error('This test needs a browser: apt-get install -y chromium, or set CHROMIUM.');
  }
  return chromium.launch({ executablePath: browserFile, args: ['--no-sandbox'] });
};

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe-core finds wrong with a page, by rule. The page's policy must be off for its script. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(axeFile, 'utf8'));
  const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
  return violations.map(({ id }) => id);
}

describe('GraphiQL in a browser', () => {
  let api: StartedApi;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const hosts = new Set<string>();

  beforeAll(async () => {
    browser = await launched();
    api = await StartedApi.start();
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(`${api.url}/graphql`);
  });

  afterAll(async () => {
    await browser?.close();
    await api?.stop();
  });

  const answered = (text: string) =>
    page.locator('.graphiql-response').getByText(text).first().waitFor();

  const leagueTab = () => page.getByRole('tab', { name: /League/ }).first();

  const run = () => page.getByRole('button', { name: /Execute query/ }).click();

  it('opens where a person opens /graphql, with the examples as tabs', async () => {
    await page.getByRole('tab', { name: 'WhatIsRunning' }).first().waitFor();
    expect(page.url()).toBe(`${api.url}/graphiql`);
  });

  const named = (name: string) => page.getByRole('button', { name, exact: true });

  it('refuses who is not signed in', async () => {
    await run();
    await answered('Nobody is signed in');
  });

  it('leads to a page of people that has no accessibility faults', async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const examined = await context.newPage();
    await examined.goto(`${api.url}/graphiql`);
    await examined.getByRole('button', { name: 'Sign in', exact: true }).click();
    await examined.getByRole('heading', { name: 'Sign in as a demo person' }).waitFor();
    expect(await faults(examined)).toEqual([]);
    await context.close();
  });

  it('signs in who is picked and comes back to the query', async () => {
    await named('Sign in').click();
    await named('Amira Okonkwo').click();
    await page.getByText('Signed in as Amira Okonkwo (broker)').waitFor();
    expect(page.url()).toBe(`${api.url}/graphiql`);
    await run();
    await answered('care-brokerage');
  });

  it('stays signed in when the page is loaded again', async () => {
    await page.reload();
    await page.getByText('Signed in as Amira Okonkwo (broker)').waitFor();
  });

  it('offers to sign in as the person whom an example names', async () => {
    await leagueTab().click();
    await run();
    await answered('This needs one of these roles');
    await page.getByRole('button', { name: /^This example is for/ }).click();
    await page.getByRole('heading', { name: 'Asked for' }).waitFor();
    await page.getByRole('region', { name: 'Asked for' }).getByRole('button').click();
    await page.getByText(/Signed in as .* \(commissioner\)/).waitFor();
    await leagueTab().click();
    await run();
    await answered('asOf');
  });

  it('signs out', async () => {
    await named('Sign out').click();
    await page.getByText('Nobody is signed in').first().waitFor();
    await run();
    await answered('Nobody is signed in');
  });

  it('refuses a sign-in page that was not asked for in this browser', async () => {
    expect((await api.get('/oidc/sign-in/some-other-uid')).status).toBe(404);
  });

  it('loads everything from the service itself and breaks no content security policy', () => {
    expect([...hosts]).toEqual([new URL(api.url).host]);
    expect(complaints).toEqual([]);
  });
});
