import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { SourcedCouncil } from './sourced-council.js';
import { StartedApi } from './started-api.js';

/** As words of their own: a request number or a MIME boundary may well hold `R-1` or `P-1`. */
const identity = ['Ottoline', 'Fernsby', 'Quillfeather', '1941', 'ZZ1 1AB', 'P-1', 'R-1'].map(
  (word) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`),
);

interface Delivery {
  readonly deliveryId: string;
  readonly providerId: string;
  readonly status: string;
  readonly messageId: string;
  readonly attempts: readonly { to: string; possibleDuplicate: boolean; sentAt: string | null }[];
}

describe('A request by mail', () => {
  let api: StartedApi;
  let council: SourcedCouncil;
  let dataDir = '';
  let requestId = '';

  const mails = async (): Promise<string[]> => {
    const folder = join(dataDir, 'mail');
    const names = await readdir(folder).catch(() => []);
    const whole = names.filter((name) => name.endsWith('.eml'));
    return Promise.all(whole.map((name) => readFile(join(folder, name), 'utf8')));
  };
  const deliveries = async (): Promise<readonly Delivery[]> => {
    const { deliveries: found } = await api.data<{ deliveries: { edges: { node: Delivery }[] } }>(
      'broker',
      `query ($requestId: ID) { deliveries(requestId: $requestId) { edges { node {
        deliveryId providerId status messageId attempts { to possibleDuplicate sentAt } } } } }`,
      { requestId },
    );
    return found.edges.map(({ node }) => node);
  };
  const sent = async (): Promise<readonly Delivery[]> => {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
      const found = await deliveries();
      if (found.length > 0 && found.every(({ status }) => status === 'SENT')) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not sent: ${JSON.stringify(await deliveries())}`);
  };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'invitations-'));
    api = await StartedApi.start({ dataDir, environment: { PUBLIC_URL: 'https://care.example/' } });
    council = await SourcedCouncil.make(api, 'broker', ['Acorn Homecare', 'Oakmoor Support']);
    await council.send('commissioner', 'RecordProviderProfile', {
      ...{ providerId: council.providers[0], requestMailbox: 'requests@acorn.example' },
      ...{ carerGenders: [], skills: [], languages: [], patches: [] },
    });
    requestId = await council.issueRequest();
  });

  afterAll(async () => {
    await api.stop();
    await rm(dataDir, { recursive: true });
  });

  it('goes to each invited provider that has a mailbox, once (S1-9)', async () => {
    const [delivery, ...others] = await sent();
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({
      providerId: council.providers[0],
      attempts: [{ to: 'requests@acorn.example', possibleDuplicate: false }],
    });
    expect(await mails()).toHaveLength(1);
  });

  it('says what the pack says and where to answer, and nothing of who it is (S1-9)', async () => {
    const [raw = ''] = await mails();
    const { messageId, subject, to, text = '', html = '' } = await PostalMime.parse(raw);
    const [delivery] = await deliveries();
    expect(messageId).toBe(delivery?.messageId);
    expect(subject).toMatch(/^R-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(to).toMatchObject([{ address: 'requests@acorn.example' }]);
    for (const body of [text, html]) {
      expect(body).toContain(`https://care.example/pages/request-pack/${requestId}`);
      expect(body).toContain(subject);
      expect(body).toContain('8am');
      for (const word of identity) expect(body).not.toMatch(word);
    }
    for (const word of identity) expect(raw).not.toMatch(word);
  });

  it('is tried again by a person only where it was given up', async () => {
    const [{ deliveryId } = { deliveryId: '' }] = await deliveries();
    const retried = await council.codeFor('broker', 'RetryDelivery', { deliveryId });
    expect(retried).toBe('DeliveryNotGivenUp');
    expect(await council.codeFor('provider:x', 'RetryDelivery', { deliveryId })).toBe('FORBIDDEN');
  });

  it('is not sent again by a service that was killed and started again', async () => {
    await api.kill9();
    api = await StartedApi.start({ dataDir });
    expect(await sent()).toHaveLength(1);
    expect(await mails()).toHaveLength(1);
  });
});
