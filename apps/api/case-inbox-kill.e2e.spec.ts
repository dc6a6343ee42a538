import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { sideBySide } from '#platform/courtesy/side-by-side.js';
import { exampleMessages } from '#brokerage/case-inbox/example-messages.js';
import { StartedApi } from './started-api.js';

const people = 40;
const system = 'liquidlogic';

interface Example {
  readonly data: object;
}

/** A referral and its withdrawal, of each person. */
const messages = Array.from({ length: people }, (_, at) => {
  const of = { system, personRef: `P-${at}`, referralRef: `R-${at}` };
  const created = exampleMessages['referral.created'] as Example;
  const withdrawn = exampleMessages['referral.withdrawn'] as Example;
  return [
    { id: `created-${at}`, body: { ...created, data: { ...created.data, ...of, sequence: 1 } } },
    { id: `ended-${at}`, body: { ...withdrawn, data: { ...withdrawn.data, ...of, sequence: 2 } } },
  ];
}).flat();

describe('Messages of the case system when the service is killed (S1-8)', () => {
  it('take effect once each, in their order, though all were sent again', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'case-kill-'));
    let api = await StartedApi.start({ dataDir });
    const create = `mutation ($input: CreateCaseSystemSecret!) {
      createCaseSystemSecret(input: $input) { secret } }`;
    const input = { commandId: newCommandId(), system, direction: 'IN' };
    const made = await api.data<{ createCaseSystemSecret: { secret: string } }>(
      'administrator',
      create,
      { input },
    );
    const { secret } = made.createCaseSystemSecret;
    const post = async ({ id, body }: { id: string; body: object }): Promise<number> => {
      const text = JSON.stringify(body);
      const at = new Date();
      const response = await api.get('/integrations/case-system/events', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, at, text),
        },
        body: text,
      });
      await response.text();
      return response.status;
    };
    let acknowledged = 0;
    await sideBySide(messages, 8, async (message) => {
      const status = await post(message).catch(() => 0);
      if (status === 200 && (acknowledged += 1) === people) await api.kill9();
    });
    expect(acknowledged).toBeGreaterThanOrEqual(people);
    api = await StartedApi.start({ dataDir });
    try {
      const again = await sideBySide(messages.toReversed(), 8, post);
      expect(new Set(again)).toEqual(new Set([200]));
      const query = `query ($cursor: String) { caseMessages(first: 100, cursor: $cursor) {
        totalCount edges { node { type standing packageIds } } } }`;
      interface Node {
        readonly type: string;
        readonly standing: string;
        readonly packageIds: readonly string[];
      }
      let nodes: readonly Node[] = [];
      for (const signal = AbortSignal.timeout(30_000); ; signal.throwIfAborted()) {
        const { caseMessages } = await api.data<{
          caseMessages: { totalCount: number; edges: { node: Node }[] };
        }>('auditor', query, {});
        expect(caseMessages.totalCount).toBe(messages.length);
        nodes = caseMessages.edges.map(({ node }) => node);
        if (nodes.every(({ standing }) => standing === 'TAKEN')) break;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const packagesOf = (type: string) =>
        nodes.filter((node) => node.type === type).flatMap(({ packageIds }) => packageIds);
      expect(new Set(packagesOf('referral.created')).size).toBe(people);
      expect(packagesOf('referral.withdrawn').toSorted()).toEqual(
        packagesOf('referral.created').toSorted(),
      );
      const { packages } = await api.data<{ packages: { totalCount: number } }>(
        'auditor',
        '{ packages(first: 1, filter: { stage: WITHDRAWN }) { totalCount } }',
        {},
      );
      expect(packages.totalCount).toBe(people);
    } finally {
      await api.stop();
      rmSync(dataDir, { recursive: true });
    }
  }, 90_000);
});
