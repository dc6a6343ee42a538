import type { Decider } from '#kernel/decider.js';
import { addMinutes } from '#kernel/time.js';
import {
  ending,
  isGood,
  replacedBy,
  type WebhookSecret,
} from '#platform/webhooks/webhook-secret.rules.js';
import type { WebhookDirection } from './case-system.codes.js';
import type { CaseSystemCommands } from './case-system.commands.js';
import type { CaseSystemEvent } from './case-system.events.js';
import { caseSystemIdOf, ensure, secretIdOf } from './case-system.rules.js';

/** A case system as this service is connected to it. */
export interface CaseSystemState {
  readonly secrets: Readonly<Record<WebhookDirection, readonly WebhookSecret[]>>;
  /** Where case notes go; null: nowhere now. */
  readonly address: string | null;
  readonly servicesAddress: string | null;
}

export const caseSystemDecider: Decider<CaseSystemState, CaseSystemCommands, CaseSystemEvent> = {
  initial: { secrets: { in: [], out: [] }, address: null, servicesAddress: null },
  decide: {
    IssueCaseSystemSecret({ secrets }, { commandId, system, direction, secret }, { now }) {
      const isFirst = !secrets[direction].some((each) => isGood(each, now));
      ensure(isFirst, 'CaseSystemSecretExists');
      const data = { ...named(system), direction, secretId: secretIdOf(commandId), secret };
      return [{ type: 'CaseSystemSecretIssued', data: { ...data, issuedAt: now } }];
    },
    ReplaceCaseSystemSecret(
      { secrets },
      { commandId, system, direction, secret },
      { now, policy },
    ) {
      const isLater = secrets[direction].some((each) => isGood(each, now));
      ensure(isLater, 'CaseSystemSecretMissing');
      const olderEndsAt = addMinutes(now, policy.feedSecretOverlapHours * 60);
      const data = { ...named(system), direction, secretId: secretIdOf(commandId), secret };
      return [
        { type: 'CaseSystemSecretReplaced', data: { ...data, replacedAt: now, olderEndsAt } },
      ];
    },
    RevokeCaseSystemSecret({ secrets }, { system, direction, secretId }, { now }) {
      const ended = secrets[direction].filter(
        (each) => isGood(each, now) && (secretId === undefined || each.secretId === secretId),
      );
      ensure(ended.length > 0, 'CaseSystemSecretMissing', { path: 'secretId' });
      const secretIds = ended.map((each) => each.secretId);
      const data = { ...named(system), secretIds, revokedAt: now };
      return [{ type: 'CaseSystemSecretRevoked', data }];
    },
    SetCaseSystemAddress(state, { system, address, servicesAddress }, { now }) {
      ensure(isAddress(address), 'CaseSystemAddressUnusable', { path: 'address' });
      const isUsable = servicesAddress === undefined || isAddress(servicesAddress);
      ensure(isUsable, 'CaseSystemAddressUnusable', { path: 'servicesAddress' });
      const isSame =
        state.address === address && state.servicesAddress === (servicesAddress ?? null);
      if (isSame) return [];
      const data = { ...named(system), address, ...(servicesAddress && { servicesAddress }) };
      return [{ type: 'CaseSystemAddressSet', data: { ...data, setAt: now } }];
    },
    EndCaseSystemAddress(state, { system, because }, { now }) {
      ensure(state.address, 'CaseSystemAddressMissing', { path: 'system' });
      const data = { ...named(system), because, endedAt: now };
      return [{ type: 'CaseSystemAddressEnded', data }];
    },
  },
  evolve: {
    CaseSystemSecretIssued: (state, { direction, secretId, secret, issuedAt }) => ({
      ...state,
      secrets: {
        ...state.secrets,
        [direction]: [...state.secrets[direction], { secretId, secret, issuedAt, endsAt: null }],
      },
    }),
    CaseSystemSecretReplaced: (state, { direction, secretId, secret, ...replaced }) => {
      const fresh = { secretId, secret, issuedAt: replaced.replacedAt, endsAt: null };
      const secrets = replacedBy(state.secrets[direction], fresh, replaced.olderEndsAt);
      return { ...state, secrets: { ...state.secrets, [direction]: secrets } };
    },
    CaseSystemSecretRevoked: (state, { secretIds, revokedAt }) => {
      const ended = (secrets: readonly WebhookSecret[]) =>
        secrets.map((each) => (secretIds.includes(each.secretId) ? ending(each, revokedAt) : each));
      const { in: ours, out: theirs } = state.secrets;
      return { ...state, secrets: { in: ended(ours), out: ended(theirs) } };
    },
    CaseSystemAddressSet: (state, { address, servicesAddress }) => ({
      ...state,
      ...{ address, servicesAddress: servicesAddress ?? null },
    }),
    CaseSystemAddressEnded: (state) => ({ ...state, address: null }),
  },
};

const named = (system: string) => ({ systemId: caseSystemIdOf(system), system });

/** Which hosts may be reached at all is the deployment's setting; http is for development alone. */
const isAddress = (text: string): boolean => /^https?:\/\/[^\s/@]+(\/[^\s@]*)?$/.test(text);
