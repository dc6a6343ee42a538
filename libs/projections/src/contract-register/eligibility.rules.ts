import { overLimit, peakFrom, type Holding } from '#kernel/capacity.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import {
  ratingGate,
  registrationGate,
  type GateVerdict,
} from '#brokerage/provider/provider.quality.rules.js';
import { suspends } from '#brokerage/provider/provider.rules.js';
import { volumePricePence } from '#brokerage/provider-contract/contract-terms.rules.js';
import { isAdmitted } from '#brokerage/provider-contract/provider-contract.rules.js';
import { rateCardOn, weeklyCostPence } from '#brokerage/provider-contract/rate-card.rules.js';
import { reason, type CareWanted, type Reason, type ReasonWeight } from './care-wanted.rules.js';
import { isInForce } from './contract-register.rules.js';
import type { Contract, Provider } from './contract-register.view.js';
import { offerReasons } from './offered-care.rules.js';

/** A provider that may be asked, the contract it would work under, and what the care costs there. */
export interface EligibleContract {
  readonly providerId: string;
  readonly contractId: string;
  readonly contractType: string;
  /** At the prices of the first day; null: without prices, or no schedule was asked about. */
  readonly weeklyCostPence: number | null;
}

const external = ['framework', 'block', 'cost-and-volume', 'spot'];
/** The kinds of contract that each route asks under. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  framework: ['framework', 'block', 'cost-and-volume'],
  spot: ['spot'],
  'in-house': ['in-house'],
  individual: external,
  'direct-call-off': external,
};

export const contractTypesOf = ({ route = 'framework' }: CareWanted): readonly string[] =>
  typesOf[route] ?? [];

type Standing = Pick<
  Provider,
  'cqcProviderId' | 'registrations' | 'ratings' | 'profile' | 'suspensions'
>;

/** Why a provider may have new work of a kind, or may not, whatever its contract. */
export const providerReasons = (provider: Standing, wanted: CareWanted): Reason[] => [
  ...cqcReasons(provider, wanted),
  suspensionReason(provider, wanted),
  ...offerReasons(provider.profile, wanted),
];

/** Why care may be asked for under a contract, or may not (S1-5, S1-7, S2-7, S3-11, S4-3). */
export const contractReasons = (
  row: Contract,
  wanted: CareWanted,
  held: readonly Holding[] = [],
): Reason[] => [
  contractTypesOf(wanted).includes(row.type)
    ? reason('ContractOfRoute', 'for', `Its ${row.type} contract is one of this route.`)
    : reason('ContractOfOtherRoute', 'against', `Its ${row.type} contract is none of this route.`),
  isInForce(row, wanted.startOn)
    ? reason('ContractInForce', 'for', `The contract is in force on ${wanted.startOn}.`)
    : reason('ContractNotInForce', 'against', `The contract is not in force on ${wanted.startOn}.`),
  ...admissionReasons(row, wanted),
  patchReason(row, wanted),
  ...roomReasons(row, wanted, held),
];

export const isFor = (reasons: readonly Reason[]): boolean =>
  reasons.every(({ weight }) => weight !== 'against');

const weightOf: Readonly<Record<GateVerdict, ReasonWeight>> = {
  ...{ passes: 'for', fails: 'against', 'not-checkable': 'not-checkable' },
};

const registrationSentences: Readonly<Record<GateVerdict, string>> = {
  passes: 'It is registered with the CQC.',
  fails: 'It is not registered with the CQC, or that is not recorded.',
  'not-checkable': 'Its CQC registration is not recorded, so it cannot be checked.',
};

function cqcReasons(provider: Standing, { decidedOn, gates }: CareWanted): Reason[] {
  if (!decidedOn || !gates) return [];
  const registered = registrationGate(provider, gates, decidedOn);
  const rated = ratingGate(provider, gates, decidedOn);
  const sentence =
    rated === 'passes'
      ? 'Its CQC rating is within the council’s minimum.'
      : 'Its CQC rating is below the council’s minimum, or missing where one is needed.';
  return [
    reason('CqcRegistration', weightOf[registered], registrationSentences[registered]),
    reason('CqcRating', weightOf[rated], sentence),
  ];
}

function suspensionReason({ suspensions }: Standing, { lot, startOn }: CareWanted): Reason {
  const found = suspensions.find(({ lots, fromOn, liftedOn = null }) =>
    suspends({ lots, fromOn, liftedOn }, lot, startOn),
  );
  return found
    ? reason('ProviderSuspended', 'against', `It is suspended from new work on ${startOn}.`)
    : reason('ProviderNotSuspended', 'for', `It is not suspended on ${startOn}.`);
}

function admissionReasons(row: Contract, { lot, startOn }: CareWanted): Reason[] {
  if (row.type !== 'framework') return [];
  return isAdmitted(row, lot, startOn)
    ? [reason('AdmittedToLot', 'for', `It is admitted to ${lot} on ${startOn}.`)]
    : [reason('NotInLot', 'against', `It is not admitted to ${lot} on ${startOn}.`)];
}

/** In-house teams are not bound by patches (S4-3). */
function patchReason({ type, patches }: Contract, { patch }: CareWanted): Reason {
  if (patches.length === 0) {
    return reason('PatchCovered', 'for', 'It works in every patch.');
  }
  if (patches.includes(patch)) return reason('PatchCovered', 'for', `It works in ${patch}.`);
  return type === 'in-house'
    ? reason('PatchNotPreferred', 'preference', `${patch} is not a patch that it prefers.`)
    : reason('PatchNotCovered', 'against', `Its contract does not cover ${patch}.`);
}

/** The room that is left from the first day on, as an award would find it (S3-11). */
function roomReasons(row: Contract, wanted: CareWanted, held: readonly Holding[]): Reason[] {
  const { maxPackages, capacityWeeklyMinutes } = row;
  const limits = {
    ...(maxPackages && { packages: maxPackages }),
    ...(capacityWeeklyMinutes && { weeklyMinutes: capacityWeeklyMinutes }),
  };
  if (Object.keys(limits).length === 0 || !wanted.schedule) return [];
  const units = { packages: 1, weeklyMinutes: weeklyCarerMinutes(wanted.schedule) };
  const over = overLimit(peakFrom(held, wanted.startOn), units, limits);
  return over.length > 0
    ? [reason('NoCapacityLeft', 'against', 'The contract has no room for this care too.')]
    : [reason('CapacityLeft', 'for', 'The contract has room for this care.')];
}

/** What the wanted care would cost a week under a contract, at the prices of its first day. */
export function costUnder(
  { rateCards, costAndVolume }: Pick<Contract, 'rateCards' | 'costAndVolume'>,
  { schedule, startOn }: CareWanted,
): number | null {
  if (!schedule || schedule.length === 0) return null;
  const [firstTier] = costAndVolume?.tiers ?? [];
  if (firstTier) return volumePricePence([firstTier], weeklyCarerMinutes(schedule));
  const card = rateCardOn(rateCards, startOn);
  return card ? weeklyCostPence(card, schedule) : null;
}
