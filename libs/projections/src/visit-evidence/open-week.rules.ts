import { policyOn, type PolicyChange } from '#kernel/council-policy.js';
import type { Instant } from '#kernel/time.js';
import { evidenceDue, type WeekEvidence } from '#brokerage/visit/visit.detect.rules.js';
import type { Leg, VisitsReplanned, WeekPlanned } from '#brokerage/visit/visit.events.js';
import type { OpenVisit, OpenWeekRow } from './visit-evidence.view.js';

export type OpenVisits = OpenWeekRow['open'];

type Planned = WeekPlanned['data']['visits'][number];

const open = ({ on, startsAt, critical }: Planned, providerId: string): OpenVisit => ({
  ...{ on, startsAt, critical, providerId },
});

export const openOf = ({ visits, providerId }: WeekPlanned['data']): OpenVisits =>
  Object.fromEntries(visits.map((visit) => [visit.visit, open(visit, providerId)]));

export function replanned(
  before: OpenVisits,
  { added, changed, withdrawn, excused, reinstated, providerId }: VisitsReplanned['data'],
): OpenVisits {
  const next: Record<string, OpenVisit> = { ...before };
  for (const visit of added) next[visit.visit] = open(visit, providerId);
  for (const visit of changed) {
    const same = next[visit.visit];
    if (same) next[visit.visit] = { ...same, ...open(visit, same.providerId) };
  }
  for (const visit of withdrawn) Reflect.deleteProperty(next, visit);
  for (const { visit } of excused ?? []) excuse(next, visit);
  for (const visit of reinstated ?? []) {
    const same = next[visit];
    if (!same) continue;
    const { excused: _, ...required } = same;
    next[visit] = required;
  }
  return next;
}

function excuse(visits: Record<string, OpenVisit>, visit: string): void {
  const before = visits[visit];
  if (!before) return;
  const { detected: _, ...kept } = before;
  visits[visit] = { ...kept, excused: true };
}

export function excusedOf(before: OpenVisits, visit: string): OpenVisits {
  const next = { ...before };
  excuse(next, visit);
  return next;
}

export function detectedOf(before: OpenVisits, visit: string): OpenVisits {
  const same = before[visit];
  return same ? { ...before, [visit]: { ...same, detected: true } } : before;
}

/** Without those that have a log; the identical object when none had been open. */
export function recorded(before: OpenVisits, legs: readonly Leg[]): OpenVisits {
  if (!legs.some(({ visit }) => before[visit])) return before;
  const logged = new Set(legs.map(({ visit }) => visit));
  return Object.fromEntries(Object.entries(before).filter(([visit]) => !logged.has(visit)));
}

/**
 * When the first of a week's open visits counts as missed where feeds are alive: the decision looks
 * whether they are (S2-12).
 */
export function firstDue(
  visits: OpenVisits,
  evidenceOf: (providerId: string) => WeekEvidence,
  changes: readonly PolicyChange[],
): Instant | null {
  let first: Instant | null = null;
  for (const visit of Object.values(visits)) {
    if (visit.excused || visit.detected) continue;
    const evidence = evidenceOf(visit.providerId);
    if (evidence.acceptedAt === null && evidence.feeds.length === 0) continue;
    const due = evidenceDue(visit, evidence, policyOn(changes, visit.on));
    if (due && (first === null || due.at < first)) first = due.at;
  }
  return first;
}
