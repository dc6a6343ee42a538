import type { CareShare, ProviderKpiRow, ProviderKpis } from '../kpi/kpi.view.js';
import type { Report } from './report-page.js';
import {
  intervalWords,
  keptOf,
  kpiWords,
  metWords,
  monthInWords,
  percent,
  provisionalWords,
} from './report-words.rules.js';
import { barChart } from './share-chart.rules.js';

type CareShareName = {
  [Name in keyof ProviderKpiRow]-?: ProviderKpiRow[Name] extends CareShare ? Name : never;
}[keyof ProviderKpiRow];

export const careShareWords: readonly (readonly [CareShareName, string])[] = [
  ['evidenceCoverage', 'Visits with evidence'],
  ['asExpected', 'Arrived as expected'],
  ['doubleHandedKept', 'Double-handed visits kept'],
  ['electronicLogs', 'Electronic logs'],
  ['longVisits', 'Visits of 30 minutes or more'],
  ['agreedShortVisits', 'Shorter visits agreed'],
];

export const countWords = [
  ['planned', 'Planned'],
  ['excused', 'Excused'],
  ['required', 'Required'],
  ['attended', 'Attended'],
  ['partiallyAttended', 'Partially attended'],
  ['late', 'Late'],
  ['missed', 'Missed'],
  ['missedReportedByProvider', 'Missed, reported by the provider'],
  ['missedReportedByCouncil', 'Missed, reported by the council'],
  ['missedDetected', 'Missed, found by evidence'],
  ['missedUnreported', 'Missed, found and not reported'],
  ['notEvidenced', 'Without evidence'],
] as const;

/** A provider's month as a page (S2-9 to S2-14). */
export function providerReport(providerId: string, name: string, months: readonly ProviderKpis[]) {
  const [{ month, finalOn, rows } = { month: '', finalOn: '', rows: [] }] = months;
  const [row] = rows;
  const report: Report = {
    title: `${name}, ${monthInWords(month)}`,
    sentences: [
      'Each share counts what was kept of what was required; more is better. The thin line on a bar is the range in which the true share lies with 95 % confidence; the dashed line is the target.',
    ],
    ...(row?.provisional && { warning: provisionalWords(finalOn) }),
    csvAddress: `/reports/provider/${providerId}.csv?month=${month}`,
    parts: row
      ? [judgedShares(row), ...kpiWords.map((kpi) => trend(months, kpi)), reported(row)]
      : [],
  };
  return report;
}

const judgedShares = (row: ProviderKpiRow) => ({
  chart: barChart(
    'kpis',
    'Key performance indicators',
    'The four shares that are judged, with 95 % intervals and targets. The table beneath has the figures.',
    kpiWords.map(([name, label]) => ({ label, ...row[name] })),
  ),
  table: {
    caption: 'Shares that are judged',
    head: ['Indicator', 'Share', 'Kept', 'Range', 'Target', 'Result'],
    rows: kpiWords.map(([name, label]) => [
      label,
      percent(row[name]),
      keptOf(row[name]),
      intervalWords(row[name]),
      `${row[name].targetPercent} %`,
      metWords(row[name]),
    ]),
  },
});

const trend = (months: readonly ProviderKpis[], [name, title]: (typeof kpiWords)[number]) => {
  const known = months
    .toReversed()
    .flatMap(({ month, rows: [row] }) =>
      row ? [{ label: monthInWords(month), share: row[name] }] : [],
    );
  return {
    chart: barChart(
      name,
      `${title}, month by month`,
      `${title} in the months up to this one, with 95 % intervals and targets. The table beneath has the figures.`,
      known.map(({ label, share }) => ({ label, ...share })),
    ),
    table: {
      caption: `${title}, month by month`,
      head: ['Month', 'Share', 'Kept', 'Range', 'Target', 'Result'],
      rows: known.map(({ label, share }) => [
        label,
        percent(share),
        keptOf(share),
        intervalWords(share),
        `${share.targetPercent} %`,
        metWords(share),
      ]),
    },
  };
};

const reported = (row: ProviderKpiRow) => ({
  chart: barChart(
    'reported',
    'Reported beside',
    'Shares that are reported and have no target. The table beneath has these and the counts of visits.',
    careShareWords.map(([name, label]) => ({ label, ...row[name] })),
  ),
  table: {
    caption: 'Shares and counts that are reported',
    head: ['Figure', 'Value', 'Kept', 'Range'],
    rows: [
      ...careShareWords.map(([name, label]) => [
        label,
        percent(row[name]),
        keptOf(row[name]),
        intervalWords(row[name]),
      ]),
      ...countWords.map(([name, label]) => [label, String(row[name]), '–', '–']),
    ],
  },
});
