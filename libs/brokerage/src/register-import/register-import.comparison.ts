import { addDays } from '#kernel/time.js';
import { comparedName } from '../provider/provider.rules.js';
import type { OpenContract } from '../provider-contract/provider-contract.commands.js';
import type { RegisteredContract } from './register-import.directory.js';
import { differs, ensure } from './register-import.rules.js';

type Terms = Omit<OpenContract, 'commandId' | 'admissions'>;

/** Whether a row tells of this contract: provider, type, first day, framework and scheme are its key. */
export const isSameContract = (contract: RegisteredContract, terms: Terms): boolean =>
  contract.providerId === terms.providerId &&
  contract.type === terms.type &&
  contract.startsOn === terms.startsOn &&
  contract.frameworkId === terms.frameworkId &&
  comparedName(contract.block?.scheme ?? '') === comparedName(terms.block?.scheme ?? '');

/** What the file says of a contract that the register has; an empty cell says nothing. */
export function ensureUnchanged(contract: RegisteredContract, terms: Terms): void {
  const same = (given: unknown, known: unknown) =>
    given === undefined || canonical(given) === canonical(known);
  const { lastDay, patches, block, costAndVolume } = terms;
  const known =
    contract.agreedEndsBefore === null ? undefined : addDays(contract.agreedEndsBefore, -1);
  ensure(same(lastDay, known), 'RegisterDiffers', {
    path: 'lastDay',
    message: differs('last day', known),
  });
  ensure(same(patches?.toSorted(), contract.patches.toSorted()), 'RegisterDiffers', {
    path: 'patches',
    message: differs('patches', contract.patches.join('; ')),
  });
  for (const [field, what] of plainFields) {
    ensure(same(terms[field], contract[field]), 'RegisterDiffers', {
      path: field,
      message: differs(what, contract[field]?.toString()),
    });
  }
  const other = 'The register has other terms. An import never overwrites: mend the row.';
  ensure(same(block, contract.block), 'RegisterDiffers', { path: 'block', message: other });
  ensure(same(costAndVolume, contract.costAndVolume), 'RegisterDiffers', {
    path: 'costAndVolume',
    message: other,
  });
}

const plainFields = [
  ['spotReason', 'reason'],
  ['capacityWeeklyMinutes', 'capacity in minutes'],
  ['maxPackages', 'cap of packages'],
  ['kpiSet', 'set of KPIs'],
  ['noticeDays', 'days of notice'],
] as const;

/** Equal for equal content, whatever the order of the fields. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  ) ?? '';
