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
  const agreed = minuteOf(agreedAt);
  let worst: number | null = null;
  for (const actualAt of actualStarts) {
    const minutes = minuteOf(actualAt) - agreed;
    if (worst === null || isWorse(minutes, worst)) worst = minutes;
  }
  return worst === null ? null : { minutes: worst, onTime: Math.abs(worst) <= toleranceMinutes };
}

const isWorse = (minutes: number, than: number): boolean => {
  const further = Math.abs(minutes) - Math.abs(than);
  return further > 0 || (further === 0 && minutes > than);
};
