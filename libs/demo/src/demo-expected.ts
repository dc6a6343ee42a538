import { planVisits, weeklyCarerMinutes } from '#kernel/schedule.js';
import {
  addDays,
  isoWeekOf,
  mondayOf,
  weekAfter,
  type CivilDate,
  type IsoWeek,
} from '#kernel/time.js';
import type { DemoCalendar } from './demo-calendar.js';
import { awardedAt, type DemoPackage } from './demo-package.js';
import { agreedLines } from './demo-needs.js';
import { contractFor, type DemoProvider } from './demo-providers.js';
import type { DemoSize } from './demo-scale.js';

/** What the read side must answer about a loaded demo council. */
export interface DemoExpected {
  readonly referenceWeek: IsoWeek;
  /** Planned in the reference week with external providers (S2-1). */
  readonly people: number;
  readonly visits: number;
  readonly carerMinutes: number;
  readonly visitMinutes: number;
  /** The year of awards (S1-1, S1-2). */
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly days: number;
  readonly awardedWeeklyMinutes: number;
  readonly awardedPeople: number;
  /** Two decimals, `492.34`. */
  readonly hoursPerWeek: string;
  /** One decimal, `16.3`. */
  readonly hoursPerPerson: string;
  /** People of the reference week who pay in full (S3-3). */
  readonly fullCostPeople: number;
  /** Standard weekday daytime rates on the Sunday of the reference week, in pence per hour (S1-14). */
  readonly lowestRatePence: number;
  readonly highestRatePence: number;
  /** Live packages on contracts that are over (S1-7). */
  readonly needsTransition: number;
  readonly awaitingCare: number;
  readonly goLiveOn: CivilDate;
}

/** Minutes a week to be awarded in a year of so many days, a multiple of 15. */
export const yearlyMinutes = ({ hundredthHoursPerWeek }: DemoSize, days: number): number =>
  Math.round((hundredthHoursPerWeek * 60 * days) / 700 / 15) * 15;

export function expectedOf(
  calendar: DemoCalendar,
  providers: readonly DemoProvider[],
  packages: readonly DemoPackage[],
): DemoExpected {
  const { referenceWeek, referenceMonday, from, to, days, goLiveOn } = calendar;
  const awarded = packages.filter((carePackage) => awardedAt(carePackage) !== null);
  const minutes = awarded.reduce((sum, { needs }) => sum + weeklyMinutes(needs.schedule), 0);
  const people = new Set(awarded.map(({ reference }) => reference.personRef)).size;
  const rates = providers
    .filter(({ admittedOn, withdrewOn }) => admittedOn !== null && withdrewOn === null)
    .map((provider) => contractFor(provider, addDays(referenceMonday, 6)).ratePencePerHour ?? 0);
  return {
    ...referenceFigures(calendar, packages),
    ...{ referenceWeek, from, to, days, goLiveOn },
    ...{ awardedWeeklyMinutes: minutes, awardedPeople: people },
    hoursPerWeek: decimals(minutes * 7, 60 * days, 2),
    hoursPerPerson: decimals(minutes, 60 * people, 1),
    ...{ lowestRatePence: Math.min(...rates), highestRatePence: Math.max(...rates) },
    needsTransition: packages.filter((carePackage) => isLeftBehind(carePackage, calendar)).length,
    awaitingCare: packages.filter(({ waiting }) => waiting !== null).length,
  };
}

/** Carer minutes a week of a schedule as it was referred. */
export const weeklyMinutes = (schedule: DemoPackage['needs']['schedule']): number =>
  weeklyCarerMinutes(agreedLines(schedule));

function referenceFigures(calendar: DemoCalendar, packages: readonly DemoPackage[]) {
  const people = new Set<string>();
  const fullCost = new Set<string>();
  let [visits, carerMinutes, visitMinutes] = [0, 0, 0];
  for (const carePackage of packages) {
    const { care, reference, needs } = carePackage;
    if (!care?.framework) continue;
    const planned = plannedVisits(calendar, carePackage, calendar.referenceWeek);
    if (planned.length === 0) continue;
    people.add(reference.personRef);
    if (needs.fundingStatus === 'full-cost') fullCost.add(reference.personRef);
    for (const { minutes, carers } of planned) {
      visits += 1;
      visitMinutes += minutes;
      carerMinutes += minutes * carers;
    }
  }
  const counted = { people: people.size, fullCostPeople: fullCost.size };
  return { ...counted, visits, carerMinutes, visitMinutes };
}

/** The visits that the service plans for a package and week. */
export function plannedVisits(
  { goLiveOn }: DemoCalendar,
  { care }: DemoPackage,
  week: IsoWeek,
): ReturnType<typeof planVisits> {
  if (!care) return [];
  const from = care.startOn > goLiveOn ? care.startOn : goLiveOn;
  const monday = mondayOf(week);
  const over = care.endsBefore !== null && care.endsBefore <= monday;
  if (over || from > addDays(monday, 6)) return [];
  return planVisits(care.lines, week, { from, before: care.endsBefore });
}

/** The first visit with electronic monitoring; undefined: none is planned in the first two weeks. */
export function firstVisitOf(
  calendar: DemoCalendar,
  carePackage: DemoPackage,
): ReturnType<typeof planVisits>[number] | undefined {
  const startOn = carePackage.care?.startOn ?? '';
  const week = isoWeekOf(startOn > calendar.goLiveOn ? startOn : calendar.goLiveOn);
  return [week, weekAfter(week, 1)].flatMap((one) => plannedVisits(calendar, carePackage, one))[0];
}

function isLeftBehind({ care }: DemoPackage, { asOfOn, successorKnownOn }: DemoCalendar): boolean {
  const lives =
    care !== null && care.startOn <= asOfOn && !(care.endsBefore && care.endsBefore <= asOfOn);
  return successorKnownOn !== null && lives && care.framework === 'first';
}

/** A share of whole numbers as a decimal, rounded half up once. */
export function decimals(numerator: number, denominator: number, places: number): string {
  const scaled = Math.floor((2 * numerator * 10 ** places + denominator) / (2 * denominator));
  const text = String(scaled).padStart(places + 1, '0');
  return `${text.slice(0, -places)}.${text.slice(-places)}`;
}

/** @throws RangeError when the plan does not give the figures it was made for */
export function ensureExact(expected: DemoExpected, size: DemoSize): void {
  const wanted: Partial<DemoExpected> = {
    people: size.livePackages + size.standingPackages,
    visits: size.referenceVisits,
    carerMinutes: size.referenceMinutes,
    awardedWeeklyMinutes: yearlyMinutes(size, expected.days),
    awardedPeople: size.livePackages + size.endedPackages + size.waiting['awaiting-start'],
    hoursPerWeek: decimals(size.hundredthHoursPerWeek, 100, 2),
    fullCostPeople: size.fullCostPeople,
  };
  for (const [name, value] of Object.entries(wanted)) {
    const planned = expected[name as keyof DemoExpected];
    if (planned !== value) throw new RangeError(`the demo plans ${planned} ${name}, not ${value}`);
  }
}
