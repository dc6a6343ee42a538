import { hasRole, type Actor } from '#kernel/actor.js';
import { deriveId, idOfKey } from '#kernel/ids.js';
import { ensureAll } from '#kernel/rejection.js';
import { isCivilDate, type CivilDate } from '#kernel/time.js';
import type { ExternalReferenceInput } from './package.care-needs.commands.js';
import type { PackageCommands } from './package.commands.js';
import { ensureAnswered } from './package.direct-payment.rules.js';
import type { CareNeeds, Origin } from './package.events.js';
import type { OriginInput } from './package.referral.commands.js';
import type { ReferralEvent } from './package.referral.events.js';
import { beforeRequest, casesWithdrawn } from './package.panel.rules.js';
import { startedService, plannedService } from './package.cover.rules.js';
import {
  ensure,
  isAwardedOrServed,
  isOver,
  isUnfinished,
  packageRules,
  type PackageState,
  type Phase,
} from './package.rules.js';
import {
  careNeeds,
  changedNeeds,
  draftNeeds,
  ensureComplete,
  ensureConsistent,
  fundingChecks,
  missingIn,
} from './package.schedule.rules.js';

type ReferralCommands = Pick<
  PackageCommands,
  | 'ReferPackage'
  | 'TakeOnPackage'
  | 'CompleteReferral'
  | 'ReturnReferral'
  | 'CorrectReferral'
  | 'ChangeFunding'
  | 'WithdrawReferral'
>;
type OwnEvent = Exclude<
  ReferralEvent,
  { type: 'DirectPaymentDiscussed' | 'DirectPaymentTaken' | 'DirectPaymentReturned' }
>;

export interface TakeOnFacts {
  readonly contract: {
    readonly known: boolean;
    readonly providerId: string;
    readonly type: string;
    readonly startsOn: CivilDate;
    readonly weeklyCostPence: number | null;
  };
}

/** The same person of the same case system is the same subject everywhere. */
export const personIdOf = ({
  system,
  personRef,
}: Pick<ExternalReferenceInput, 'system' | 'personRef'>) => idOfKey('person', system, personRef);

/** How a package comes to brokerage, and leaves it without an award. */
export const referralDecider: Phase<ReferralCommands, OwnEvent, { TakeOnPackage: TakeOnFacts }> = {
  decide: {
    ReferPackage(state, command, { policy, actor }) {
      const { commandId, reference, needs, linkedTo, directPayment, keepIncomplete } = command;
      ensure(state.packageId === null, 'PackageAlreadyReferred');
      if (directPayment) ensureAnswered(directPayment, 'directPayment.reason');
      const common = {
        packageId: deriveId(commandId, 'carePackage'),
        personId: personIdOf(reference),
        reference: { ...reference },
        origin: originOf(command.origin, actor),
        ...(directPayment && { directPayment: { ...directPayment } }),
        ...(linkedTo && { linkedTo: { ...linkedTo } }),
      };
      const missing = missingIn(needs, policy);
      if (keepIncomplete && missing.length > 0) {
        ensureConsistent(needs, policy);
        const data = { ...common, draft: draftNeeds(needs), missing };
        return [{ type: 'IncompleteReferralReceived', data }];
      }
      ensureComplete(needs, policy);
      return [{ type: 'PackageReferred', data: { ...common, needs: careNeeds(needs) } }];
    },
    CompleteReferral(state, { packageId, needs }, { policy }) {
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      ensure(isUnfinished(state.stage), 'ReferralNotIncomplete');
      ensureComplete(needs, policy);
      const same = state.needs === null || state.needs.serviceLine === needs.serviceLine;
      ensure(same, 'ServiceLineFixed', { path: 'needs.serviceLine' });
      const { personId } = state;
      return [
        { type: 'ReferralCompleted', data: { packageId, personId, needs: careNeeds(needs) } },
      ];
    },
    ReturnReferral(state, { packageId, reason }) {
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      const { stage, personId, missing } = state;
      const unasked = stage === 'referral-incomplete' || stage === 'awaiting-request';
      ensure(unasked && !isAwardedOrServed(state), 'ReferralNotReturnable');
      return [{ type: 'ReferralReturned', data: { packageId, personId, missing, reason } }];
    },
    CorrectReferral(state, { packageId, needs, reason }, { policy }) {
      ensure(state.packageId && state.needs, 'PackageUnknown', { path: 'packageId' });
      const unasked = beforeRequest.includes(state.stage);
      ensure(unasked && !isAwardedOrServed(state), 'ReferralNotCorrectable');
      ensureComplete(needs, policy);
      const fixed = state.needs.serviceLine === needs.serviceLine;
      ensure(fixed, 'ServiceLineFixed', { path: 'needs.serviceLine' });
      const corrected = careNeeds(needs);
      const changed = changedNeeds(state.needs, corrected);
      if (changed.length === 0) return [];
      const { personId } = state;
      const data = { packageId, personId, needs: corrected, changed, reason };
      return [...casesWithdrawn(state, packageId), { type: 'ReferralCorrected', data }];
    },
    ChangeFunding(state, { packageId, fundingStatus, funding, fromOn, reason }) {
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      ensure(!isOver(state.stage), 'PackageIsOver');
      ensureAll(packageRules, [
        [isCivilDate(fromOn), 'DateDoesNotExist', { path: 'fromOn' }],
        ...fundingChecks(funding, 'funding'),
      ]);
      const lines = funding.map((line) => ({ ...line }));
      const data = { packageId, personId: state.personId, fundingStatus, funding: lines };
      return [{ type: 'FundingChanged', data: { ...data, fromOn, reason } }];
    },
    TakeOnPackage(state, command, { policy, facts: { contract } }) {
      const { commandId, reference, needs, providerId, contractId, startedOn } = command;
      ensure(state.packageId === null, 'PackageAlreadyReferred');
      ensureComplete(needs, policy, { takenOn: true });
      ensure(isCivilDate(startedOn), 'DateDoesNotExist', { path: 'startedOn' });
      ensure(contract.known, 'ContractUnknown', { path: 'contractId' });
      const own = contract.providerId === providerId;
      ensure(own, 'ContractOfAnotherProvider', { path: 'contractId' });
      ensure(startedOn >= contract.startsOn, 'StartBeforeContract', { path: 'startedOn' });
      const data = {
        packageId: deriveId(commandId, 'carePackage'),
        personId: personIdOf(reference),
        reference: { ...reference },
        needs: careNeeds(needs),
        ...{ providerId, contractId, startedOn },
        contractType: contract.type,
        weeklyCostPence: contract.weeklyCostPence,
      };
      return [{ type: 'PackageTakenOn', data }];
    },
    WithdrawReferral(state, { packageId, reason }) {
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      ensure(!isOver(state.stage), 'PackageIsOver');
      ensure(!isAwardedOrServed(state), 'CareAlreadyAwarded');
      const { personId } = state;
      return [{ type: 'ReferralWithdrawn', data: { packageId, personId, reason } }];
    },
  },
  evolve: {
    PackageReferred: (state, { packageId, personId, reference, needs, ...referral }) => ({
      ...state,
      ...{ packageId, personId, reference },
      ...complete(state, { needs }),
      brokerOrganisation: referral.origin?.brokerOrganisation ?? null,
      directPaymentAnswered: referral.directPayment !== undefined,
    }),
    IncompleteReferralReceived: (state, { packageId, personId, origin, ...received }) => ({
      ...state,
      ...{ packageId, personId, reference: received.reference, missing: received.missing },
      stage: 'referral-incomplete',
      brokerOrganisation: origin.brokerOrganisation ?? null,
      directPaymentAnswered: received.directPayment !== undefined,
    }),
    ReferralReturned: (state) => ({ ...state, stage: 'referral-returned' }),
    ReferralCompleted: (state, data) => ({ ...state, ...complete(state, data) }),
    ReferralCorrected: (state, data) => ({ ...state, ...complete(state, data) }),
    FundingChanged: (state) => state,
    PackageTakenOn: (state, { packageId, personId, needs, providerId, contractId, ...taken }) => ({
      ...state,
      ...{ packageId, personId, needs, reference: taken.reference },
      stage: 'live',
      schedule: needs.schedule,
      startedOn: taken.startedOn,
      award: {
        ...{ requestId: null, offerId: null, providerId, contractId },
        contractType: taken.contractType,
        startOn: taken.startedOn,
      },
      service: startedService(
        plannedService(
          state.service,
          { providerId, contractId, contractType: taken.contractType },
          { sourceId: null, fromOn: taken.startedOn, schedule: needs.schedule },
        ),
        { providerId, contractId, contractType: taken.contractType },
        taken.startedOn,
      ),
    }),
    ReferralWithdrawn: (state) => ({ ...state, stage: 'withdrawn' }),
  },
};

/** The same, whichever way the referral became complete. */
const complete = (
  state: PackageState,
  { needs }: { needs: CareNeeds },
): Pick<PackageState, 'needs' | 'schedule' | 'stage' | 'missing' | 'request'> => ({
  ...{ needs, schedule: needs.schedule, stage: 'awaiting-request', missing: [], request: null },
});

/** Who refers, unless it is said: an external broker always for its own organisation (S3-4). */
function originOf(sent: OriginInput | undefined, actor: Actor): Origin {
  const external = hasRole(actor, 'external-broker') && !hasRole(actor, 'broker', 'senior-broker');
  if (external) {
    const organisation = actor.organisation ?? '';
    const own = !sent?.brokerOrganisation || sent.brokerOrganisation === organisation;
    ensure(own, 'CaseOfAnotherBroker', { path: 'origin.brokerOrganisation' });
    return { kind: 'external-broker', brokerOrganisation: organisation };
  }
  const standard = hasRole(actor, 'case-system') ? 'social-worker' : 'internal-team';
  const kind = sent?.kind ?? standard;
  const named = kind !== 'external-broker' || sent?.brokerOrganisation;
  ensure(named, 'BrokerOrganisationMissing', { path: 'origin.brokerOrganisation' });
  return {
    kind,
    ...(sent?.brokerOrganisation && { brokerOrganisation: sent.brokerOrganisation }),
  };
}
