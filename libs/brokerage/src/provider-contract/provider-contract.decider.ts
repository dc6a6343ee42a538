import type { Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { addDays, isCivilDate, type CivilDate } from '#kernel/time.js';
import type { ProviderContractCommands } from './provider-contract.commands.js';
import type { ContractType, ProviderContractEvent } from './provider-contract.events.js';
import {
  contractEndsBefore,
  contractIsLive,
  ensure,
  repeatsARate,
  type ContractInForce,
} from './provider-contract.rules.js';
import type { RateCard } from './rate-card.rules.js';

export interface ContractState extends ContractInForce {
  readonly providerId: string;
  readonly frameworkId: string | null;
  readonly patches: readonly string[];
  readonly rateCards: readonly RateCard[];
}

/** What a contract needs to know of its framework. */
export interface FrameworkTerms {
  readonly known: boolean;
  readonly startsOn: CivilDate;
  readonly endsBefore: CivilDate;
  readonly openings: Readonly<Record<string, { opensOn: CivilDate; lots: readonly string[] }>>;
}

export interface ProviderContractFacts {
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
  initial: {
    contractId: null,
    providerId: '',
    type: 'framework',
    frameworkId: null,
    startsOn: '',
    endsBefore: null,
    endedBefore: null,
    patches: [],
    admissions: [],
    rateCards: [],
  },
  decide: {
    OpenContract(state, command, { facts: { provider, framework } }) {
      const { commandId, providerId, type, startsOn, lastDay, frameworkId } = command;
      ensure(state.contractId === null, 'ContractAlreadyOpen');
      ensure(provider.known, 'ProviderUnknown', { path: 'providerId' });
      ensure(isSupported(type), 'ContractTypeNotYetSupported', { path: 'type' });
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
      const { spotReason, capacityWeeklyMinutes } = command;
      if (type === 'spot') ensure(spotReason, 'SpotReasonRequired', { path: 'spotReason' });
      if (type === 'in-house') {
        ensure(capacityWeeklyMinutes, 'CapacityRequired', { path: 'capacityWeeklyMinutes' });
      }
      const data = {
        ...{ contractId: deriveId(commandId, 'providerContract'), providerId, type, startsOn },
        endsBefore: lastDay ? addDays(lastDay, 1) : null,
        patches: [...(command.patches ?? [])],
        ...(frameworkId && { frameworkId }),
        ...(spotReason && { spotReason }),
        ...(capacityWeeklyMinutes && { capacityWeeklyMinutes }),
      };
      return [{ type: 'ContractOpened', data }];
    },
    AdmitToLots(state, { contractId, openingId, lots, admittedOn }, { facts: { framework } }) {
      ensure(state.contractId, 'ContractUnknown', { path: 'contractId' });
      ensure(state.frameworkId && framework, 'NotAFrameworkContract', { path: 'contractId' });
      const opening = framework.openings[openingId];
      ensure(opening, 'OpeningUnknown', { path: 'openingId' });
      const offered = lots.every((lot) => opening.lots.includes(lot));
      ensure(offered, 'LotNotOffered', { path: 'lots' });
      ensure(isCivilDate(admittedOn), 'DateDoesNotExist', { path: 'admittedOn' });
      ensure(admittedOn >= opening.opensOn, 'AdmittedBeforeOpening', { path: 'admittedOn' });
      const live = contractIsLive(state, framework.endsBefore, admittedOn);
      ensure(live, 'AdmissionOutsideContract', { path: 'admittedOn' });
      const { providerId, frameworkId } = state;
      const data = { contractId, providerId, frameworkId, openingId, lots: [...lots], admittedOn };
      return [{ type: 'ContractAdmitted', data }];
    },
    SetRateCard(state, { contractId, effectiveOn, rates }) {
      ensure(state.contractId, 'ContractUnknown', { path: 'contractId' });
      ensure(state.type !== 'in-house', 'InHouseHasNoPrice', { path: 'contractId' });
      const priced = rates.some((rate) => rate.dayKind === 'weekday-day' && !rate.visitMinutes);
      ensure(priced, 'RateCardEmpty', { path: 'rates' });
      const positive = rates.every((rate) => rate.pencePerHour > 0);
      ensure(positive, 'RateNotPositive', { path: 'rates' });
      ensure(!repeatsARate(rates), 'RateRepeated', { path: 'rates' });
      ensure(isCivilDate(effectiveOn), 'DateDoesNotExist', { path: 'effectiveOn' });
      const later = state.rateCards.every((card) => card.effectiveOn < effectiveOn);
      ensure(later, 'RateCardNotLater', { path: 'effectiveOn' });
      const { providerId } = state;
      const card = { effectiveOn, rates: rates.map((rate) => ({ ...rate })) };
      return [{ type: 'RateCardSet', data: { contractId, providerId, ...card } }];
    },
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
    }),
    ContractAdmitted: (state, { lots, admittedOn }) => ({
      ...state,
      admissions: [...state.admissions, { lots, admittedOn }],
    }),
    RateCardSet: (state, { effectiveOn, rates }) => ({
      ...state,
      rateCards: [...state.rateCards, { effectiveOn, rates }],
    }),
    ContractExtended: (state, { endsBefore }) => ({ ...state, endsBefore }),
    ContractEnded: (state, { endsBefore }) => ({ ...state, endedBefore: endsBefore }),
  },
};

const isSupported = (type: ContractType): boolean =>
  type === 'framework' || type === 'spot' || type === 'in-house';
