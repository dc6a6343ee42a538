import type { VisitState } from '#brokerage/visit/visit.rules.js';
import type { WeekState } from '#brokerage/visit/visit.state.rules.js';
import type { UnallocatedReason, UnallocatedVisit } from './unallocated-visits.view.js';

/** Why the plan as it is now does not cover an attendance (X13). */
export function reasonOf(
  { packageId, visits }: Pick<WeekState, 'packageId' | 'visits'>,
  { providerId, on, carerLeg }: Pick<UnallocatedVisit, 'providerId' | 'on' | 'carerLeg'>,
): UnallocatedReason {
  if (packageId === null) return 'week-not-planned';
  const ofDay = Object.values(visits).filter(
    (visit) => visit.providerId === providerId && !visit.withdrawn && visit.on === on,
  );
  if (ofDay.length === 0) return 'nothing-planned-on-the-day';
  const isTaken = ({ legs, excused }: VisitState) =>
    excused || legs.some(({ leg }) => leg === carerLeg);
  return ofDay.every(isTaken) ? 'visits-of-the-day-taken' : 'no-visit-near';
}
