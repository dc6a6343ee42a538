import { isCivilDate, type CivilDate } from '#kernel/time.js';
import type { ContractAdmitted } from './provider-contract.events.js';
import { contractIsLive, ensure, type ContractState } from './provider-contract.rules.js';

/** What a contract needs to know of its framework. */
export interface FrameworkTerms {
  readonly known: boolean;
  readonly startsOn: CivilDate;
  readonly endsBefore: CivilDate;
  readonly openings: Readonly<Record<string, { opensOn: CivilDate; lots: readonly string[] }>>;
}

interface Admission {
  readonly openingId: string;
  readonly lots: readonly string[];
  readonly admittedOn: CivilDate;
}

/**
 * Lots that an opening offered, no earlier than it and while the contract is in force (S1-5, S1-7).
 * `index`: its place in the command's list of admissions.
 */
export function admitted(
  state: ContractState,
  { contractId, framework }: { contractId: string; framework: FrameworkTerms | null },
  { openingId, lots, admittedOn }: Admission,
  index?: number,
): ContractAdmitted {
  const at = (field: string) => ({
    path: index === undefined ? field : `admissions.${index}.${field}`,
  });
  const { frameworkId, providerId } = state;
  ensure(frameworkId && framework, 'NotAFrameworkContract', {
    path: index === undefined ? 'contractId' : 'admissions',
  });
  const opening = framework.openings[openingId];
  ensure(opening, 'OpeningUnknown', at('openingId'));
  const offered = lots.every((lot) => opening.lots.includes(lot));
  ensure(offered, 'LotNotOffered', at('lots'));
  ensure(isCivilDate(admittedOn), 'DateDoesNotExist', at('admittedOn'));
  ensure(admittedOn >= opening.opensOn, 'AdmittedBeforeOpening', at('admittedOn'));
  const live = contractIsLive({ ...state, contractId }, framework.endsBefore, admittedOn);
  ensure(live, 'AdmissionOutsideContract', at('admittedOn'));
  const data = { contractId, providerId, frameworkId, openingId, lots: [...lots], admittedOn };
  return { type: 'ContractAdmitted', data };
}
