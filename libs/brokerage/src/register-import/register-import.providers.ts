import * as cells from '../csv-import/csv-import.cells.js';
import { columnNamed, fieldOf } from '../csv-import/csv-import.problems.js';
import { CellReading } from '../csv-import/csv-import.reading.js';
import { csvImportRules, ensure as ensureFile } from '../csv-import/csv-import.rules.js';
import type { TableRow } from '../csv-import/csv-import.table.js';
import { AddProviderAlias, RegisterProvider } from '../provider/provider.commands.js';
import { comparedName } from '../provider/provider.rules.js';
import { providerColumns } from './register-import.columns.js';
import type { RegisterDirectory, RegisteredProvider } from './register-import.directory.js';
import {
  changeBy,
  type Change,
  type RegisterEntry,
  type RegisterReading,
} from './register-import.entry.js';
import { differs, ensure } from './register-import.rules.js';

type Name = keyof typeof providerColumns;
type Draft = Omit<RegisterProvider, 'commandId'>;

const cqcId = cells.textLike(/^1-\d{5,12}$/);
const name = cells.textLike(/^.{1,200}$/);

class ProviderRow extends CellReading<Name> {
  constructor(row: TableRow<Name>) {
    super(providerColumns, [row]);
  }

  draft(): Draft {
    const cqcProviderId = this.perhaps('cqc_provider_id', cqcId);
    return {
      legalName: this.said('legal_name', name, ''),
      tradingNames: this.said('trading_names', cells.names, []),
      aliases: this.said('aliases', cells.names, []),
      ...(cqcProviderId && { cqcProviderId }),
      cqcLocationIds: this.said('cqc_location_ids', cells.listOf(cqcId), []),
    };
  }
}

/** One provider in each row. */
export const providerFiles: RegisterReading<Name> = {
  columns: providerColumns,
  entries: (rows) => {
    const holders = new Map<string, { readonly row: number; readonly name: string }>();
    return rows.map((row) => entryOf(row, holders));
  },
};

function entryOf(
  row: TableRow<Name>,
  holders: Map<string, { readonly row: number; readonly name: string }>,
): RegisterEntry<Name> {
  const reading = new ProviderRow(row);
  const draft = reading.draft();
  const { cqcProviderId: cqc, legalName } = draft;
  const earlier = holders.get(cqc ?? '');
  if (cqc && !earlier) holders.set(cqc, { row: row.row, name: comparedName(legalName) });
  return {
    rows: [row.row],
    problems: reading.problems,
    placeOf: ({ path }) => ({
      row: row.row,
      column: columnNamed(providerColumns, path.split('.')[0] ?? '') ?? columnOf(path),
    }),
    changes: (register) => {
      const own = !earlier || earlier.name === comparedName(legalName);
      const message = `Row ${earlier?.row} has this CQC id. One provider has one row: write the other names as its aliases.`;
      ensure(own, 'CqcIdTaken', { path: 'cqcProviderId', message });
      return changesOf(draft, register);
    },
  };
}

/** A name that someone holds: `alias` of a single added one, else the legal name. */
const columnOf = (path: string): Name => (fieldOf(path) === 'alias' ? 'aliases' : 'legal_name');

function changesOf(draft: Draft, { providers }: RegisterDirectory): readonly Change[] {
  const legalName = comparedName(draft.legalName);
  const [known, ...others] = providers.filter(({ comparedNames }) =>
    comparedNames.includes(legalName),
  );
  const path = 'legalName';
  const message = `${csvImportRules.ProviderNameAmbiguous} Add names to the right one by its id.`;
  ensureFile(others.length === 0, 'ProviderNameAmbiguous', { path, message });
  const { cqcProviderId } = draft;
  const holder = providers.find((each) => cqcProviderId && each.cqcProviderId === cqcProviderId);
  ensure(!holder || holder === known, 'CqcIdTaken', {
    path: 'cqcProviderId',
    message: `${holder?.legalName} has this CQC id. If they are one provider, write that name and this one as an alias.`,
  });
  if (!known) return [changeBy(RegisterProvider, draft)];
  ensureSameIds(draft, known);
  return missingNames(draft, known).map((alias) =>
    changeBy(AddProviderAlias, { providerId: known.providerId, alias }),
  );
}

function ensureSameIds({ cqcProviderId, cqcLocationIds }: Draft, known: RegisteredProvider): void {
  ensure(!cqcProviderId || cqcProviderId === known.cqcProviderId, 'RegisterDiffers', {
    path: 'cqcProviderId',
    message: differs('CQC id', known.cqcProviderId),
  });
  const located = cqcLocationIds.every((id) => known.cqcLocationIds.includes(id));
  ensure(located, 'RegisterDiffers', {
    path: 'cqcLocationIds',
    message: differs('CQC locations', known.cqcLocationIds.join(', ')),
  });
}

/** Names that the provider is not known by yet, each once. */
function missingNames({ tradingNames, aliases = [] }: Draft, known: RegisteredProvider): string[] {
  const missing = new Map(
    [...tradingNames, ...aliases].map((each) => [comparedName(each), each] as const),
  );
  for (const each of known.comparedNames) missing.delete(each);
  return [...missing.values()];
}
