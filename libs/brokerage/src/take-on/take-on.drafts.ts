import * as cells from '../csv-import/csv-import.cells.js';
import { CellReading } from '../csv-import/csv-import.reading.js';
import type { ImportProblem } from '../csv-import/csv-import.rules.js';
import type { TableRow as RowOf } from '../csv-import/csv-import.table.js';
import * as codes from '../package/package.codes.js';
import { contractTypes, type ContractType } from '../provider-contract/provider-contract.events.js';
import type { TakeOnPackage } from '../package/package.referral.commands.js';
import { columnNames, columnOf, takeOnColumns, type ColumnName } from './take-on.columns.js';

type TableRow = RowOf<ColumnName>;

/** A package as a file tells of it, before its provider and contract are looked up. */
export interface TakeOnDraft {
  /** The rows that it stands in, its visits in this order. */
  readonly rows: readonly [number, ...number[]];
  readonly provider: string;
  /** An id, or empty: to be found by provider, type and first day. */
  readonly contract: string;
  readonly contractType: ContractType;
  readonly fields: Omit<TakeOnPackage, 'commandId' | 'providerId' | 'contractId'>;
}

export interface TakeOnDrafts {
  readonly drafts: readonly TakeOnDraft[];
  readonly problems: readonly ImportProblem[];
  /** How many packages the file tells of, good or not. */
  readonly packages: number;
}

/** The packages of a file: rows of one referral belong together, wherever they stand. */
export function draftsOf(rows: readonly TableRow[]): TakeOnDrafts {
  const drafts: TakeOnDraft[] = [];
  const problems: ImportProblem[] = [];
  const packages = packagesOf(rows);
  for (const of of packages) {
    const reading = new PackageReading(of);
    const draft = reading.draft();
    if (reading.problems.length === 0) drafts.push(draft);
    else problems.push(...reading.problems);
  }
  return { drafts, problems, packages: packages.length };
}

type PackageRows = readonly [TableRow, ...TableRow[]];

/** A row without a referral of its own continues the one above, as people fill in a spreadsheet. */
function packagesOf(rows: readonly TableRow[]): readonly PackageRows[] {
  const packages = new Map<string, [TableRow, ...TableRow[]]>();
  let above = { system: '', referralRef: '' };
  for (const row of rows) {
    const { system, referral_ref: referralRef } = row.cells;
    above = {
      system: system === '' ? above.system : system,
      referralRef: referralRef === '' ? above.referralRef : referralRef,
    };
    const key = `${above.system} ${above.referralRef}`;
    const known = packages.get(key);
    if (known) known.push(row);
    else packages.set(key, [row]);
  }
  return [...packages.values()];
}

/** Reads the cells of one package and gathers everything that is wrong with them. */
class PackageReading extends CellReading<ColumnName> {
  constructor(rows: PackageRows) {
    super(takeOnColumns, rows);
    const once = columnNames.filter((name) => columnOf(name).of === 'package');
    this.compareRows(once, 'The rows of one referral say the same of the package.');
  }

  draft(): TakeOnDraft {
    const startedOn = this.said('started_on', cells.date, '');
    const [first] = this.rows;
    return {
      rows: this.rows.map(({ row }) => row) as [number, ...number[]],
      provider: this.said('provider', cells.anyText, ''),
      contract: first.cells.contract,
      contractType: this.said('contract_type', cells.codeIn(contractTypes), 'framework'),
      fields: {
        reference: {
          system: this.said('system', cells.textLike(/^[\w-]{1,40}$/), ''),
          personRef: this.said('person_ref', cells.textLike(/^[\w/-]{1,60}$/), ''),
          referralRef: this.said('referral_ref', cells.textLike(/^[\w/-]{1,60}$/), ''),
        },
        needs: {
          serviceLine: this.said('service_line', cells.codeIn(codes.serviceLines), 'long-term'),
          lot: this.said('lot', cells.textLike(/^[a-z0-9-]{1,20}$/, lowerCase), ''),
          fundingStatus: this.said(
            'funding_status',
            cells.codeIn(codes.fundingStatuses),
            'unknown',
          ),
          postcodeDistrict: this.said('postcode_district', district, ''),
          patch: this.said('patch', cells.textLike(/^.{1,40}$/), ''),
          ageBand: this.said('age_band', cells.codeIn(codes.ageBands), '85-plus'),
          gender: this.said('gender', cells.codeIn(codes.genders), 'not-stated'),
          carerGenderNeed: this.said('carer_gender_need', carerGenderNeed, 'any'),
          skills: this.said('skills', cells.listOf(skill), []),
          languages: this.said('languages', cells.listOf(language), []),
          access: this.said('access', cells.listOf(cells.codeIn(codes.accessFlags)), []),
          household: this.said('household', cells.listOf(cells.codeIn(codes.householdFlags)), []),
          startOn: startedOn,
          schedule: this.rows.map((row) => this.visit(row)),
        },
        startedOn,
      },
    };
  }

  private visit(row: TableRow) {
    const latestStart = this.cell(row, 'latest_start', cells.timeOfDay);
    const criticalReason = this.cell(row, 'critical_reason', cells.codeIn(codes.criticalReasons));
    return {
      days: this.cell(row, 'days', cells.days) ?? [],
      start: this.cell(row, 'start', cells.timeOfDay) ?? '',
      ...(latestStart && { latestStart }),
      minutes: this.cell(row, 'minutes', cells.wholeNumber) ?? 0,
      carers: this.cell(row, 'carers', cells.wholeNumber) ?? 0,
      tasks: this.cell(row, 'tasks', cells.listOf(cells.codeIn(codes.tasks))) ?? [],
      critical: this.cell(row, 'critical', cells.yesOrNo) ?? false,
      ...(criticalReason && { criticalReason }),
    };
  }
}

const lowerCase = (text: string): string => text.toLowerCase();
const district = cells.textLike(/^[A-Z]{1,2}[0-9][0-9A-Z]?$/, (text) => text.toUpperCase());
const carerGenderNeed = cells.codeIn(codes.carerGenderNeeds);
const skill = cells.textLike(/^[a-z-]{1,40}$/, lowerCase);
const language = cells.textLike(/^[a-z]{2,3}$/, lowerCase);
