import { hasRole, type Actor } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { addMinutes } from '#kernel/time.js';
import {
  ending,
  isGood,
  replacedBy,
  type WebhookSecret,
} from '#platform/webhooks/webhook-secret.rules.js';
import type { EcmFeedCommands } from './ecm-feed.commands.js';
import type { EcmFeedEvent } from './ecm-feed.events.js';
import { ensure, secretIdOf } from './ecm-feed.rules.js';

/** The secrets with which a provider signs its feed, oldest first. */
export interface EcmFeedState {
  readonly secrets: readonly WebhookSecret[];
}

interface OfKnownProvider {
  readonly providerKnown: boolean;
}

export interface EcmFeedFacts {
  IssueFeedSecret: OfKnownProvider;
  ReplaceFeedSecret: OfKnownProvider;
}

export const ecmFeedDecider: Decider<EcmFeedState, EcmFeedCommands, EcmFeedEvent, EcmFeedFacts> = {
  initial: { secrets: [] },
  decide: {
    IssueFeedSecret({ secrets }, { commandId, providerId, secret }, { now, actor, facts }) {
      ensureOwn(actor, providerId);
      ensure(facts.providerKnown, 'FeedProviderUnknown', { path: 'providerId' });
      ensure(!secrets.some((each) => isGood(each, now)), 'FeedSecretExists');
      const secretId = secretIdOf(commandId);
      return [{ type: 'FeedSecretIssued', data: { providerId, secretId, secret, issuedAt: now } }];
    },
    ReplaceFeedSecret({ secrets }, { commandId, providerId, secret }, { now, actor, policy }) {
      ensureOwn(actor, providerId);
      ensure(
        secrets.some((each) => isGood(each, now)),
        'FeedSecretMissing',
      );
      const olderEndsAt = addMinutes(now, policy.feedSecretOverlapHours * 60);
      const data = { providerId, secretId: secretIdOf(commandId), secret, replacedAt: now };
      return [{ type: 'FeedSecretReplaced', data: { ...data, olderEndsAt } }];
    },
    RevokeFeedSecret({ secrets }, { providerId, secretId }, { now, actor }) {
      ensureOwn(actor, providerId);
      const ended = secrets.filter(
        (each) => isGood(each, now) && (secretId === undefined || each.secretId === secretId),
      );
      ensure(ended.length > 0, 'FeedSecretMissing', { path: 'secretId' });
      const secretIds = ended.map((each) => each.secretId);
      return [{ type: 'FeedSecretRevoked', data: { providerId, secretIds, revokedAt: now } }];
    },
  },
  evolve: {
    FeedSecretIssued: (state, { secretId, secret, issuedAt }) => ({
      secrets: [...state.secrets, { secretId, secret, issuedAt, endsAt: null }],
    }),
    FeedSecretReplaced: ({ secrets }, { secretId, secret, replacedAt: issuedAt, olderEndsAt }) => ({
      secrets: replacedBy(secrets, { secretId, secret, issuedAt, endsAt: null }, olderEndsAt),
    }),
    FeedSecretRevoked: (state, { secretIds, revokedAt }) => ({
      secrets: state.secrets.map((each) =>
        secretIds.includes(each.secretId) ? ending(each, revokedAt) : each,
      ),
    }),
  },
};

function ensureOwn(actor: Actor, providerId: string): void {
  const own = !hasRole(actor, 'provider') || actor.organisation === providerId;
  ensure(own, 'FeedOfAnotherProvider', { path: 'providerId' });
}
