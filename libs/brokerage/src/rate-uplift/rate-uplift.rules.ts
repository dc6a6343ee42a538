import { keyHash } from '#kernel/ids.js';
import { ruleBook } from '#kernel/rejection.js';
import type { CivilDate } from '#kernel/time.js';
import type { DayKind, Rate } from '../provider-contract/provider-contract.events.js';
import { rateFor } from '../provider-contract/rate-card.rules.js';
import type { RateUpliftProposed, UpliftedContract } from './rate-uplift.events.js';

export const rateUpliftRules = {
  UpliftUnknown: 'There is no such uplift.',
  UpliftAlreadyProposed: 'This uplift was proposed before.',
  UpliftChangesNothing: 'An uplift says either a percentage or new prices.',
  UpliftHasNoContracts: 'No contract with prices fits. Name others, or an earlier date.',
  UpliftTooLarge: 'An uplift is for at most 500 contracts. Propose it in parts.',
  UpliftAlreadyDecided: 'This uplift was approved or rejected before.',
  UpliftApproverIsAuthor: 'An uplift is approved by another person than its author.',
  UpliftStale: 'Contracts or prices have changed since the preview. Propose the uplift again.',
  DateDoesNotExist: 'This date does not exist.',
  RateNotPositive: 'A rate is a positive number of pence per hour.',
  RateRepeated: 'A rate card prices a day kind and visit length once.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof rateUpliftRules>> =
  ruleBook(rateUpliftRules);

export const maxContracts = 500;

/** Live care under a contract, by what it is priced by. */
export interface PricedCare {
  readonly dayKind: DayKind;
  readonly visitMinutes: number;
  /** Carer minutes a week. */
  readonly weeklyMinutes: number;
}

/** A contract as an uplift finds it. */
export interface UpliftCandidate {
  readonly contractId: string;
  readonly providerId: string;
  /** The rate card in force on the uplift's date; null: it has none. */
  readonly card: { readonly effectiveOn: CivilDate; readonly rates: readonly Rate[] } | null;
  /** A card of its own begins on the uplift's date or later, so somebody has agreed prices already. */
  readonly hasLaterCard: boolean;
  readonly care: readonly PricedCare[];
}

type Change = Pick<RateUpliftProposed['data'], 'percentHundredths' | 'newRates'>;

/** A price after an uplift; rounded half-up, once (X25). */
export const upliftedPence = (pencePerHour: number, percentHundredths: number): number =>
  Math.floor((pencePerHour * (10_000 + percentHundredths) + 5_000) / 10_000);

const upliftedRate = (rate: Rate, { percentHundredths = 0, newRates = [] }: Change): Rate => {
  const own = newRates.find(
    ({ dayKind, visitMinutes }) =>
      dayKind === rate.dayKind && (visitMinutes ?? null) === (rate.visitMinutes ?? null),
  );
  const pencePerHour = own?.pencePerHour ?? upliftedPence(rate.pencePerHour, percentHundredths);
  return { ...rate, pencePerHour };
};

/** What care costs in 365 days, rounded half-up once. */
export function yearlyPence(rates: readonly Rate[], care: readonly PricedCare[]): number {
  const card = { effectiveOn: '', rates };
  const penceMinutes = care.reduce(
    (sum, { dayKind, visitMinutes, weeklyMinutes }) =>
      sum + rateFor(card, dayKind, visitMinutes) * weeklyMinutes,
    0,
  );
  return Math.floor((penceMinutes * 365 + 210) / 420);
}

/** The contracts that an uplift is for, with their prices and cost, and those it leaves alone. */
export function upliftOf(
  candidates: readonly UpliftCandidate[],
  change: Change,
): Pick<RateUpliftProposed['data'], 'contracts' | 'excluded'> {
  const contracts: UpliftedContract[] = [];
  const excluded: RateUpliftProposed['data']['excluded'][number][] = [];
  for (const { contractId, providerId, card, hasLaterCard, care } of candidates) {
    if (hasLaterCard) excluded.push({ contractId, because: 'later-rate-card' });
    else if (!card) excluded.push({ contractId, because: 'no-rate-card' });
    else {
      const uplifted = card.rates.map((rate) => upliftedRate(rate, change));
      contracts.push({
        ...{ contractId, providerId, replaces: card.effectiveOn, rates: card.rates, uplifted },
        yearlyPenceBefore: yearlyPence(card.rates, care),
        yearlyPenceAfter: yearlyPence(uplifted, care),
      });
    }
  }
  return { contracts, excluded };
}

/** What two people agree on: contracts, dates and prices. The cost is an estimate and changes daily. */
export const previewHashOf = (
  effectiveOn: CivilDate,
  contracts: readonly UpliftedContract[],
): string =>
  keyHash(
    effectiveOn,
    ...contracts.map(({ contractId, replaces, rates, uplifted }) =>
      JSON.stringify([contractId, replaces, pricesOf(rates), pricesOf(uplifted)]),
    ),
  );

const pricesOf = (rates: readonly Rate[]) =>
  rates.map(({ dayKind, visitMinutes, pencePerHour }) => [
    dayKind,
    visitMinutes ?? null,
    pencePerHour,
  ]);
