import type { DatedPaymentTerms } from '#kernel/payment-terms.js';
import { ruleBook } from '#kernel/rejection.js';
import type { CivilDate } from '#kernel/time.js';
import type { Tenancy } from './block.rules.js';
import type { BlockTerms, ContractType, Rate } from './provider-contract.events.js';
import type { RateCard } from './rate-card.rules.js';

export const providerContractRules = {
  ContractUnknown: 'There is no such contract.',
  ContractAlreadyOpen: 'This contract was opened before.',
  ProviderUnknown: 'There is no such provider.',
  FrameworkUnknown: 'There is no such framework.',
  FrameworkRequired: 'A framework contract names its framework.',
  FrameworkContractNamesLastDay:
    'A framework contract names no last day: it ends with its framework.',
  FrameworkNotAllowed: 'Only a framework contract names a framework.',
  SpotReasonRequired: 'A spot contract needs a reason.',
  CapacityRequired: 'An in-house arrangement states what it can give in a week.',
  CapacityNotAllowed: 'Only a spot contract and an in-house arrangement hold so many hours a week.',
  PackageCapNotAllowed: 'Only a spot contract has a cap in packages.',
  BlockTermsRequired: 'A block contract states its scheme, windows, hours and price.',
  BlockTermsNotAllowed: 'Only a block contract has a scheme.',
  BlockWindowEmpty: 'A window begins and ends at different times.',
  BlockWindowsOverlap: 'A visit lies in one window of a block at most.',
  CostAndVolumeTermsRequired: 'A cost-and-volume contract states its minimum and its tiers.',
  CostAndVolumeTermsNotAllowed: 'Only a cost-and-volume contract has a minimum and tiers.',
  FirstTierNotAtZero: 'The first tier prices the first minute: it begins above 0.',
  TiersNotAscending: 'Each tier begins above the one before.',
  NotABlockContract: 'Only a block contract has tenants.',
  CapacityNotLimited: 'Only a spot contract and an in-house arrangement have a capacity.',
  TenantPackageUnknown: 'There is no such package.',
  AlreadyTenant: 'This person is a tenant on that day already.',
  TenancyOutsideContract: 'A tenancy begins while the contract is in force.',
  TenancyUnknown: 'There is no such tenancy.',
  TenancyEnded: 'This tenancy ended before.',
  TenancyEndsBeforeItStarts: 'A tenancy ends on or after the day it starts.',
  DateDoesNotExist: 'This date does not exist.',
  ContractEndsBeforeItStarts: 'A contract ends on or after the day it starts.',
  ContractOutsideFramework: 'A framework contract starts while its framework is in force.',
  NotAFrameworkContract: 'Only a framework contract is admitted to lots.',
  OpeningUnknown: 'The framework has no such opening.',
  LotNotOffered: 'This opening did not offer one of these lots.',
  AdmittedBeforeOpening: 'An admission starts no earlier than its opening.',
  AdmissionOutsideContract: 'An admission starts while the contract is in force.',
  InHouseHasNoPrice: 'An in-house arrangement has no price.',
  PricedByTiers: 'A cost-and-volume contract is priced by its tiers, not by a rate card.',
  DayHoursNotAscending: 'The day begins before the evening, and the evening before the night.',
  RateCardEmpty: 'A rate card has at least a weekday daytime rate for every visit length.',
  RateNotPositive: 'A rate is a positive number of pence per hour.',
  RateRepeated: 'A rate card prices a day kind and visit length once.',
  RateCardChanged: 'The prices that were uplifted are not those in force on its date any more.',
  RateCardNotLater: 'A rate card for this date exists; set a later date.',
  PaymentTermsNotLater: 'Payment terms for this date exist; set a later date.',
  BandTableFaulty: 'A table of bands has one band for each minute and never pays less for more.',
  CapNotOfABandTable:
    'A cap belongs to quarter hours; a table of bands states its own highest one.',
  ContractAlreadyEnded: 'This contract was ended before.',
  FrameworkContractExtendsWithFramework:
    'A framework contract is extended with its framework, not by itself.',
  ExtensionNotLater: 'An extension ends later than the contract does now.',
  ContractHasNoEnd: 'This contract has no last day to extend.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof providerContractRules>> =
  ruleBook(providerContractRules);

export interface ContractInForce {
  readonly contractId: string | null;
  readonly type: ContractType;
  readonly startsOn: CivilDate;
  readonly endsBefore: CivilDate | null;
  readonly endedBefore: CivilDate | null;
  readonly admissions: readonly { lots: readonly string[]; admittedOn: CivilDate }[];
}

/**
 * The day after a contract's last one. A framework contract lives as long as its framework, with
 * any extension, unless it was ended (withdrawn or terminated) before (S1-7).
 */
export const contractEndsBefore = (
  contract: Pick<ContractInForce, 'type' | 'endsBefore' | 'endedBefore'>,
  frameworkEndsBefore: CivilDate | null,
): CivilDate | null => {
  const agreed = contract.type === 'framework' ? frameworkEndsBefore : contract.endsBefore;
  if (contract.endedBefore === null) return agreed;
  return agreed === null || contract.endedBefore < agreed ? contract.endedBefore : agreed;
};

/** Whether new care may start under a contract on a date: on or before its last day (S1-7). */
export const contractIsLive = (
  contract: ContractInForce,
  frameworkEndsBefore: CivilDate | null,
  on: CivilDate,
): boolean => {
  const endsBefore = contractEndsBefore(contract, frameworkEndsBefore);
  return (
    contract.contractId !== null &&
    contract.startsOn <= on &&
    (endsBefore === null || on < endsBefore)
  );
};

/** Whether a framework contract is admitted to a lot on a date (S1-5). */
export const isAdmitted = (contract: ContractInForce, lot: string, on: CivilDate): boolean =>
  contract.admissions.some(({ lots, admittedOn }) => admittedOn <= on && lots.includes(lot));

export interface ContractState extends ContractInForce {
  readonly providerId: string;
  readonly frameworkId: string | null;
  readonly patches: readonly string[];
  readonly rateCards: readonly RateCard[];
  /** What it may hold at most on any day; a unit that is absent has no limit. */
  readonly capacity: { readonly packages?: number; readonly weeklyMinutes?: number };
  readonly block: BlockTerms | null;
  readonly tenancies: readonly Tenancy[];
  readonly noticeDays: number | null;
  /** In order of their first days. */
  readonly paymentTerms: readonly DatedPaymentTerms[];
}

export const initialContract: ContractState = {
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
  capacity: {},
  block: null,
  tenancies: [],
  noticeDays: null,
  paymentTerms: [],
};

export const repeatsARate = (rates: readonly Rate[]): boolean =>
  new Set(rates.map(({ dayKind, visitMinutes }) => `${dayKind}/${visitMinutes ?? ''}`)).size <
  rates.length;
