import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { addDays, isCivilDate } from '#kernel/time.js';
import { ownTerms } from './contract-terms.rules.js';
import type { ProviderContractCommands } from './provider-contract.commands.js';
import {
  capacityDecider,
  limitsOf,
  type CapacityFacts,
} from './provider-contract.capacity.decider.js';
import { admitted, type FrameworkTerms } from './admission.rules.js';
import type { ProviderContractEvent } from './provider-contract.events.js';
import { payDecider } from './provider-contract.pay.decider.js';
import { cardsOfTiers, ratesDecider } from './provider-contract.rates.decider.js';
import {
  contractEndsBefore,
  ensure,
  initialContract,
  type ContractState,
} from './provider-contract.rules.js';

export interface ProviderContractFacts extends CapacityFacts {
  OpenContract: { provider: { known: boolean }; framework: FrameworkTerms | null };
  AdmitToLots: { framework: FrameworkTerms | null };
  EndContract: { framework: FrameworkTerms | null };
}

export const providerContractDecider: Decider<
  ContractState,
  ProviderContractCommands,
  ProviderContractEvent,
  ProviderContractFacts
> = {
  initial: initialContract,
  decide: {
    OpenContract(state, command, { facts: { provider, framework } }) {
      const { commandId, providerId, type, startsOn, lastDay, frameworkId } = command;
      ensure(state.contractId === null, 'ContractAlreadyOpen');
      ensure(provider.known, 'ProviderUnknown', { path: 'providerId' });
      ensure(isCivilDate(startsOn), 'DateDoesNotExist', { path: 'startsOn' });
      ensure(!lastDay || isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
      ensure(!lastDay || startsOn <= lastDay, 'ContractEndsBeforeItStarts', { path: 'lastDay' });
      if (type === 'framework') {
        ensure(frameworkId, 'FrameworkRequired', { path: 'frameworkId' });
        ensure(!lastDay, 'FrameworkContractNamesLastDay', { path: 'lastDay' });
        ensure(framework?.known, 'FrameworkUnknown', { path: 'frameworkId' });
        const inForce = startsOn >= framework.startsOn && startsOn < framework.endsBefore;
        ensure(inForce, 'ContractOutsideFramework', { path: 'startsOn' });
      } else {
        ensure(!frameworkId, 'FrameworkNotAllowed', { path: 'frameworkId' });
      }
      const data = {
        ...{ contractId: deriveId(commandId, 'providerContract'), providerId, type, startsOn },
        endsBefore: lastDay ? addDays(lastDay, 1) : null,
        patches: [...(command.patches ?? [])],
        ...(frameworkId && { frameworkId }),
        ...ownTerms(command),
      };
      const opened = { ...initialContract, ...data, frameworkId: frameworkId ?? null };
      const admissions = (command.admissions ?? []).map((admission, index) =>
        admitted(opened, { contractId: data.contractId, framework }, admission, index),
      );
      return [{ type: 'ContractOpened', data }, ...admissions];
    },
    AdmitToLots(state, { contractId, ...admission }, { facts: { framework } }) {
      ensure(state.contractId, 'ContractUnknown', { path: 'contractId' });
      return [admitted(state, { contractId, framework }, admission)];
    },
    ...ratesDecider.decide,
    ...payDecider.decide,
    ...capacityDecider.decide,
    ExtendContract(state, { contractId, lastDay, reason }) {
      ensure(state.contractId, 'ContractUnknown', { path: 'contractId' });
      ensure(state.type !== 'framework', 'FrameworkContractExtendsWithFramework');
      ensure(state.endedBefore === null, 'ContractAlreadyEnded');
      ensure(state.endsBefore, 'ContractHasNoEnd');
      ensure(isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
      const endsBefore = addDays(lastDay, 1);
      ensure(endsBefore > state.endsBefore, 'ExtensionNotLater', { path: 'lastDay' });
      const { providerId } = state;
      return [{ type: 'ContractExtended', data: { contractId, providerId, endsBefore, reason } }];
    },
    EndContract(state, { contractId, lastDay, reason }, { facts: { framework } }) {
      ensure(state.contractId, 'ContractUnknown', { path: 'contractId' });
      ensure(state.endedBefore === null, 'ContractAlreadyEnded');
      ensure(isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
      ensure(lastDay >= state.startsOn, 'ContractEndsBeforeItStarts', { path: 'lastDay' });
      const agreed = contractEndsBefore(state, framework?.endsBefore ?? null);
      const endsBefore = addDays(lastDay, 1);
      ensure(agreed === null || endsBefore <= agreed, 'ContractAlreadyEnded', { path: 'lastDay' });
      const { providerId } = state;
      return [{ type: 'ContractEnded', data: { contractId, providerId, endsBefore, reason } }];
    },
  },
  evolve: {
    ContractOpened: (state, { contractId, providerId, type, startsOn, endsBefore, ...terms }) => ({
      ...state,
      ...{ contractId, providerId, type, startsOn, endsBefore },
      frameworkId: terms.frameworkId ?? null,
      patches: terms.patches,
      capacity: limitsOf(terms),
      block: terms.block ?? null,
      noticeDays: terms.noticeDays ?? null,
      rateCards: cardsOfTiers(terms.costAndVolume, startsOn),
    }),
    ContractAdmitted: (state, { lots, admittedOn }) => ({
      ...state,
      admissions: [...state.admissions, { lots, admittedOn }],
    }),
    ...ratesDecider.evolve,
    ...payDecider.evolve,
    ...capacityDecider.evolve,
    ContractExtended: (state, { endsBefore }) => ({ ...state, endsBefore }),
    ContractEnded: (state, { endsBefore }) => ({ ...state, endedBefore: endsBefore }),
  },
};
