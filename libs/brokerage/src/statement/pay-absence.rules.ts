import { daysBetween, instantMs, type CivilDate } from '#kernel/time.js';
import { holderOfVisit, type PayVisit, type PayWeek } from './pay-week.rules.js';

/**
 * The day of absence of each excused visit, `<packageId>.<visit>` → 1 for the first: days since the
 * first visit in an unbroken run of visits excused for the same reason (S2-16b).
 */
export function daysOfAbsence(
  providerId: string,
  weeks: readonly PayWeek[],
): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  for (const visits of visitsByPackage(providerId, weeks).values()) {
    let run: { readonly reason: string; readonly from: CivilDate } | undefined;
    for (const { key, visit } of visits) {
      const reason = isAttended(visit) ? undefined : visit.excused?.reason;
      if (reason === undefined) run = undefined;
      else if (run?.reason !== reason) run = { reason, from: visit.on };
      if (run) days.set(key, daysBetween(run.from, visit.on) + 1);
    }
  }
  return days;
}

/** Attendance outweighs an excuse: what was delivered is paid. */
export const isAttended = ({ legs }: PayVisit): boolean =>
  Object.values(legs).some(({ shadow }) => !shadow);

/** Hours from the provider's notice to the agreed start; null where no notice is known. */
export const noticeHours = ({ excused, startsAt }: PayVisit): number | null =>
  excused?.noticeAt === undefined
    ? null
    : (instantMs(startsAt) - instantMs(excused.noticeAt)) / 3_600_000;

function visitsByPackage(providerId: string, weeks: readonly PayWeek[]) {
  const byPackage = new Map<string, { key: string; visit: PayVisit }[]>();
  for (const week of weeks) {
    const visits = byPackage.get(week.packageId) ?? [];
    byPackage.set(week.packageId, visits);
    for (const [key, visit] of Object.entries(week.visits)) {
      if (holderOfVisit(week, visit).providerId !== providerId) continue;
      visits.push({ key: `${week.packageId}.${key}`, visit });
    }
  }
  for (const visits of byPackage.values()) {
    visits.sort((a, b) =>
      a.visit.startsAt < b.visit.startsAt ? -1 : a.visit.startsAt > b.visit.startsAt ? 1 : 0,
    );
  }
  return byPackage;
}
