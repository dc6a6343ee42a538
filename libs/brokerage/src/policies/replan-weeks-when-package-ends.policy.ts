import { addDays, civilDateOf, isoWeekOf, weeksFrom } from '#kernel/time.js';
import { definePolicy, type PolicyCommand } from '#platform/policies/policy.js';
import type { DirectPaymentTaken } from '../package/package.referral.events.js';
import type { PackageEnded } from '../package/package.service.events.js';

/** No council plans further ahead than this; weeks that were never planned are left alone. */
const furthestPlannedDays = 8 * 7 + 7;

/** Visits planned after the last day leave the plan. */
export const replanWeeksWhenPackageEnds = definePolicy<PackageEnded | DirectPaymentTaken>(
  'replan-weeks-when-package-ends',
  {
    PackageEnded: ({ packageId, endsBefore }, { metadata }) =>
      replans(packageId, endsBefore, metadata.recordedAt),
    DirectPaymentTaken: ({ packageId, fromOn }, { metadata }) =>
      replans(packageId, fromOn, metadata.recordedAt),
  },
);

function replans(packageId: string, endsBefore: string, recordedAt: string): PolicyCommand[] {
  const last = addDays(civilDateOf(recordedAt), furthestPlannedDays);
  if (endsBefore > last) return [];
  return weeksFrom(isoWeekOf(endsBefore), isoWeekOf(last)).map((week) => ({
    name: 'ReplanWeek',
    fields: { packageId, week },
  }));
}
