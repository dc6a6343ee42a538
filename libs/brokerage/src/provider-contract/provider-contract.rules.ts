import { ruleBook } from '#kernel/rejection.js';
import type { CivilDate } from '#kernel/time.js';
import type { ContractType, Rate } from './provider-contract.events.js';

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
  ContractTypeNotYetSupported: 'Block and cost-and-volume contracts cannot be opened yet.',
  DateDoesNotExist: 'This date does not exist.',
  ContractEndsBeforeItStarts: 'A contract ends on or after the day it starts.',
  ContractOutsideFramework: 'A framework contract starts while its framework is in force.',
  NotAFrameworkContract: 'Only a framework contract is admitted to lots.',
  OpeningUnknown: 'The framework has no such opening.',
  LotNotOffered: 'This opening did not offer one of these lots.',
  AdmittedBeforeOpening: 'An admission starts no earlier than its opening.',
  AdmissionOutsideContract: 'An admission starts while the contract is in force.',
  InHouseHasNoPrice: 'An in-house arrangement has no price.',
  RateCardEmpty: 'A rate card has at least a weekday daytime rate for every visit length.',
  RateNotPositive: 'A rate is a positive number of pence per hour.',
  RateRepeated: 'A rate card prices a day kind and visit length once.',
  RateCardNotLater: 'A rate card for this date exists; set a later date.',
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

export const repeatsARate = (rates: readonly Rate[]): boolean =>
  new Set(rates.map(({ dayKind, visitMinutes }) => `${dayKind}/${visitMinutes ?? ''}`)).size <
  rates.length;
