import { specFor } from '#kernel/spec-dsl.js';
import { ecmFeedDecider } from './ecm-feed.decider.js';
import type { EcmFeedEvent } from './ecm-feed.events.js';
import { secretIdOf } from './ecm-feed.rules.js';

const { given } = specFor(ecmFeedDecider);
const providerId = '01932e1c-0000-7000-8000-00000000a001';
const idOf = (last: number) => `01932e1c-0a10-7000-8000-00000000003${last}`;
const now = '2026-03-09T09:00:00.000Z';
const facts = { providerKnown: true };
const issued: EcmFeedEvent = {
  type: 'FeedSecretIssued',
  data: { providerId, secretId: secretIdOf(idOf(1)), secret: 'one', issuedAt: now },
};
const replaced = (last: number, replacedAt: string, olderEndsAt: string): EcmFeedEvent => ({
  type: 'FeedSecretReplaced',
  data: { providerId, secretId: secretIdOf(idOf(last)), secret: 'more', replacedAt, olderEndsAt },
});
const issue = (...events: readonly EcmFeedEvent[]) =>
  given(...events).when(
    'IssueFeedSecret',
    { commandId: idOf(1), providerId, secret: 'one' },
    { now, facts },
  );
const revoke = (at: string, fields: object, ...events: readonly EcmFeedEvent[]) =>
  given(...events).when(
    'RevokeFeedSecret',
    { commandId: idOf(9), providerId, ...fields },
    { now: at },
  );

describe('The secret of a feed', () => {
  it('is issued once, to a provider that is known (S1-15)', () => {
    issue().then(issued);
    issue(issued).thenRejected('FeedSecretExists');
    given()
      .when(
        'IssueFeedSecret',
        { commandId: idOf(1), providerId, secret: 'one' },
        { now, facts: { providerKnown: false } },
      )
      .thenRejected('FeedProviderUnknown');
  });

  it('is a provider’s own', () => {
    const actor = { id: 'x', roles: ['provider'], organisation: 'another' } as const;
    given(issued)
      .when('RevokeFeedSecret', { commandId: idOf(9), providerId }, { now, actor })
      .thenRejected('FeedOfAnotherProvider');
  });

  it('ends a day after another took its place (S1-15)', () => {
    const replace = { commandId: idOf(2), providerId, secret: 'more' };
    given(issued)
      .when('ReplaceFeedSecret', replace, { now })
      .then(replaced(2, now, '2026-03-10T09:00:00.000Z'));
    given().when('ReplaceFeedSecret', replace, { now }).thenRejected('FeedSecretMissing');
  });

  it('leaves two good ones at most: the third ends the first (S1-15)', () => {
    const third = replaced(3, '2026-03-09T10:00:00.000Z', '2026-03-10T10:00:00.000Z');
    const second = replaced(2, now, '2026-03-10T09:00:00.000Z');
    revoke('2026-03-09T10:00:00.000Z', {}, issued, second, third).thenLike({
      type: 'FeedSecretRevoked',
      data: { secretIds: [secretIdOf(idOf(2)), secretIdOf(idOf(3))] },
    });
  });

  it('is revoked alone or with all others, and only while it is good (S1-15)', () => {
    const second = replaced(2, now, '2026-03-10T09:00:00.000Z');
    const first = { secretId: secretIdOf(idOf(1)) };
    revoke(now, {}, issued, second).thenLike({
      data: { secretIds: [secretIdOf(idOf(1)), secretIdOf(idOf(2))] },
      type: 'FeedSecretRevoked',
    });
    revoke('2026-03-10T08:59:59.999Z', first, issued, second).thenLike({
      type: 'FeedSecretRevoked',
      data: { secretIds: [first.secretId] },
    });
    revoke('2026-03-10T09:00:00.000Z', first, issued, second).thenRejected('FeedSecretMissing');
  });
});
