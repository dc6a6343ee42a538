import { elapsedSeconds, type Instant, type IsoWeek } from '#kernel/time.js';
import type {
  Leg,
  VisitCorrected,
  VisitsReplanned,
  WeekPlanned,
} from '#brokerage/visit/visit.events.js';

/** A planned visit and the minutes of each attended leg; a leg without a log-out has 0 (S2-17c). */
export interface VisitFigures {
  readonly minutes: number;
  readonly carers: number;
  readonly legs: Readonly<Record<string, number>>;
}

/** A package's week under an external contract. */
export interface WeekFiguresRow {
  readonly week: IsoWeek;
  readonly personId: string;
  readonly fundingStatus: string;
  readonly visits: Readonly<Record<string, VisitFigures>>;
}

type Planned = { readonly visit: string; readonly minutes: number; readonly carers: number };

const planned = ({ visit, minutes, carers }: Planned) =>
  [visit, { minutes, carers, legs: {} }] as const;

export const weekFrom = (
  { week, personId, visits }: WeekPlanned['data'],
  fundingStatus: string,
): WeekFiguresRow => ({
  ...{ week, personId, fundingStatus },
  visits: Object.fromEntries(visits.map(planned)),
});

/**
 * Withdrawn visits are planned no more; excused ones stay planned (S2-14). Visits that the in-house
 * service takes over are not external ones any more.
 */
export function replanned(
  row: WeekFiguresRow | undefined,
  { added, changed, withdrawn, contractType, week, personId }: VisitsReplanned['data'],
  fundingStatus: string,
): WeekFiguresRow | undefined {
  if (contractType === 'in-house') return row && withoutVisits(row, added);
  const visits = { ...row?.visits, ...Object.fromEntries(added.map(planned)) };
  for (const { visit, minutes, carers } of changed) {
    const before = visits[visit];
    if (before) visits[visit] = { ...before, minutes, carers };
  }
  for (const visit of withdrawn) Reflect.deleteProperty(visits, visit);
  return { ...(row ?? { week, personId, fundingStatus }), visits };
}

function withoutVisits(row: WeekFiguresRow, gone: readonly Planned[]): WeekFiguresRow {
  const visits = { ...row.visits };
  for (const { visit } of gone) Reflect.deleteProperty(visits, visit);
  return { ...row, visits };
}

export function recorded(row: WeekFiguresRow, legs: readonly Leg[]): WeekFiguresRow {
  const visits = { ...row.visits };
  for (const { visit, leg, inAt, outAt, shadow } of legs) {
    if (shadow) continue;
    const before = visits[visit];
    if (before) {
      visits[visit] = { ...before, legs: { ...before.legs, [leg]: attended(inAt, outAt) } };
    }
  }
  return { ...row, visits };
}

export function corrected(row: WeekFiguresRow, correction: VisitCorrected['data']): WeekFiguresRow {
  const { visit, leg, inAt, outAt, voided, shadow } = correction;
  const before = row.visits[visit];
  if (!before) return row;
  const { [leg]: _, ...others } = before.legs;
  const legs = voided || shadow ? others : { ...others, [leg]: attended(inAt, outAt) };
  return { ...row, visits: { ...row.visits, [visit]: { ...before, legs } } };
}

const attended = (inAt: Instant, outAt: Instant | null): number =>
  outAt === null ? 0 : Math.floor(elapsedSeconds(inAt, outAt) / 60);

/** What a package's week adds to the week's totals (S2-1). */
export function figuresOf({ visits }: WeekFiguresRow) {
  let [visitMinutes, carerMinutes, deliveredVisits, deliveredMinutes] = [0, 0, 0, 0];
  const all = Object.values(visits);
  for (const { minutes, carers, legs } of all) {
    visitMinutes += minutes;
    carerMinutes += minutes * carers;
    const attendedMinutes = Object.values(legs);
    if (attendedMinutes.length > 0) deliveredVisits += 1;
    for (const leg of attendedMinutes) deliveredMinutes += leg;
  }
  return { visits: all.length, visitMinutes, carerMinutes, deliveredVisits, deliveredMinutes };
}

/** A non-negative fraction in decimals, rounded half-up once: `decimal(1540320 * 7, 60 * 365, 2)`. */
export function decimal(numerator: number, denominator: number, places: number): string {
  const scale = 10n ** BigInt(places);
  const [top, bottom] = [BigInt(numerator), BigInt(denominator)];
  const rounded = (top * scale * 2n + bottom) / (2n * bottom);
  const digits = rounded.toString().padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
