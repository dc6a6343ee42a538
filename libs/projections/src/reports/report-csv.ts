import { stringify } from 'csv-stringify/sync';
import type { KpiShares, ProviderKpis } from '../kpi/kpi.view.js';
import type { ProviderLeague } from '../provider-league/provider-league.view.js';
import { careShareWords, countWords } from './provider-report.rules.js';
import { kpiWords } from './report-words.rules.js';

type Cell = string | number | boolean | undefined;

/** A table as spreadsheets read it. A cell that one would take for a formula has an apostrophe before it. */
export const csvOf = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  stringify([[...head], ...rows.map((row) => row.map((cell) => cell ?? ''))], {
    ...{ bom: true, escape_formulas: true, record_delimiter: 'windows' },
    cast: { boolean: (value) => (value ? 'yes' : 'no') },
  });

const kpiHead = kpiWords.flatMap(([name]) =>
  ['Kept', 'Required', 'Percent', 'Low', 'High', 'Target', 'Met'].map((part) => `${name}${part}`),
);

const kpiCells = (row: KpiShares): Cell[] =>
  kpiWords.flatMap(([name]) => {
    const { kept, required, display, interval, targetPercent, met } = row[name];
    const shown = required === 0 ? undefined : display;
    return [kept, required, shown, interval?.low, interval?.high, targetPercent, met];
  });

/** The league of a month (L1). */
export const leagueCsv = ({ month, rows }: ProviderLeague): string =>
  csvOf(
    [
      ...['month', 'rank', 'provider', 'scorePercent', 'evidencedVisits', 'requiredVisits'],
      ...['unrankedReason', 'provisional', ...kpiHead],
      ...kpiWords.map(([name]) => `${name}NotDistinguishable`),
    ],
    rows.map((row) => [
      ...[month, row.rank, row.providerName, row.score?.display],
      ...[row.evidenceCoverage.kept, row.evidenceCoverage.required],
      ...[row.unrankedReason, row.provisional, ...kpiCells(row)],
      ...kpiWords.map(([name]) => row[name].notDistinguishable),
    ]),
  );

/** A provider's months, the newest first (S2-9 to S2-14). */
export const providerCsv = (months: readonly ProviderKpis[]): string =>
  csvOf(
    [
      ...['month', 'provider', 'provisional', ...kpiHead],
      ...careShareWords.flatMap(([name]) => [`${name}Kept`, `${name}Required`]),
      ...countWords.map(([name]) => name),
    ],
    months.flatMap(({ month, rows }) =>
      rows.map((row) => [
        ...[month, row.providerName, row.provisional, ...kpiCells(row)],
        ...careShareWords.flatMap(([name]) => [row[name].kept, row[name].required]),
        ...countWords.map(([name]) => row[name]),
      ]),
    ),
  );
