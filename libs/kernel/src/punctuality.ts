import { instantMs, type Instant } from './time.js';

/** How one attendance lies to the agreed start (S2-9). */
export interface Punctuality {
  /** Whole minutes from the agreed start: positive is late, negative early. */
  readonly minutes: number;
  readonly onTime: boolean;
}

const minuteOf = (instant: Instant): number => Math.floor(instantMs(instant) / 60_000);

/**
 * Judges a start alone, both moments cut to the minute: on time up to and including the tolerance,
 * early as well as late. 08:30:59 for 08:00 is 30 minutes late, 07:44:30 is 16 early.
 */
export function punctuality(
  agreedAt: Instant,
  actualAt: Instant,
  toleranceMinutes: number,
): Punctuality {
  const minutes = minuteOf(actualAt) - minuteOf(agreedAt);
  return { minutes, onTime: Math.abs(minutes) <= toleranceMinutes };
}

/**
 * The leg of a visit that lies furthest from the agreed start: the visit is on time when this leg
 * is. Of two equally far legs the late one is told. `null` when no leg was attended.
 */
export function worstPunctuality(
  agreedAt: Instant,
  actualStarts: readonly Instant[],
  toleranceMinutes: number,
): Punctuality | null {
  return actualStarts
    .map((actualAt) => punctuality(agreedAt, actualAt, toleranceMinutes))
    .reduce<Punctuality | null>(
      (worst, leg) => (worst && !isWorse(leg, worst) ? worst : leg),
      null,
    );
}

const isWorse = (leg: Punctuality, than: Punctuality): boolean => {
  const further = Math.abs(leg.minutes) - Math.abs(than.minutes);
  return further > 0 || (further === 0 && leg.minutes > than.minutes);
};
