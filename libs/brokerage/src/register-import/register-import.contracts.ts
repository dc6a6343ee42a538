import * as cells from '../csv-import/csv-import.cells.js';
import { providerNamed } from '../csv-import/csv-import.directory.js';
import { columnNamed } from '../csv-import/csv-import.problems.js';
import { comparedName } from '../provider/provider.rules.js';
import { contractTypes } from '../provider-contract/provider-contract.events.js';
import { AdmitToLots, OpenContract } from '../provider-contract/provider-contract.commands.js';
import { contractColumns } from './register-import.columns.js';
import { ensureUnchanged, isSameContract } from './register-import.comparison.js';
import { ContractRows, type AdmissionDraft, type ContractDraft } from './register-import.drafts.js';
import {
  frameworkNamed,
  type RegisterDirectory,
  type RegisteredContract,
  type RegisteredFramework,
} from './register-import.directory.js';
import {
  changeBy,
  numbersOf,
  rowsByKey,
  type Change,
  type RegisterEntry,
  type RegisterReading,
} from './register-import.entry.js';
import { ensure } from './register-import.rules.js';

type Name = keyof typeof contractColumns;

/** One contract in each row; rows that differ in their lots alone are admissions of one contract. */
export const contractFiles: RegisterReading<Name> = {
  columns: contractColumns,
  entries: (rows) => {
    const keyOf = ({ cells: { provider, type, starts_on, framework, scheme } }: (typeof rows)[0]) =>
      JSON.stringify([
        ...[comparedName(provider), cells.codeIn(contractTypes)(type) ?? type],
        ...[cells.date(starts_on) ?? starts_on, comparedName(framework), comparedName(scheme)],
      ]);
    return rowsByKey(rows, keyOf).map(entryOf);
  },
};

function entryOf(rows: ConstructorParameters<typeof ContractRows>[0]): RegisterEntry<Name> {
  const reading = new ContractRows(rows);
  const draft = reading.draft();
  return {
    rows: numbersOf(rows),
    problems: reading.problems,
    placeOf: ({ path }) => placeOf(path, draft, rows[0].row),
    changes: (register) => changesOf(draft, register),
  };
}

/** Fields that are no column of the same name. */
const columnsOfFields: Readonly<Record<string, Name>> = {
  providerId: 'provider',
  frameworkId: 'framework',
  openingId: 'opened_on',
  block: 'scheme',
  'block.windows': 'windows',
  'block.weeklyMinutes': 'bought_weekly_minutes',
  'block.weeklyPence': 'weekly_price',
  costAndVolume: 'period',
  'costAndVolume.minimumPence': 'minimum_price',
  'costAndVolume.tiers': 'tiers',
  admissions: 'lots',
};

function placeOf(path: string, { admissions }: ContractDraft, firstRow: number) {
  const [, index = '', field = path] = /^admissions\.(\d+)\.(\w+)/.exec(path) ?? [];
  const plain = field.replace(/\.\d+(\.\w+)?$/, '');
  const named = columnsOfFields[plain] ?? columnNamed(contractColumns, plain);
  return { row: admissions[Number(index)]?.row ?? firstRow, column: named ?? 'provider' };
}

function changesOf(draft: ContractDraft, register: RegisterDirectory): readonly Change[] {
  const providerId = providerNamed(register, draft.provider);
  const framework = draft.framework === '' ? undefined : frameworkNamed(register, draft.framework);
  const frameworkId = framework?.frameworkId;
  const admissions = draft.admissions.map((admission, index) => ({
    ...{ lots: admission.lots, admittedOn: admission.admittedOn },
    openingId: openingOf(framework, admission, index),
  }));
  const terms = { ...draft.terms, providerId, ...(frameworkId && { frameworkId }) };
  const same = register.contracts.filter((contract) => isSameContract(contract, terms));
  const [known] = same;
  if (!known) {
    return [changeBy(OpenContract, { ...terms, ...(admissions.length > 0 && { admissions }) })];
  }
  ensureUnchanged(known, terms);
  return admissions.flatMap((admission, index) => admitting(known, admission, index));
}

/** The opening of the day that the file names, else the latest one that offered the lots by then. */
function openingOf(
  framework: RegisteredFramework | undefined,
  { lots, openedOn, admittedOn }: AdmissionDraft,
  index: number,
): string {
  const at = (field: string) => `admissions.${index}.${field}`;
  ensure(framework, 'FrameworkNameUnknown', {
    path: 'frameworkId',
    message: 'Lots are those of a framework: name it.',
  });
  const openings = framework.openings.filter(({ opensOn }) =>
    openedOn === undefined ? opensOn <= admittedOn : opensOn === openedOn,
  );
  const offering = openings
    .filter((opening) => lots.every((lot) => opening.lots.includes(lot)))
    .toSorted((a, b) => (a.opensOn < b.opensOn ? 1 : -1));
  const found = offering[0] ?? (openedOn === undefined ? undefined : openings[0]);
  const when = openedOn === undefined ? `by ${admittedOn}` : `on ${openedOn}`;
  ensure(found, 'OpeningNotFound', {
    path: openedOn === undefined ? at('lots') : at('openingId'),
    message: `${framework.name} has no opening ${when} that offered ${lots.join(', ')}.`,
  });
  return found.openingId;
}

/** Admits to the lots that the contract is not admitted to yet. */
function admitting(
  { contractId, admissions }: RegisteredContract,
  {
    openingId,
    lots,
    admittedOn,
  }: { openingId: string; lots: readonly string[]; admittedOn: string },
  index: number,
): readonly Change[] {
  const missing = lots.filter((lot) => {
    const since = admissions.filter((each) => each.lots.includes(lot));
    const same = since.length === 0 || since.some((each) => each.admittedOn === admittedOn);
    ensure(same, 'RegisterDiffers', {
      path: `admissions.${index}.admittedOn`,
      message: `The register admits it to ${lot} from ${since[0]?.admittedOn} on. Mend the cell.`,
    });
    return since.length === 0;
  });
  if (missing.length === 0) return [];
  return [changeBy(AdmitToLots, { contractId, openingId, lots: missing, admittedOn })];
}
