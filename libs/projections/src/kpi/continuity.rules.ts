import { policyOn, type PolicyChange } from '#kernel/council-policy.js';
import {
  continuityLimit,
  continuityWindowsHolding,
  type ContinuityStep,
  type ContinuityWindow,
} from '#kernel/continuity.js';
import { addDays, weekdayOf, type CivilDate } from '#kernel/time.js';
import type { JudgedWeek } from './judged-week.rules.js';
import { memoised } from './memoised.rules.js';

/** Set of the carers of one person and provider in one window (S2-11). */
export const windowKey = (startsOn: CivilDate, providerId: string, personId: string): string =>
  `window|${startsOn}|${providerId}|${personId}`;

/** Counter of a provider's windows that start on a date. */
export const continuityKey = (startsOn: CivilDate, providerId: string): string =>
  `continuity|${startsOn}|${providerId}`;

/** Every attended leg's carer in every window that holds its visit (S2-11). */
export function windowMemberships(row: JudgedWeek, _: string, changes: readonly PolicyChange[]) {
  const stepOn = memoised((on) => policyOn(changes, on).continuityStep);
  const windows = new Map<string, { members: string[]; visits: number; legs: number }>();
  for (const { on, legs, providerId = row.providerId } of Object.values(row.visits)) {
    const carers = Object.values(legs).map(({ carerId }) => carerId);
    if (carers.length === 0) continue;
    for (const { startsOn } of windowsHolding(on, changes, stepOn)) {
      const set = windowKey(startsOn, providerId, row.personId);
      const window = windows.get(set) ?? { members: [], visits: 0, legs: 0 };
      window.members.push(...carers);
      window.visits += 1;
      window.legs += carers.length;
      windows.set(set, window);
    }
  }
  return [...windows].map(([set, { members, visits, legs }]) => ({
    set,
    members,
    counts: { visits, legs },
  }));
}

/**
 * The windows that hold a date. A window is one by the policy of its last day, as it is judged by it,
 * so that no window is half filled when a council changes the step.
 */
function windowsHolding(
  on: CivilDate,
  changes: readonly PolicyChange[],
  stepOn: (on: CivilDate) => ContinuityStep,
): readonly ContinuityWindow[] {
  const stepChanges = changes.some(({ values }) => values.continuityStep !== undefined);
  if (!stepChanges) return continuityWindowsHolding(on, stepOn(on));
  return continuityWindowsHolding(on, 'daily').filter(
    ({ startsOn, endsOn }) => stepOn(endsOn) === 'daily' || weekdayOf(startsOn) === 1,
  );
}

/** Whether a window kept to its limit of carers, by the policy of its last day (S2-11). */
export function windowContributions(
  set: string,
  { distinct, counts }: { distinct: number; counts: Readonly<Record<string, number>> },
  changes: readonly PolicyChange[],
) {
  const [, startsOn = '', providerId = ''] = set.split('|');
  const { continuityCountsLegs } = policyOn(changes, addDays(startsOn, 13));
  const limit = continuityLimit(counts[continuityCountsLegs ? 'legs' : 'visits'] ?? 0);
  if (limit === null) return [];
  const kept = distinct <= limit ? 1 : 0;
  return [{ key: continuityKey(startsOn, providerId), counts: { windows: 1, kept } }];
}
