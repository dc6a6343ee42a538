import { addDays, type CivilDate } from '#kernel/time.js';

export const patches = ['north', 'east', 'south', 'west', 'harbour', 'moor', 'vale', 'old-town'];

interface CareLine {
  readonly days: readonly number[];
  readonly start: string;
  readonly minutes: number;
  readonly carers: number;
  readonly tasks: readonly string[];
  readonly critical: boolean;
  readonly criticalReason?: string;
}

/** Mornings, evenings and, for some, lunches: 14 to 21 visits a week, 17 in the mean. */
function scheduleOf(index: number): readonly CareLine[] {
  const daily = [1, 2, 3, 4, 5, 6, 7];
  const plain = { carers: 1, tasks: ['personal-care'], critical: false };
  const critical = { critical: true, criticalReason: 'timed-medicine' };
  return [
    { ...plain, days: daily, start: '08:30', minutes: 30 + 15 * (index % 3) },
    { ...plain, ...critical, days: daily, start: '19:00', minutes: 30, carers: 1 + (index % 2) },
    { ...plain, days: daily.slice(0, index % 7), start: '12:30', minutes: 30 },
  ].filter(({ days }) => days.length > 0);
}

/** What the `index`-th person needs; all that a list filters and sorts by varies. */
export const needsOf = (index: number, startOn: CivilDate) => ({
  ...{ serviceLine: 'long-term', lot: 'lot-1', fundingStatus: 'council' },
  ...{ postcodeDistrict: `ZZ${index % 9}`, patch: patches[index % patches.length] ?? '' },
  ...{ ageBand: '75-84', gender: 'female', carerGenderNeed: 'any' },
  ...{ urgent: index % 11 === 0, hospitalDischarge: index % 5 === 0 },
  startOn: addDays(startOn, index % 28),
  schedule: scheduleOf(index),
});

export const referenceOf = (name: string) => ({
  ...{ system: 'casebook', personRef: `P-${name}`, referralRef: `R-${name}` },
});

/** The fields of a referral as a GraphQL client writes them: codes are names there. */
export function referralInput(name: string, index: number, startOn: CivilDate) {
  const { schedule, ...needs } = needsOf(index, startOn);
  const coded = {
    ...{ serviceLine: 'LONG_TERM', fundingStatus: 'COUNCIL', ageBand: 'AGE_BAND_75_84' },
    ...{ gender: 'FEMALE', carerGenderNeed: 'ANY' },
  };
  const lines = schedule.map((line) => ({
    ...line,
    tasks: ['PERSONAL_CARE'],
    ...(line.critical && { criticalReason: 'TIMED_MEDICINE' }),
  }));
  return { reference: referenceOf(name), needs: { ...needs, ...coded, schedule: lines } };
}
