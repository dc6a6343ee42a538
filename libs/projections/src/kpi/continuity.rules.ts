import { policyOn, shippedPolicy, type PolicyChange } from '#kernel/council-policy.js';
import {
  continuityLimit,
  continuityWindowsHolding,
  type ContinuityStep,
} from '#kernel/continuity.js';
import { addDays, weekdayOf, type CivilDate } from '#kernel/time.js';
import { unknownCarer } from '#brokerage/visit/visit.monitoring.rules.js';
import {
  holderOf,
  type JudgedLeg,
  type JudgedVisit,
  type JudgedWeek,
} from './judged-week.rules.js';
import type { KpiEnvironment } from './kpi.rules.js';
import { memoised, memoisedBy } from './memoised.rules.js';

/** Set of the carers of one person and provider in one window (S2-11). */
export const windowKey = (startsOn: CivilDate, providerId: string, personId: string): string =>
  `window|${startsOn}|${providerId}|${personId}`;

/** Counter of a provider's windows in a patch that start on a date. */
export const continuityKey = (
  startsOn: CivilDate,
  providerId: string,
  patch: string,
  set?: string,
): string => `continuity|${startsOn}|${providerId}|${patch}${set === undefined ? '' : `|${set}`}`;

/** A change from this date on is in force on every date. */
export const theBeginning: CivilDate = '0001-01-01';

/** Legs whose carer the provider does not name. */
const unnamed = 'unnamed';
const marks = { patch: 'patch ', set: 'set ' } as const;

interface WindowPart {
  readonly set: string;
  readonly members: string[];
  readonly counts: Record<string, number>;
}

/** Every attended leg's carer in every window that holds its visit (S2-11). */
export function windowMemberships(row: JudgedWeek, _: string, environment: KpiEnvironment) {
  const { changes, kpiSets } = environment;
  const holding = windowsOf(changes);
  const inPatch = marks.patch + row.patch;
  const parts = new Map<string, WindowPart>();
  const partOf = (set: string): WindowPart => {
    let part = parts.get(set);
    if (!part) parts.set(set, (part = { set, members: [], counts: { legs: 0 } }));
    return part;
  };
  // The visits of a day and provider are in the same windows.
  const byDay = new Map<string, readonly WindowPart[]>();
  for (const visit of Object.values(row.visits)) {
    const { on, legs } = visit;
    const { providerId, contractId } = holderOf(row, visit);
    const set = kpiSets[contractId];
    const bySet = contractId in kpiSets ? marks.set + (set ?? '') : undefined;
    let isAttended = false;
    let windows = byDay.get(on + providerId);
    for (const leg in legs) {
      isAttended = true;
      if (!windows) {
        windows = holding(on).map(({ startsOn }) =>
          partOf(windowKey(startsOn, providerId, row.personId)),
        );
        byDay.set(on + providerId, windows);
      }
      const { carerId } = legs[leg] as JudgedLeg;
      for (const { members, counts } of windows) {
        if (carerId === unknownCarer) counts[unnamed] = (counts[unnamed] ?? 0) + 1;
        else members.push(carerId);
        counts['legs'] = (counts['legs'] ?? 0) + 1;
      }
    }
    if (!isAttended) continue;
    for (const { counts } of windows ?? []) {
      counts['visits'] = (counts['visits'] ?? 0) + 1;
      counts[inPatch] = (counts[inPatch] ?? 0) + 1;
      if (bySet !== undefined) counts[bySet] = (counts[bySet] ?? 0) + 1;
    }
  }
  return [...parts.values()];
}

/**
 * The windows that hold a date. A window is one by the policy of its last day, as it is judged by it,
 * so that no window is half filled when a council changes the step.
 */
function windowsBy(changes: readonly PolicyChange[]) {
  const step = onlyStep(changes);
  if (step) return (on: CivilDate) => continuityWindowsHolding(on, step);
  const stepOn = memoised((on) => policyOn(changes, on).continuityStep);
  return (on: CivilDate) =>
    continuityWindowsHolding(on, 'daily').filter(
      ({ startsOn, endsOn }) => stepOn(endsOn) === 'daily' || weekdayOf(startsOn) === 1,
    );
}

const windowsOf = memoisedBy(windowsBy);

/** The sets that a visit's carers are members of. */
export const windowSetsOf = (
  row: JudgedWeek,
  visit: JudgedVisit,
  { changes }: KpiEnvironment,
): string[] =>
  windowsOf(changes)(visit.on).map(({ startsOn }) =>
    windowKey(startsOn, holderOf(row, visit).providerId, row.personId),
  );

/** The step of every date, when there is but one. */
function onlyStep(changes: readonly PolicyChange[]): ContinuityStep | undefined {
  const firstOn = changes.reduce(
    (on, each) => (each.effectiveOn < on ? each.effectiveOn : on),
    '9',
  );
  const steps = new Set([policyOn(changes, firstOn).continuityStep]);
  if (firstOn > theBeginning) steps.add(shippedPolicy.continuityStep);
  for (const { values } of changes) if (values.continuityStep) steps.add(values.continuityStep);
  return steps.size === 1 ? [...steps][0] : undefined;
}

/** Whether a window kept to its limit of carers, by the policy of its last day (S2-11). */
export function windowContributions(
  set: string,
  { distinct, counts }: { distinct: number; counts: Readonly<Record<string, number>> },
  { changes }: KpiEnvironment,
) {
  const [, startsOn = '', providerId = ''] = set.split('|');
  const { continuityCountsLegs } = policyOn(changes, addDays(startsOn, 13));
  const limit = continuityLimit(counts[continuityCountsLegs ? 'legs' : 'visits'] ?? 0);
  if (limit === null) return [];
  const place = continuityKey(startsOn, providerId, mostVisited(counts), setOf(counts));
  const kept = distinct <= limit ? 1 : 0;
  // Who is not named may be one more carer or the same: only a window that is broken anyway is judged.
  if (kept && (counts[unnamed] ?? 0) > 0) return [{ key: place, counts: { windowsUntold: 1 } }];
  return [{ key: place, counts: { windows: 1, kept } }];
}

type Counts = Readonly<Record<string, number>>;

/** A window counts where most of its visits were: a person may move, or have packages in two places. */
const mostVisited = (counts: Counts): string => mostOf(counts, marks.patch) ?? '';

/** By a set of KPIs when more visits were under it than not, and more than under any other. */
function setOf(counts: Counts): string | undefined {
  const set = mostOf(counts, marks.set);
  if (set === undefined) return undefined;
  const under = Object.keys(counts)
    .filter((name) => name.startsWith(marks.set))
    .reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const general = (counts['visits'] ?? 0) - under;
  return (counts[marks.set + set] ?? 0) > general ? set : undefined;
}

/** The name with the largest count; of equal ones the first by name. */
function mostOf(counts: Counts, mark: string): string | undefined {
  let most: string | undefined;
  for (const name of Object.keys(counts).toSorted()) {
    if (!name.startsWith(mark)) continue;
    if (most === undefined || (counts[name] ?? 0) > (counts[most] ?? 0)) most = name;
  }
  return most?.slice(mark.length);
}
