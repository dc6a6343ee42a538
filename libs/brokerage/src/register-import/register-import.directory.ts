import { isUuid } from '#kernel/ids.js';
import type { CivilDate } from '#kernel/time.js';
import type { ContractDirectory } from '../csv-import/csv-import.directory.js';
import { ensure as ensureFile } from '../csv-import/csv-import.rules.js';
import { comparedName } from '../provider/provider.rules.js';
import type { ContractTerms, ContractType } from '../provider-contract/provider-contract.events.js';
import type { RateCard } from '../provider-contract/rate-card.rules.js';
import { ensure, registerImportRules } from './register-import.rules.js';

export interface RegisteredProvider {
  readonly providerId: string;
  readonly legalName: string;
  readonly comparedNames: readonly string[];
  readonly cqcProviderId?: string;
  readonly cqcLocationIds: readonly string[];
}

export interface RegisteredContract extends ContractTerms {
  readonly admissions: readonly {
    readonly lots: readonly string[];
    readonly admittedOn: CivilDate;
  }[];
  readonly rateCards: readonly RateCard[];
  /** The day after the contract's own last one. */
  readonly agreedEndsBefore: CivilDate | null;
}

export interface RegisteredFramework {
  readonly frameworkId: string;
  readonly name: string;
  readonly openings: readonly {
    readonly openingId: string;
    readonly opensOn: CivilDate;
    readonly lots: readonly string[];
  }[];
}

/** The register as an import compares its file with it. */
export interface RegisterDirectory extends ContractDirectory {
  readonly providers: readonly RegisteredProvider[];
  readonly contracts: readonly RegisteredContract[];
  readonly frameworks: readonly RegisteredFramework[];
}

/** The framework of this name or id; names are equal or different. */
export function frameworkNamed(
  { frameworks }: RegisterDirectory,
  text: string,
): RegisteredFramework {
  const path = 'frameworkId';
  const same = isUuid(text.toLowerCase())
    ? ({ frameworkId }: RegisteredFramework) => frameworkId === text.toLowerCase()
    : ({ name }: RegisteredFramework) => comparedName(name) === comparedName(text);
  const [found, ...others] = frameworks.filter(same);
  const say = (rule: keyof typeof registerImportRules) =>
    `${registerImportRules[rule].slice(0, -1)}: ${JSON.stringify(text)}.`;
  ensure(found, 'FrameworkNameUnknown', { path, message: say('FrameworkNameUnknown') });
  const message = `${say('FrameworkNameAmbiguous')} Give the id of the right one.`;
  ensure(others.length === 0, 'FrameworkNameAmbiguous', { path, message });
  return found;
}

/** The contract of an id, if it is the provider’s. */
export function contractOfProvider(
  { contracts }: RegisterDirectory,
  contractId: string,
  providerId: string,
) {
  const path = 'contractId';
  const found = contracts.find((each) => isUuid(contractId) && each.contractId === contractId);
  const message = `There is no contract ${contractId}. Give its id, or leave the cell empty.`;
  ensureFile(found, 'ContractNotFound', { path, message });
  ensure(found.providerId === providerId, 'ContractOfAnother', { path });
  return found;
}

/** The provider’s contract of a type in force on a date; it does not choose between several. */
export function onlyContractInForce(
  { contracts }: RegisterDirectory,
  { providerId, type, on }: { providerId: string; type: ContractType; on: string },
): RegisteredContract {
  const path = 'contractId';
  const [found, ...others] = contracts
    .filter((each) => each.providerId === providerId && each.type === type)
    .filter(({ startsOn, endsBefore: end }) => startsOn <= on && (end === null || on < end));
  const what = `${type} contract in force on ${on}. Give the contract's id.`;
  ensureFile(found, 'ContractNotFound', { path, message: `The provider has no ${what}` });
  const message = `The provider has more than one ${what}`;
  ensure(others.length === 0, 'ContractAmbiguous', { path, message });
  return found;
}
