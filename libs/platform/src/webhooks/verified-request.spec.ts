import { Webhook } from 'standardwebhooks';
import { verified } from './verified-request.js';
import type { WebhookSecret } from './webhook-secret.rules.js';

const now = '2026-03-09T09:00:00.000Z';
const good = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const other = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;
const body = '{"events":[]}';
const keptAs = (secret: string, endsAt: string | null = null): WebhookSecret => ({
  ...{ secretId: secret.slice(0, 10), secret, issuedAt: '2026-03-01T09:00:00.000Z', endsAt },
});
const signed = (secret: string, seconds = 0, of = body) => {
  const at = new Date(Date.parse(now) + seconds * 1000);
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(at.getTime() / 1000),
    'webhook-signature': new Webhook(secret).sign('msg_1', at, of),
  };
};
const isTaken = (headers: object, secrets = [keptAs(good)], sent = body): boolean =>
  verified({ headers: { ...headers }, body: sent }, secrets, now) !== undefined;

describe('A signed request', () => {
  it('is taken when a secret of its sender signed it, as the official library signs (S1-15)', () => {
    expect(verified({ headers: signed(good), body }, [keptAs(good)], now)).toMatchObject({
      id: 'msg_1',
    });
    expect(isTaken(signed(other))).toBe(false);
    expect(isTaken(signed(good), [])).toBe(false);
    expect(isTaken(signed(good), undefined, `${body} `)).toBe(false);
  });

  it('is taken up to five minutes before and after its clock, not a second more (S1-15)', () => {
    expect([-300, 300].map((seconds) => isTaken(signed(good, seconds)))).toEqual([true, true]);
    expect([-301, 301].map((seconds) => isTaken(signed(good, seconds)))).toEqual([false, false]);
  });

  it('may carry several signatures while its secret changes (S1-15)', () => {
    const [one, two] = [signed(good), signed(other)];
    const both = `${two['webhook-signature']} v1a,AAAA ${one['webhook-signature']}`;
    expect(isTaken({ ...one, 'webhook-signature': both })).toBe(true);
  });

  it('is taken by the older secret until it ends, not at its end (S1-15)', () => {
    const older = (endsAt: string) => [keptAs(good, endsAt), keptAs(other)];
    expect(isTaken(signed(good), older('2026-03-09T09:00:00.001Z'))).toBe(true);
    expect(isTaken(signed(other), older('2026-03-09T09:00:00.001Z'))).toBe(true);
    expect(isTaken(signed(good), older(now))).toBe(false);
  });

  it('is none without any of its headers, or with another id or time than was signed', () => {
    const whole = signed(good);
    for (const name of Object.keys(whole)) {
      expect(
        isTaken(Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name))),
      ).toBe(false);
    }
    expect(isTaken({ ...whole, 'webhook-id': 'msg_2' })).toBe(false);
    const later = String(Number(whole['webhook-timestamp']) + 1);
    expect(isTaken({ ...whole, 'webhook-timestamp': later })).toBe(false);
    expect(isTaken({ ...whole, 'webhook-timestamp': `${later}.0` })).toBe(false);
  });
});
