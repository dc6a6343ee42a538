import { addDays, daysBetween, isCivilDate, londonInstant, type Instant } from '#kernel/time.js';
import { InvalidInput } from '#platform/graphql/invalid-input.js';

const mostDays = 92;

/** The instants of a period that a person names by its first and last day. Throws `InvalidInput`. */
export function periodOf(
  fromOn: string,
  lastDay: string,
): { readonly from: Instant; readonly before: Instant } {
  const isPeriod = isCivilDate(fromOn) && isCivilDate(lastDay) && fromOn <= lastDay;
  if (!isPeriod || daysBetween(fromOn, lastDay) >= mostDays) {
    const message = `A period goes from a day to a later one, at most ${mostDays} days together.`;
    throw new InvalidInput([{ code: 'PeriodUnusable', path: 'lastDay', message }]);
  }
  const startOf = (day: string) => londonInstant(day, '00:00').instant;
  return { from: startOf(fromOn), before: startOf(addDays(lastDay, 1)) };
}
