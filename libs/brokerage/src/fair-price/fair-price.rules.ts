import { ruleBook } from '#kernel/rejection.js';
import type { CivilDate } from '#kernel/time.js';
import type { MinimumPrice } from './fair-price.events.js';

export const fairPriceRules = {
  DateDoesNotExist: 'This date does not exist.',
  MinimumPriceEndsBeforeItStarts: 'A minimum price ends on or after the day it starts.',
  MinimumPriceOverlaps: 'There is a minimum price for some of these days already.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof fairPriceRules>> = ruleBook(fairPriceRules);

/** The minimum price on a date; null: none is loaded, and an older one says nothing (X8). */
export const minimumPriceOn = (
  prices: readonly MinimumPrice[],
  on: CivilDate,
): MinimumPrice | null =>
  prices.find(({ startsOn, endsBefore }) => startsOn <= on && on < endsBefore) ?? null;
