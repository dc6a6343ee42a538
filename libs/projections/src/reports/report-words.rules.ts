import { dateInWords } from '#kernel/plain-words.js';
import { firstOfMonth, type Month } from '#kernel/time.js';
import type { CareShare, KpiShare, KpiShares } from '../kpi/kpi.view.js';

/** The KPIs that are judged, in the order and the words of a report. */
export const kpiWords: readonly (readonly [keyof KpiShares, string])[] = [
  ['punctualityStandard', 'Standard visits on time'],
  ['punctualityCritical', 'Critical visits on time'],
  ['continuity', 'Continuity of carers'],
  ['notMissed', 'Visits not missed'],
];

/** `March 2026`. */
export const monthInWords = (month: Month): string =>
  dateInWords(firstOfMonth(month)).split(' ').slice(-2).join(' ');

export const percent = ({ display, required }: CareShare | KpiShare): string =>
  required === 0 ? display : `${display} %`;

export const keptOf = ({ kept, required }: CareShare | KpiShare): string =>
  `${kept} of ${required}`;

export const intervalWords = ({ interval }: CareShare | KpiShare): string =>
  interval ? `${interval.low} to ${interval.high} %` : '–';

export const metWords = ({ met }: KpiShare): string =>
  met === undefined ? 'Not applicable' : met ? 'Met' : 'Not met';

export const provisionalWords = (finalOn: string): string =>
  `These figures are provisional: they may change until ${dateInWords(finalOn)}, and while evidence is missing.`;
