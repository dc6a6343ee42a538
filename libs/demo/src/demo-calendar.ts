import {
  addDays,
  addMonths,
  daysBetween,
  firstOfMonth,
  isCivilDate,
  isoWeekOf,
  londonInstant,
  mondayOf,
  monthAfter,
  monthOf,
  weekAfter,
  weekdayOf,
  type CivilDate,
  type Instant,
  type IsoWeek,
  type LocalTime,
} from '#kernel/time.js';

/** First day of the successor framework; the first framework ends the day before (S1-7). */
export const successorStartsOn = '2025-10-13';
/** Earlier as-of dates would take the council on before all its providers were admitted. */
export const earliestAsOfOn = '2022-07-01';

/** Everything that the as-of date decides. */
export interface DemoCalendar {
  readonly asOfOn: CivilDate;
  /** The day on which the council begins to use the system. */
  readonly setUpOn: CivilDate;
  /** The successor framework is known from this day; null: the first framework stands alone. */
  readonly successorKnownOn: CivilDate | null;
  /** The day on which the standing book is taken on. */
  readonly standingOn: CivilDate;
  /** Live packages move to the successor's contracts on this day; null: none has to. */
  readonly movesOn: CivilDate | null;
  /** Electronic call monitoring begins; a Monday. */
  readonly goLiveOn: CivilDate;
  readonly referenceWeek: IsoWeek;
  readonly referenceMonday: CivilDate;
  /** The year of awards, both days included. */
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly days: number;
  /** Nothing is simulated after this moment: the as-of date begins. */
  readonly endsAt: Instant;
  /** Working days from the set-up to the day before the as-of date. */
  readonly workingDays: readonly CivilDate[];
}

/** A moment of a day in London. */
export const momentOn = (date: CivilDate, at: LocalTime): Instant =>
  londonInstant(date, at).instant;

/** @throws RangeError for a date that does not exist or lies before `earliestAsOfOn` */
export function demoCalendar(asOfOn: CivilDate): DemoCalendar {
  if (!isCivilDate(asOfOn) || asOfOn < earliestAsOfOn) {
    throw new RangeError(`a demo council stands on a date from ${earliestAsOfOn} on`);
  }
  const from = addDays(addMonths(asOfOn, -12), 1);
  const lastFullMonth = monthAfter(monthOf(asOfOn), -1);
  const goLiveOn = mondayOf(isoWeekOf(addDays(firstOfMonth(lastFullMonth), -14)));
  const referenceWeek = weekAfter(isoWeekOf(asOfOn), -1);
  const setUpOn = setUpDay(asOfOn, from);
  return {
    ...{ asOfOn, setUpOn, ...successorDays(asOfOn, setUpOn, goLiveOn), goLiveOn },
    ...{ referenceWeek, referenceMonday: mondayOf(referenceWeek) },
    ...{ from, to: asOfOn, days: daysBetween(from, asOfOn) + 1 },
    endsAt: momentOn(asOfOn, '00:00'),
    workingDays: workingDaysOf(addDays(setUpOn, 1), asOfOn),
  };
}

/** Fourteen months back, or the day the successor begins where that leaves the year whole. */
function setUpDay(asOfOn: CivilDate, from: CivilDate): CivilDate {
  const usual = addMonths(asOfOn, -14);
  const latest = addDays(from, -14);
  return usual < successorStartsOn && successorStartsOn <= latest ? successorStartsOn : usual;
}

function successorDays(asOfOn: CivilDate, setUpOn: CivilDate, goLiveOn: CivilDate) {
  if (asOfOn < successorStartsOn) {
    return { successorKnownOn: null, standingOn: setUpOn, movesOn: null };
  }
  const tendered = addDays(successorStartsOn, -42);
  const successorKnownOn = setUpOn > tendered ? setUpOn : tendered;
  if (setUpOn >= successorStartsOn) {
    return { successorKnownOn, standingOn: setUpOn, movesOn: null };
  }
  const standingOn = goLiveOn >= successorStartsOn ? successorStartsOn : setUpOn;
  return { successorKnownOn, standingOn, movesOn: successorStartsOn };
}

const workingDaysOf = (first: CivilDate, before: CivilDate): CivilDate[] =>
  Array.from({ length: daysBetween(first, before) }, (_, at) => addDays(first, at)).filter(
    (date) => weekdayOf(date) <= 5 && !['-12-25', '-12-26', '-01-01'].includes(date.slice(4)),
  );

/** The working day some working days away. */
export function workingDay(
  { workingDays }: DemoCalendar,
  date: CivilDate,
  offset: number,
): CivilDate {
  const day = workingDays[workingDays.indexOf(date) + offset];
  if (!day || !workingDays.includes(date)) throw new RangeError(`no working day beside ${date}`);
  return day;
}
