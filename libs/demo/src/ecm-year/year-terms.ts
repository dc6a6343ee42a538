import type { ExcuseReason } from '#brokerage/visit/visit.events.js';
import type { DayKind } from '#brokerage/provider-contract/provider-contract.events.js';
import { addDays, type CivilDate, type LocalTime } from '#kernel/time.js';
import type { SeededRandom } from '../seeded-random.js';

/** Prices of a contract from a day on. */
export interface YearRates {
  readonly effectiveOn: CivilDate;
  readonly rates: readonly YearRate[];
  readonly hours?: { dayFrom: LocalTime; eveningFrom: LocalTime; nightFrom: LocalTime };
}

export interface YearRate {
  readonly dayKind: DayKind;
  readonly pencePerHour: number;
  readonly visitMinutes?: number;
}

/** What a contract says beside the usual: the fields of `SetPaymentTerms`. */
export interface YearPayment {
  readonly basis?: 'actual-bands' | 'actual-minutes' | 'planned';
  readonly bands?: readonly { fromMinutes: number; toMinutes?: number; paidMinutes: number }[];
  readonly cap60?: boolean;
  readonly overCommissionBands?: number;
  readonly secondLeg?: 'when-commissioned' | 'when-approved';
  readonly excused?: readonly { reason: ExcuseReason; upToDays?: number; percent: number }[];
}

export interface YearTerms {
  readonly startsOn: CivilDate;
  readonly cards: readonly YearRates[];
  /** Absent: the city's usual terms (S2-17). */
  readonly payment?: YearPayment;
}

/** Six kinds of contracts, and prices that rise in the middle (S1-14, section 5). */
export function termsOf(at: number, from: CivilDate, random: SeededRandom): YearTerms {
  const startsOn = addDays(from, -400);
  const pence = random.int(2_087, 2_195);
  const hours = at % 5 === 4 && {
    hours: { dayFrom: '06:30', eveningFrom: '18:00', nightFrom: '21:30' },
  };
  const card = (effectiveOn: CivilDate, rise: number) => ({
    ...{ effectiveOn, rates: ratesOf(pence + rise), ...hours },
  });
  const payment = payments[at % payments.length];
  return {
    startsOn,
    cards: [card(startsOn, 0), card(addDays(from, 17), 37)],
    ...(payment && { payment }),
  };
}

const ratesOf = (pence: number): YearRate[] => [
  { dayKind: 'weekday-day', pencePerHour: pence },
  { dayKind: 'evening', pencePerHour: pence + 61 },
  { dayKind: 'night', pencePerHour: pence + 239 },
  { dayKind: 'weekend', pencePerHour: pence + 123 },
  { dayKind: 'bank-holiday', pencePerHour: pence + 1_001 },
  // Half an hour costs 56 % of an hour.
  { dayKind: 'weekday-day', pencePerHour: Math.round(pence * 1.12), visitMinutes: 30 },
];

const payments: readonly (YearPayment | undefined)[] = [
  undefined,
  { excused: [{ reason: 'non-access', percent: 100 }] },
  { basis: 'actual-minutes' },
  { basis: 'planned', excused: [{ reason: 'cancelled-by-service-user', percent: 50 }] },
  { cap60: true, overCommissionBands: 0, secondLeg: 'when-approved' },
  {
    bands: [
      { fromMinutes: 1, toMinutes: 20, paidMinutes: 20 },
      { fromMinutes: 21, toMinutes: 35, paidMinutes: 30 },
      { fromMinutes: 36, toMinutes: 50, paidMinutes: 45 },
      { fromMinutes: 51, paidMinutes: 60 },
    ],
    excused: [
      { reason: 'non-access', upToDays: 1, percent: 75 },
      { reason: 'non-access', percent: 25 },
    ],
  },
];
