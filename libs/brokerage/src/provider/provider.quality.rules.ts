import type { CouncilPolicy, CqcRating } from '#kernel/council-policy.js';
import type { CivilDate } from '#kernel/time.js';
import type { RegistrationStatus } from './provider.quality.events.js';

export type { CqcRating } from '#kernel/council-policy.js';

/** The best first; a location that was not rated yet is none of them. */
const ratingsInOrder: readonly CqcRating[] = [
  'outstanding',
  'good',
  'requires-improvement',
  'inadequate',
];
export const cqcRatings = [
  'outstanding',
  'good',
  'requires-improvement',
  'inadequate',
  'not-rated',
] as const satisfies readonly CqcRating[];

export const providerQualityRules = {
  CqcFactInFuture: 'A rating and an assessment are recorded on their day or later.',
  CqcFactKnown: 'This is recorded already.',
  NextAssessmentNotLater: 'The next assessment is due after this one. Give a later day.',
  ReviewUnknown: 'There is no such review of this provider.',
  ReviewConcluded: 'This review was concluded before.',
} as const;

export interface Registration {
  readonly status: RegistrationStatus;
  readonly fromOn: CivilDate;
}

export interface LocationRating {
  readonly locationId: string;
  readonly rating: CqcRating;
  readonly ratedOn: CivilDate;
}

/** What the register says of a provider at the regulator. */
export interface CqcFacts {
  readonly cqcProviderId?: string | undefined;
  readonly registrations: readonly Registration[];
  readonly ratings: readonly LocationRating[];
}

/** Of facts in the order in which they were recorded, the one in force; the later of one day. */
function inForceOn<Fact>(
  facts: readonly Fact[],
  dayOf: (fact: Fact) => CivilDate,
  on: CivilDate,
): Fact | undefined {
  let found: Fact | undefined;
  for (const fact of facts) {
    if (dayOf(fact) <= on && (!found || dayOf(fact) >= dayOf(found))) found = fact;
  }
  return found;
}

/**
 * Whether a provider is registered on a day. Its CQC id counts until a dated fact is recorded;
 * `unrecorded` where there is neither.
 */
export function registrationOn(
  { cqcProviderId, registrations }: CqcFacts,
  on: CivilDate,
): RegistrationStatus | 'unrecorded' {
  if (registrations.length === 0) return cqcProviderId ? 'registered' : 'unrecorded';
  return inForceOn(registrations, ({ fromOn }) => fromOn, on)?.status ?? 'deregistered';
}

/** The rating of one location on a day. */
export const locationRatingOn = (
  ratings: readonly LocationRating[],
  locationId: string,
  on: CivilDate,
): CqcRating =>
  inForceOn(
    ratings.filter((each) => each.locationId === locationId),
    ({ ratedOn }) => ratedOn,
    on,
  )?.rating ?? 'not-rated';

/** The lowest rating of a provider's locations on a day. */
export function ratingOn({ ratings }: Pick<CqcFacts, 'ratings'>, on: CivilDate): CqcRating {
  const locations = new Set(ratings.map(({ locationId }) => locationId));
  const each = [...locations].map((location) => locationRatingOn(ratings, location, on));
  return ratingsInOrder.findLast((rating) => each.includes(rating)) ?? 'not-rated';
}

export const isLower = (rating: CqcRating, than: CqcRating): boolean =>
  ratingsInOrder.includes(than) && ratingsInOrder.indexOf(rating) > ratingsInOrder.indexOf(than);

/** The council's gates for new work (S4-8). */
export type CqcGates = Pick<
  CouncilPolicy,
  'minimumCqcRating' | 'notRatedAllowed' | 'unrecordedRegistrationAllowed'
>;

export const gatesOf = ({
  minimumCqcRating,
  notRatedAllowed,
  unrecordedRegistrationAllowed,
}: CqcGates): CqcGates => ({ minimumCqcRating, notRatedAllowed, unrecordedRegistrationAllowed });

export type GateVerdict = 'passes' | 'fails' | 'not-checkable';

export function registrationGate(facts: CqcFacts, gates: CqcGates, on: CivilDate): GateVerdict {
  const status = registrationOn(facts, on);
  if (status === 'unrecorded') {
    return gates.unrecordedRegistrationAllowed ? 'not-checkable' : 'fails';
  }
  return status === 'registered' ? 'passes' : 'fails';
}

export function ratingGate(facts: CqcFacts, gates: CqcGates, on: CivilDate): GateVerdict {
  const rating = ratingOn(facts, on);
  if (rating === 'not-rated') return gates.notRatedAllowed ? 'passes' : 'fails';
  return isLower(rating, gates.minimumCqcRating) ? 'fails' : 'passes';
}
