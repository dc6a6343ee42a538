import type { Decider } from '#kernel/decider.js';
import { civilDateOf, isCivilDate, type CivilDate } from '#kernel/time.js';
import type { ProviderContractCommands } from './provider-contract.commands.js';
import type {
  CostAndVolumeTerms,
  DayHours,
  Rate,
  RateCardSet,
} from './provider-contract.events.js';
import {
  ensure,
  initialContract,
  repeatsARate,
  type ContractState,
} from './provider-contract.rules.js';
import { rateCardOn, type RateCard } from './rate-card.rules.js';

type RateCommands = Pick<ProviderContractCommands, 'SetRateCard' | 'ApplyRateUplift'>;

/** What a contract costs, from dates on. */
export const ratesDecider: Decider<ContractState, RateCommands, RateCardSet> = {
  initial: initialContract,
  decide: {
    SetRateCard(state, { effectiveOn, rates, hours }, { now }) {
      const contractId = ensurePriced(state, effectiveOn);
      const priced = rates.some((rate) => rate.dayKind === 'weekday-day' && !rate.visitMinutes);
      ensure(priced, 'RateCardEmpty', { path: 'rates' });
      const positive = rates.every((rate) => rate.pencePerHour > 0);
      ensure(positive, 'RateNotPositive', { path: 'rates' });
      ensure(!repeatsARate(rates), 'RateRepeated', { path: 'rates' });
      ensure(!hours || inOrder(hours), 'DayHoursNotAscending', { path: 'hours' });
      const set = cardSet(state, contractId, { effectiveOn, rates, ...(hours && { hours }) }, now);
      return [set];
    },
    ApplyRateUplift(state, { upliftId, effectiveOn, replaces, rates }, { now }) {
      const contractId = ensurePriced(state, effectiveOn);
      const before = rateCardOn(state.rateCards, effectiveOn);
      ensure(before?.effectiveOn === replaces, 'RateCardChanged');
      const card = { effectiveOn, rates, ...(before.hours && { hours: before.hours }) };
      const { type, data } = cardSet(state, contractId, card, now);
      return [{ type, data: { ...data, upliftId } }];
    },
  },
  evolve: {
    RateCardSet: (state, { effectiveOn, rates, hours }) => ({
      ...state,
      rateCards: [...state.rateCards, { effectiveOn, rates, ...(hours && { hours }) }],
    }),
  },
};

function ensurePriced(state: ContractState, effectiveOn: CivilDate): string {
  ensure(state.contractId, 'ContractUnknown', { path: 'contractId' });
  ensure(state.type !== 'in-house', 'InHouseHasNoPrice', { path: 'contractId' });
  ensure(state.type !== 'cost-and-volume', 'PricedByTiers', { path: 'contractId' });
  ensure(isCivilDate(effectiveOn), 'DateDoesNotExist', { path: 'effectiveOn' });
  const later = state.rateCards.every((card) => card.effectiveOn < effectiveOn);
  ensure(later, 'RateCardNotLater', { path: 'effectiveOn' });
  return state.contractId;
}

function cardSet(
  { providerId }: ContractState,
  contractId: string,
  { effectiveOn, rates, hours }: RateCard,
  now: string,
): RateCardSet {
  const plain = rates.map((rate): Rate => ({ ...rate }));
  const data = {
    ...{ contractId, providerId, effectiveOn, rates: plain },
    ...(hours && { hours: { ...hours } }),
    ...(effectiveOn < civilDateOf(now) && { retroactive: true as const }),
  };
  return { type: 'RateCardSet', data };
}

const inOrder = ({ dayFrom, eveningFrom, nightFrom }: DayHours): boolean =>
  dayFrom < eveningFrom && eveningFrom < nightFrom;

/** Care under tiers is estimated at the first one: what it costs in the end depends on all of it. */
export const cardsOfTiers = (
  terms: CostAndVolumeTerms | undefined,
  startsOn: CivilDate,
): readonly RateCard[] => {
  const first = terms?.tiers[0];
  if (!first) return [];
  const { pencePerHour } = first;
  return [{ effectiveOn: startsOn, rates: [{ dayKind: 'weekday-day', pencePerHour }] }];
};
