import { ruleBook } from '#kernel/rejection.js';
import type { CouncilPolicy } from '#kernel/council-policy.js';
import { addMinutes, type Instant } from '#kernel/time.js';
import { workingMinutesAfter } from '#kernel/working-hours.js';

export const visitAlarmRules = {
  VisitAlarmUnknown: 'There is no such alarm.',
  VisitAlarmOver: 'This alarm is closed: the visit was attended, excused, or someone saw to it.',
  VisitAlarmAlreadyYours: 'You have taken this alarm already.',
  SafeguardingNotRaised:
    'The person is not known to be safe: raise a safeguarding concern before the alarm is closed.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof visitAlarmRules>> =
  ruleBook(visitAlarmRules);

/** When an alarm that nobody closed since is put before someone more senior (X26). */
export const escalatesAt = (
  since: Instant,
  critical: boolean,
  { visitAlarmClock, officeHours, bankHolidays }: CouncilPolicy,
): Instant =>
  critical
    ? addMinutes(since, visitAlarmClock.criticalMinutes)
    : workingMinutesAfter(since, visitAlarmClock.standardWorkingMinutes, officeHours, bankHolidays);
