import * as cells from '../csv-import/csv-import.cells.js';
import { namesOf } from '../csv-import/csv-import.columns.js';
import { CellReading } from '../csv-import/csv-import.reading.js';
import type { TableRow } from '../csv-import/csv-import.table.js';
import type { OpenContract } from '../provider-contract/provider-contract.commands.js';
import { contractTypes, volumePeriods } from '../provider-contract/provider-contract.events.js';
import { positive, tiers, windows } from './register-import.cells.js';
import { contractColumns } from './register-import.columns.js';

type Name = keyof typeof contractColumns;
type Rows = readonly [TableRow<Name>, ...TableRow<Name>[]];

export interface AdmissionDraft {
  readonly row: number;
  readonly lots: string[];
  /** Absent: the latest opening that offered the lots. */
  readonly openedOn?: string;
  readonly admittedOn: string;
}

/** A contract as a file tells of it, before its provider and framework are looked up. */
export interface ContractDraft {
  readonly provider: string;
  readonly framework: string;
  readonly terms: Omit<OpenContract, 'commandId' | 'providerId' | 'frameworkId' | 'admissions'>;
  readonly admissions: readonly AdmissionDraft[];
}

const ofEachRow: readonly Name[] = ['lots', 'opened_on', 'admitted_on'];
const toldOnce = namesOf(contractColumns).filter((name) => !ofEachRow.includes(name));
/** The key of the rows, which may be written in several ways. */
const ofTheKey: readonly Name[] = ['provider', 'type', 'starts_on', 'framework', 'scheme'];

const text = (most: number) => cells.textLike(new RegExp(`^.{1,${most}}$`));
const lot = cells.textLike(/^[a-z0-9-]{1,20}$/, (each) => each.toLowerCase());

/** Reads the rows of one contract. */
export class ContractRows extends CellReading<Name> {
  constructor(rows: Rows) {
    super(contractColumns, rows);
    const once = toldOnce.filter((name) => !ofTheKey.includes(name));
    this.compareRows(once, 'Rows of one contract differ in their lots alone.');
  }

  draft(): ContractDraft {
    const startsOn = this.said('starts_on', cells.date, '');
    const draft = {
      provider: this.said('provider', cells.anyText, ''),
      framework: this.said('framework', cells.anyText, ''),
      terms: this.terms(startsOn),
    };
    return { ...draft, admissions: this.admissions(startsOn) };
  }

  private terms(startsOn: string): ContractDraft['terms'] {
    const lastDay = this.perhaps('last_day', cells.date);
    const patches = this.perhaps('patches', cells.names);
    const spotReason = this.perhaps('spot_reason', text(500));
    const capacityWeeklyMinutes = this.perhaps('capacity_weekly_minutes', positive);
    const maxPackages = this.perhaps('max_packages', positive);
    const kpiSet = this.perhaps('kpi_set', text(60));
    const noticeDays = this.perhaps('notice_days', positive);
    return {
      type: this.said('type', cells.codeIn(contractTypes), 'framework'),
      startsOn,
      ...(lastDay && { lastDay }),
      ...(patches && { patches }),
      ...(spotReason && { spotReason }),
      ...(capacityWeeklyMinutes && { capacityWeeklyMinutes }),
      ...(maxPackages && { maxPackages }),
      ...this.block(),
      ...this.costAndVolume(),
      ...(kpiSet && { kpiSet }),
      ...(noticeDays && { noticeDays }),
    };
  }

  private block(): Pick<OpenContract, 'block'> {
    if (!this.needsAll(['scheme', 'windows', 'bought_weekly_minutes', 'weekly_price'])) return {};
    return {
      block: {
        scheme: this.said('scheme', text(100), ''),
        windows: this.said('windows', windows, []),
        weeklyMinutes: this.said('bought_weekly_minutes', positive, 0),
        weeklyPence: this.said('weekly_price', cells.pounds, 0),
      },
    };
  }

  private costAndVolume(): Pick<OpenContract, 'costAndVolume'> {
    if (!this.needsAll(['period', 'minimum_price', 'tiers'])) return {};
    return {
      costAndVolume: {
        period: this.said('period', cells.codeIn(volumePeriods), 'month'),
        minimumPence: this.said('minimum_price', cells.pounds, 0),
        tiers: this.said('tiers', tiers, []),
      },
    };
  }

  private admissions(startsOn: string): AdmissionDraft[] {
    const seen = new Map<string, number>();
    return this.rows.flatMap((row) => {
      const lots = this.cell(row, 'lots', cells.listOf(lot)) ?? [];
      const openedOn = this.cell(row, 'opened_on', cells.date);
      const admittedOn = this.cell(row, 'admitted_on', cells.date) ?? startsOn;
      for (const each of lots) {
        const earlier = seen.get(each);
        if (earlier === undefined) seen.set(each, row.row);
        else this.repeated(row.row, each, earlier);
      }
      if (lots.length === 0) return [];
      return [{ row: row.row, lots, ...(openedOn && { openedOn }), admittedOn }];
    });
  }

  private repeated(row: number, each: string, earlier: number): void {
    const reason = `Row ${earlier} admits this contract to ${each} already. Keep one of them.`;
    this.problems.push({ row, column: 'lots', code: 'RowRepeated', reason });
  }
}
