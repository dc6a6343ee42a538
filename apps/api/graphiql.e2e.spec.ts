import { existsSync } from 'node:fs';
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

interface Answered {
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
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

  const run = () => page.getByRole('button', { name: /Execute query/ }).click();

  it('opens where a person opens /graphql, with the examples as tabs', async () => {
    await page.getByRole('tab', { name: 'WhatIsRunning' }).first().waitFor();
    expect(page.url()).toBe(`${api.url}/graphiql`);
  });

  it('runs an example as the person that its comment names', async () => {
    await run();
    await answered('care-brokerage');
  });

  it('runs each example as it stands, with its variables', async () => {
    const refusals: Record<string, readonly string[]> = {};
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      const answer = page.waitForResponse((response) => response.request().method() === 'POST');
      await run();
      const { query } = (await answer).request().postDataJSON() as { query: string };
      const name = /^(?:query|mutation) (\w+)/m.exec(query)?.[1] ?? query;
      const { errors = [] } = (await (await answer).json()) as Answered;
      refusals[name] = errors.map(({ extensions }) => extensions.code);
    }
    const { RefusedReferral, ...others } = refusals;
    expect(RefusedReferral).toHaveLength(1);
    expect(Object.keys(others).length).toBeGreaterThan(10);
    expect(Object.values(others).flat()).toEqual([]);
  });

  it('asks as the person who is picked', async () => {
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByLabel('Ask as').selectOption('auditor');
    await run();
    expect((await asked).headers()['x-demo-person']).toBe('auditor');
  });

  it('loads everything from the service itself and breaks no content security policy', () => {
    expect([...hosts]).toEqual([new URL(api.url).host]);
    expect(complaints).toEqual([]);
  });
});
