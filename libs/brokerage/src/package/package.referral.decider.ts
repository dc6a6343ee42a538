import { deriveId, idOfKey } from '#kernel/ids.js';
import { isCivilDate, type CivilDate } from '#kernel/time.js';
import type { ExternalReferenceInput } from './package.care-needs.commands.js';
import type { PackageCommands } from './package.commands.js';
import type { PackageEvent } from './package.events.js';
import { gapClosed } from './package.gap.rules.js';
import { endedService, startedService, plannedService } from './package.cover.rules.js';
import { contractsInUse, ensure, isAwardedOrServed, isOver, type Phase } from './package.rules.js';
import { careNeeds, ensureComplete } from './package.schedule.rules.js';

type ReferralCommands = Pick<
  PackageCommands,
  'ReferPackage' | 'TakeOnPackage' | 'WithdrawReferral' | 'TakeDirectPayment'
>;
type ReferralEvent = Extract<
  PackageEvent,
  { type: 'PackageReferred' | 'PackageTakenOn' | 'ReferralWithdrawn' | 'DirectPaymentTaken' }
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
export const referralDecider: Phase<
  ReferralCommands,
  ReferralEvent,
  { TakeOnPackage: TakeOnFacts }
> = {
  decide: {
    ReferPackage(state, { commandId, reference, needs, linkedTo }) {
      ensure(state.packageId === null, 'PackageAlreadyReferred');
      ensureComplete(needs);
      const data = {
        packageId: deriveId(commandId, 'carePackage'),
        personId: personIdOf(reference),
        reference: { ...reference },
        needs: careNeeds(needs),
        ...(linkedTo && { linkedTo: { ...linkedTo } }),
      };
      return [{ type: 'PackageReferred', data }];
    },
    TakeOnPackage(state, command, { facts: { contract } }) {
      const { commandId, reference, needs, providerId, contractId, startedOn } = command;
      ensure(state.packageId === null, 'PackageAlreadyReferred');
      ensureComplete(needs);
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
    TakeDirectPayment(state, { packageId, fromOn, reason }) {
      ensure(state.packageId, 'PackageUnknown', { path: 'packageId' });
      ensure(!isOver(state.stage), 'PackageIsOver');
      ensure(isCivilDate(fromOn), 'DateDoesNotExist', { path: 'fromOn' });
      const { personId } = state;
      const contractIds = contractsInUse(state);
      const data = { packageId, personId, contractIds, fromOn, ...(reason && { reason }) };
      return [{ type: 'DirectPaymentTaken', data }, ...gapClosed(state, fromOn, 'direct-payment')];
    },
  },
  evolve: {
    PackageReferred: (state, { packageId, personId, reference, needs }) => ({
      ...state,
      ...{ packageId, personId, reference, needs },
      stage: 'awaiting-request',
      schedule: needs.schedule,
    }),
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
    DirectPaymentTaken: (state, { fromOn }) => ({
      ...state,
      stage: 'direct-payment',
      endsBefore: fromOn,
      service: endedService(state.service, fromOn),
    }),
  },
};
