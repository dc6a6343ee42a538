import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { addDays, isCivilDate } from '#kernel/time.js';
import { isTenant } from './block.rules.js';
import type { ProviderContractCommands } from './provider-contract.commands.js';
import type { ContractTerms, ProviderContractEvent } from './provider-contract.events.js';
import {
  contractIsLive,
  ensure,
  initialContract,
  type ContractState,
} from './provider-contract.rules.js';

type CapacityCommands = Pick<
  ProviderContractCommands,
  'ChangeContractCapacity' | 'MoveTenantIn' | 'MoveTenantOut'
>;
type CapacityEvent = Extract<
  ProviderContractEvent,
  { type: 'ContractCapacityChanged' | 'TenantMovedIn' | 'TenantMovedOut' }
>;

export interface CapacityFacts {
  MoveTenantIn: { package: { known: boolean; personId: string } };
}

/** What a contract may hold, and who lives at its scheme. */
export const capacityDecider: Decider<
  ContractState,
  CapacityCommands,
  CapacityEvent,
  CapacityFacts
> = {
  initial: initialContract,
  decide: {
    ChangeContractCapacity(state, { contractId, capacityWeeklyMinutes, maxPackages, reason }) {
      ensure(state.contractId, 'ContractUnknown', { path: 'contractId' });
      const { type, providerId } = state;
      ensure(type === 'spot' || type === 'in-house', 'CapacityNotLimited', { path: 'contractId' });
      const stated = type === 'spot' || capacityWeeklyMinutes;
      ensure(stated, 'CapacityRequired', { path: 'capacityWeeklyMinutes' });
      ensure(type === 'spot' || !maxPackages, 'PackageCapNotAllowed', { path: 'maxPackages' });
      const data = {
        ...{ contractId, providerId, reason },
        ...(capacityWeeklyMinutes && { capacityWeeklyMinutes }),
        ...(maxPackages && { maxPackages }),
      };
      return [{ type: 'ContractCapacityChanged', data }];
    },
    MoveTenantIn(state, { commandId, contractId, packageId, fromOn }, { facts }) {
      const { providerId, tenancies } = state;
      ensure(state.contractId, 'ContractUnknown', { path: 'contractId' });
      ensure(state.block, 'NotABlockContract', { path: 'contractId' });
      ensure(facts.package.known, 'TenantPackageUnknown', { path: 'packageId' });
      ensure(isCivilDate(fromOn), 'DateDoesNotExist', { path: 'fromOn' });
      const live = contractIsLive(state, null, fromOn);
      ensure(live, 'TenancyOutsideContract', { path: 'fromOn' });
      const { personId } = facts.package;
      const later = tenancies.some((one) => one.personId === personId && one.fromOn > fromOn);
      ensure(!later && !isTenant(tenancies, personId, fromOn), 'AlreadyTenant', {
        path: 'packageId',
      });
      const tenancyId = deriveId(commandId, 'tenancy');
      const data = { contractId, providerId, tenancyId, packageId, personId, fromOn };
      return [{ type: 'TenantMovedIn', data }];
    },
    MoveTenantOut(state, { contractId, tenancyId, lastDay }) {
      ensure(state.contractId, 'ContractUnknown', { path: 'contractId' });
      const tenancy = state.tenancies.find((one) => one.tenancyId === tenancyId);
      ensure(tenancy, 'TenancyUnknown', { path: 'tenancyId' });
      ensure(tenancy.endsBefore === null, 'TenancyEnded', { path: 'tenancyId' });
      ensure(isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
      ensure(lastDay >= tenancy.fromOn, 'TenancyEndsBeforeItStarts', { path: 'lastDay' });
      const { providerId } = state;
      const endsBefore = addDays(lastDay, 1);
      return [{ type: 'TenantMovedOut', data: { contractId, providerId, tenancyId, endsBefore } }];
    },
  },
  evolve: {
    ContractCapacityChanged: (state, changed) => ({ ...state, capacity: limitsOf(changed) }),
    TenantMovedIn: (state, { tenancyId, personId, fromOn }) => ({
      ...state,
      tenancies: [...state.tenancies, { tenancyId, personId, fromOn, endsBefore: null }],
    }),
    TenantMovedOut: (state, { tenancyId, endsBefore }) => ({
      ...state,
      tenancies: state.tenancies.map((one) =>
        one.tenancyId === tenancyId ? { ...one, endsBefore } : one,
      ),
    }),
  },
};

/** What a spot contract or an in-house team may hold at most. */
export const limitsOf = ({
  capacityWeeklyMinutes: weeklyMinutes,
  maxPackages: packages,
}: Pick<ContractTerms, 'capacityWeeklyMinutes' | 'maxPackages'>): ContractState['capacity'] => ({
  ...(packages && { packages }),
  ...(weeklyMinutes && { weeklyMinutes }),
});
