import { bandedMinutes, workedMinutes, type PaymentBands } from '#kernel/payment-bands.js';
import {
  addMinutes,
  elapsedSeconds,
  monthOf,
  truncatedToMinute,
  type Month,
} from '#kernel/time.js';
import { TermsByDate, type PayBook } from '#brokerage/statement/pay-book.rules.js';
import { holderOfVisit, type PayVisit, type PayWeek } from '#brokerage/statement/pay-week.rules.js';

/** How the logs of a carer, or of a provider, lie to the edges of the bands (X28). */
export interface Pattern {
  readonly legs: number;
  /** Attended the first or second minute of a higher band: 26 and 27, 41 and 42, 56 and 57 … */
  readonly justOver: number;
  /** Attended one of the two minutes below: 24 and 25, 39 and 40, 54 and 55 … */
  readonly justUnder: number;
  /** Logged out in the very minute of the planned end. */
  readonly onPlannedMinute: number;
}

export const noPattern: Pattern = { legs: 0, justOver: 0, justUnder: 0, onPlannedMinute: 0 };

/** Whether a higher band begins at this minute. */
const beginsBand = (minutes: number, bands: PaymentBands): boolean =>
  minutes > 1 && bandedMinutes(minutes, bands) > bandedMinutes(minutes - 1, bands);

/** Where whole attended minutes lie to the nearest edge of a band. */
export function edgeOf(minutes: number, bands: PaymentBands): 'over' | 'under' | null {
  if (minutes < 1) return null;
  if (beginsBand(minutes, bands) || beginsBand(minutes - 1, bands)) return 'over';
  return beginsBand(minutes + 1, bands) || beginsBand(minutes + 2, bands) ? 'under' : null;
}

/** Adds a month's logged legs to the patterns of each provider and carer. */
export function addPatterns(
  patterns: Map<string, Map<string, Pattern>>,
  { weeks, month, book }: { weeks: readonly PayWeek[]; month: Month; book: PayBook },
): void {
  const terms = new TermsByDate(book);
  for (const week of weeks) {
    for (const visit of Object.values(week.visits)) {
      if (monthOf(visit.on) !== month) continue;
      const { providerId, contractId } = holderOfVisit(week, visit);
      const { basis, bands } = terms.on(contractId, visit.on).terms;
      const carers = patterns.get(providerId) ?? new Map<string, Pattern>();
      patterns.set(providerId, carers);
      for (const { carerId, inAt, outAt, shadow } of Object.values(visit.legs)) {
        if (shadow) continue;
        if (outAt === null) continue;
        const minutes = workedMinutes(elapsedSeconds(inAt, outAt));
        const edge = basis === 'actual-bands' ? edgeOf(minutes, bands) : null;
        const before = carers.get(carerId) ?? noPattern;
        carers.set(carerId, {
          legs: before.legs + 1,
          justOver: before.justOver + Number(edge === 'over'),
          justUnder: before.justUnder + Number(edge === 'under'),
          onPlannedMinute: before.onPlannedMinute + Number(endsAsPlanned(visit, outAt)),
        });
      }
    }
  }
}

const endsAsPlanned = ({ startsAt, minutes }: PayVisit, outAt: string): boolean =>
  truncatedToMinute(outAt) === truncatedToMinute(addMinutes(startsAt, minutes));

/** All carers of a provider together. */
export const sumOfPatterns = (patterns: Iterable<Pattern>): Pattern => {
  const sum = { ...noPattern };
  for (const { legs, justOver, justUnder, onPlannedMinute } of patterns) {
    sum.legs += legs;
    sum.justOver += justOver;
    sum.justUnder += justUnder;
    sum.onPlannedMinute += onPlannedMinute;
  }
  return sum;
};
