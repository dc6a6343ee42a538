import { weeklyCarerMinutes, type ScheduleLine } from '#kernel/schedule.js';
import type { CivilDate } from '#kernel/time.js';
import { suspends } from '#brokerage/provider/provider.rules.js';
import { volumePricePence } from '#brokerage/provider-contract/contract-terms.rules.js';
import { isAdmitted } from '#brokerage/provider-contract/provider-contract.rules.js';
import { rateCardOn, weeklyCostPence } from '#brokerage/provider-contract/rate-card.rules.js';
import { isInForce } from './contract-register.rules.js';
import type { Contract } from './contract-register.view.js';

/** The care that a provider is sought for. */
export interface CareWanted {
  readonly lot: string;
  readonly patch: string;
  readonly startOn: CivilDate;
  /** How care is asked for; absent: through the framework (S3-17). */
  readonly route?: string;
  /** What is priced under each contract; absent: nothing is. */
  readonly schedule?: readonly ScheduleLine[];
  readonly carerGenderNeed?: string;
  readonly skills?: readonly string[];
  readonly languages?: readonly string[];
}

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

/** Whether a provider may be invited under this contract (S1-5, S1-7, S2-7, S4-3, X7). */
export const isEligible = (row: Contract, wanted: CareWanted): boolean =>
  contractTypesOf(wanted).includes(row.type) &&
  isInForce(row, wanted.startOn) &&
  (row.type !== 'framework' || isAdmitted(row, wanted.lot, wanted.startOn)) &&
  coversPatch(row, wanted.patch) &&
  isNotSuspended(row, wanted);

/** In-house teams are not bound by patches (S4-3). */
const coversPatch = ({ type, patches }: Contract, patch: string): boolean =>
  type === 'in-house' || patches.length === 0 || patches.includes(patch);

const isNotSuspended = (row: Contract, { lot, startOn }: CareWanted): boolean =>
  !row.suspensions.some(({ lots, fromOn, liftedOn = null }) =>
    suspends({ lots, fromOn, liftedOn }, lot, startOn),
  );

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
