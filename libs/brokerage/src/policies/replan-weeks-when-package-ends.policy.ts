import { addDays, civilDateOf, isoWeekOf, weeksFrom, type CivilDate } from '#kernel/time.js';
import { definePolicy, type PolicyCommand } from '#platform/policies/policy.js';
import type { DirectPaymentTaken } from '../package/package.referral.events.js';
import type { PackageEnded } from '../package/package.service.events.js';
import type { ReplanCause } from '../visit/visit.events.js';

/** No council plans further ahead than this; weeks that were never planned are left alone. */
const furthestPlannedDays = 8 * 7 + 7;

/** Visits planned after the last day leave the plan. */
export const replanWeeksWhenPackageEnds = definePolicy<PackageEnded | DirectPaymentTaken>(
  'replan-weeks-when-package-ends',
  {
    PackageEnded: ({ packageId, endsBefore }, { metadata }) =>
      replans(packageId, endsBefore, metadata.recordedAt, 'package-ended'),
    DirectPaymentTaken: ({ packageId, fromOn }, { metadata }) =>
      replans(packageId, fromOn, metadata.recordedAt, 'package-ended'),
  },
);

/** The weeks from a day on that may be planned when the change is recorded. */
export function replans(
  packageId: string,
  fromOn: CivilDate,
  recordedAt: string,
  because: ReplanCause,
): PolicyCommand[] {
  const last = addDays(civilDateOf(recordedAt), furthestPlannedDays);
  if (fromOn > last) return [];
  return weeksFrom(isoWeekOf(fromOn), isoWeekOf(last)).map((week) => ({
    name: 'ReplanWeek',
    fields: { packageId, week, because },
  }));
}
