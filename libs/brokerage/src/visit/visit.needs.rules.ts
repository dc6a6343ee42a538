import type { CarerGender, PlannedVisit } from '#kernel/schedule.js';
import { londonInstant, type Instant } from '#kernel/time.js';

/** What is compared with a log: hard needs that the plan keeps for a visit. */
export type VisitNeeds = Pick<PlannedVisit, 'on' | 'agreedStart' | 'latestStart' | 'carerGender'>;

/**
 * Whether a log-in is later than the person can take (X2): on whole minutes, as punctuality is. A
 * time agreed with the person for this visit alone is none too late.
 */
export function isTooLateAnHour(
  { on, agreedStart, latestStart }: VisitNeeds,
  inAt: Instant,
): boolean {
  if (latestStart === undefined) return false;
  const latest = latestStart > agreedStart ? latestStart : agreedStart;
  return inAt.slice(0, 16) > londonInstant(on, latest).instant.slice(0, 16);
}

export const genderOutcomes = ['kept', 'broken', 'not-checkable'] as const;
export type CarerGenderOutcome = (typeof genderOutcomes)[number];

/** How a carer's gender stands to the need (X2); the register may hold none. */
export function genderKept(
  { carerGender: needed }: VisitNeeds,
  gender: CarerGender | undefined,
): CarerGenderOutcome {
  if (needed === undefined || needed === gender) return 'kept';
  return gender === undefined ? 'not-checkable' : 'broken';
}
