import {
  addDays,
  civilDateOf,
  londonInstant,
  instantMs,
  instantOf,
  type CivilDate,
  type Instant,
  type LocalTime,
} from './time.js';
import { isWorkingDay } from './working-days.js';

/** When an office works on its working days. */
export interface OfficeHours {
  readonly opensAt: LocalTime;
  readonly closesAt: LocalTime;
}

/**
 * The moment that is so many minutes of office hours after another one: those of nights, weekends
 * and bank holidays do not count. What falls due exactly at the close is due then.
 */
export function workingMinutesAfter(
  from: Instant,
  minutes: number,
  { opensAt, closesAt }: OfficeHours,
  bankHolidays: readonly CivilDate[],
): Instant {
  let leftMs = minutes * 60_000;
  for (let on = civilDateOf(from); ; on = addDays(on, 1)) {
    if (!isWorkingDay(on, bankHolidays)) continue;
    const opensMs = instantMs(londonInstant(on, opensAt).instant);
    const beginsMs = Math.max(opensMs, instantMs(from));
    const openMs = instantMs(londonInstant(on, closesAt).instant) - beginsMs;
    if (openMs <= 0) continue;
    if (leftMs <= openMs) return instantOf(beginsMs + leftMs);
    leftMs -= openMs;
  }
}
