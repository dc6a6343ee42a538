import type { LeagueRow, ProviderLeague } from '../provider-league/provider-league.view.js';
import type { Report } from './report-page.js';
import {
  intervalWords,
  keptOf,
  kpiWords,
  monthInWords,
  percent,
  provisionalWords,
} from './report-words.rules.js';
import { barChart } from './share-chart.rules.js';

const rankWords = ({ rank }: LeagueRow): string => (rank === undefined ? 'Unranked' : String(rank));

/** The league of a month as a page (L1). */
export function leagueReport(league: ProviderLeague): Report {
  const { month, rows, finalOn, provisional } = league;
  return {
    title: `Provider league, ${monthInWords(month)}`,
    sentences: [
      'Each share counts what was kept of what was required; more is better. The score weighs the shares by council policy.',
      'The thin line on a bar is the range in which the true share lies with 95 % confidence. Two providers whose ranges overlap are not told apart by it. The dashed line is the target.',
    ],
    ...(provisional && { warning: provisionalWords(finalOn) }),
    csvAddress: `/reports/league.csv?month=${month}`,
    parts: rows.length === 0 ? [] : [scores(rows), ...kpiWords.map((kpi) => shares(rows, kpi))],
  };
}

const scores = (rows: readonly LeagueRow[]) => ({
  chart: barChart(
    'score',
    'Score',
    'The weighted score of each ranked provider, best first. The table beneath has the figures.',
    rows.flatMap(({ providerName, score }) =>
      score ? [{ label: providerName, ...tenths(score.display), display: score.display }] : [],
    ),
  ),
  table: {
    caption: 'Rank and score',
    head: ['Provider', 'Rank', 'Score', 'Visits with evidence', 'Evidence', 'Why unranked'],
    rows: rows.map((row) => [
      row.providerName,
      rankWords(row),
      row.score ? `${row.score.display} %` : '–',
      keptOf(row.evidenceCoverage),
      percent(row.evidenceCoverage),
      row.unrankedBecause ?? '–',
    ]),
  },
});

/** A percentage of one decimal as the share of a drawing. */
const tenths = (display: string) => ({ kept: Math.round(Number(display) * 10), required: 1_000 });

const shares = (rows: readonly LeagueRow[], [name, title]: (typeof kpiWords)[number]) => ({
  chart: barChart(
    name,
    title,
    `${title} by provider, in the order of the league, with 95 % intervals and the target. The table beneath has the figures.`,
    rows.map((row) => ({ label: row.providerName, ...row[name] })),
  ),
  table: {
    caption: `${title} by provider`,
    head: ['Provider', 'Share', 'Kept', 'Range', 'Target', 'Against the row above'],
    rows: rows.map(({ providerName, [name]: share }) => [
      providerName,
      percent(share),
      keptOf(share),
      intervalWords(share),
      `${share.targetPercent} %`,
      share.notDistinguishable === undefined
        ? '–'
        : share.notDistinguishable
          ? 'Not distinguishable'
          : 'Different',
    ]),
  },
});
