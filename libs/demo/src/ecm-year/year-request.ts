import { isCivilDate, weekdayOf, type CivilDate } from '#kernel/time.js';

/** What decides a year of monitoring files entirely. */
export interface YearRequest {
  readonly seed: number;
  /** The Monday after the last week. */
  readonly endsBefore: CivilDate;
  readonly weeks: number;
  /** The part of the reference council, 1 for all of it. */
  readonly scale: number;
}

/** The reference council: people, visits a week and carers' minutes a week (S2-1). */
export const referenceCouncil = {
  ...{ people: 1_672, weeklyVisits: 28_205, weeklyCarerMinutes: 1_060_860, providers: 31 },
} as const;

/** @throws RangeError with what is wrong, for whoever asked */
export function checkedRequest(request: YearRequest): YearRequest {
  const { seed, endsBefore, weeks, scale } = request;
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError('the seed is no whole number');
  if (!isCivilDate(endsBefore) || weekdayOf(endsBefore) !== 1) {
    throw new RangeError(`${endsBefore} is no Monday`);
  }
  if (!Number.isSafeInteger(weeks) || weeks < 1 || weeks > 104) {
    throw new RangeError('a year of files has 1 to 104 weeks');
  }
  if (!(scale >= 0.01 && scale <= 1)) throw new RangeError('the scale is a number from 0.01 to 1');
  return request;
}
