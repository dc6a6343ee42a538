import { isUuid } from '#kernel/ids.js';
import type { CivilDate } from '#kernel/time.js';
import type { ContractType } from '../provider-contract/provider-contract.events.js';
import { comparedName } from '../provider/provider.rules.js';
import { ensure, csvImportRules } from './csv-import.rules.js';

/** Providers and contracts as a file may name them. */
export interface ContractDirectory {
  readonly providers: readonly {
    readonly providerId: string;
    /** All names of the provider in the form in which names are compared. */
    readonly comparedNames: readonly string[];
  }[];
  readonly contracts: readonly {
    readonly contractId: string;
    readonly providerId: string;
    readonly type: ContractType;
    readonly startsOn: CivilDate;
    /** Exclusive, with any extension or earlier end; null: open-ended. */
    readonly endsBefore: CivilDate | null;
  }[];
}

/** The provider of this legal, trading or other name or id; names are equal or different (S1-4). */
export function providerNamed({ providers }: ContractDirectory, text: string): string {
  const path = 'providerId';
  if (isUuid(text.toLowerCase())) {
    const known = providers.some(({ providerId }) => providerId === text.toLowerCase());
    ensure(known, 'ProviderNameUnknown', { path, message: `There is no provider ${text}.` });
    return text.toLowerCase();
  }
  const name = comparedName(text);
  const [found, ...others] = providers.filter(({ comparedNames }) => comparedNames.includes(name));
  const say = (rule: keyof typeof csvImportRules) =>
    `${csvImportRules[rule].slice(0, -1)}: ${JSON.stringify(text)}.`;
  ensure(found, 'ProviderNameUnknown', { path, message: say('ProviderNameUnknown') });
  const message = `${say('ProviderNameAmbiguous')} Give the id of the right one.`;
  ensure(others.length === 0, 'ProviderNameAmbiguous', { path, message });
  return found.providerId;
}

/** The provider's contract of a type that is in force on a date; of several the latest. */
export function contractInForce(
  { contracts }: ContractDirectory,
  wanted: { readonly providerId: string; readonly type: ContractType; readonly on: CivilDate },
): string {
  const { providerId, type, on } = wanted;
  const [found] = contracts
    .filter((contract) => contract.providerId === providerId && contract.type === type)
    .filter(
      ({ startsOn, endsBefore }) => startsOn <= on && (endsBefore === null || on < endsBefore),
    )
    .toSorted((a, b) => (a.startsOn < b.startsOn ? 1 : -1));
  const message = `The provider has no ${type} contract in force on ${on}. Give the contract's id.`;
  ensure(found, 'ContractNotFound', { path: 'contractId', message });
  return found.contractId;
}
