import { policyOn, type CouncilPolicy, type PolicyChange } from '#kernel/council-policy.js';
import { worstPunctuality } from '#kernel/punctuality.js';
import { monthOf } from '#kernel/time.js';
import type { JudgedVisit, JudgedWeek } from './judged-week.rules.js';
import { memoised } from './memoised.rules.js';

const reportedBy = {
  provider: 'missedReportedByProvider',
  council: 'missedReportedByCouncil',
} as const;

/** What one visit adds to its provider's month (S2-9, S2-12 to S2-14). */
export function countsOf(visit: JudgedVisit, policy: CouncilPolicy): Record<string, number> {
  const starts = Object.values(visit.legs).map(({ inAt }) => inAt);
  if (starts.length === 0) {
    if (visit.excused) return { planned: 1, excused: 1 };
    if (!visit.missReported) return { planned: 1 };
    return { planned: 1, missed: 1, [reportedBy[visit.missReported]]: 1 };
  }
  const kind = visit.critical ? 'Critical' : 'Standard';
  const tolerance = policy.punctualityToleranceMinutes[visit.critical ? 'critical' : 'standard'];
  const worst = worstPunctuality(visit.startsAt, starts, tolerance);
  return {
    planned: 1,
    [starts.length >= visit.carers ? 'attended' : 'partiallyAttended']: 1,
    [`started${kind}`]: 1,
    [`onTime${kind}`]: worst?.onTime ? 1 : 0,
  };
}

/** Counter of a provider's visits of a month in a patch; begins with the month (S2-10). */
export const visitsKey = (month: string, providerId: string, patch: string): string =>
  `visits|${month}|${providerId}|${patch}`;

/** Whose figures a key holds. */
export const providerOf = (key: string): string => key.split('|')[2] ?? '';

export function visitContributions(row: JudgedWeek, _: string, changes: readonly PolicyChange[]) {
  const { patch, visits } = row;
  const policyAt = memoised((on) => policyOn(changes, on));
  const months = new Map<string, Record<string, number>>();
  for (const visit of Object.values(visits)) {
    const key = visitsKey(monthOf(visit.on), visit.providerId ?? row.providerId, patch);
    const counts = months.get(key) ?? {};
    for (const [name, count] of Object.entries(countsOf(visit, policyAt(visit.on)))) {
      counts[name] = (counts[name] ?? 0) + count;
    }
    months.set(key, counts);
  }
  return [...months].map(([key, counts]) => ({ key, counts }));
}
