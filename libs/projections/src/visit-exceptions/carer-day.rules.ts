import { addDays, type CivilDate, type Instant } from '#kernel/time.js';

/** A carer's presence in one home, from log-in to log-out. */
export interface Presence {
  readonly visitId: string;
  readonly leg: number;
  readonly personId: string;
  readonly inAt: Instant;
  readonly outAt: Instant;
}

/** All that one carer logged on one day (of UTC: a day is only a drawer to look in). */
export interface CarerDayRow {
  readonly present: readonly Presence[];
}

/** The drawers of a presence: it may go over midnight. */
export function drawersOf(
  providerId: string,
  carerId: string,
  { inAt, outAt }: Pick<Presence, 'inAt' | 'outAt'>,
): string[] {
  const first = inAt.slice(0, 10);
  const days: CivilDate[] = [];
  for (let day = first; day <= outAt.slice(0, 10) && days.length < 3; day = addDays(day, 1)) {
    days.push(day);
  }
  return days.map((day) => `${providerId}/${carerId}/${day}`);
}

/** In two homes at once: to leave at the moment of the next log-in is not (X12). */
export const overlap = (a: Presence, b: Presence): boolean =>
  a.personId !== b.personId && a.inAt < b.outAt && b.inAt < a.outAt;

export const isSameLeg = (a: Presence, b: Pick<Presence, 'visitId' | 'leg'>): boolean =>
  a.visitId === b.visitId && a.leg === b.leg;
