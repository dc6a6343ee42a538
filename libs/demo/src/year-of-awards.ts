import type { EndOutcome } from '#brokerage/package/package.codes.js';
import { addDays, daysBetween, type CivilDate } from '#kernel/time.js';
import { brokeredPackage, type PlanContext } from './brokered-packages.js';
import { momentOn, type DemoCalendar } from './demo-calendar.js';
import { weeklyMinutes, yearlyMinutes } from './demo-expected.js';
import type { DemoPackage } from './demo-package.js';
import type { DemoReference } from './demo-people.js';
import type { DemoSize } from './demo-scale.js';
import { careMixes } from './draft-schedule.js';
import { exactDrafts, liveVisits } from './group-schedules.js';
import { SeededRandom } from './seeded-random.js';

/** Modest packages awarded in the year that go on. */
export function livePackages(
  context: PlanContext,
  size: DemoSize,
  next: () => DemoReference,
  fullCost: ReadonlySet<number>,
): DemoPackage[] {
  const { seed, calendar } = context;
  const schedules = exactDrafts(seed, 'live', {
    ...{ count: size.livePackages, mix: careMixes.modest },
    ...{ visits: liveVisits(size), carerMinutes: size.liveMinutes },
  });
  return schedules.map((draft, at) => {
    const random = new SeededRandom(seed, 'live-dates', at);
    const latest = addDays(calendar.referenceMonday, -2);
    return brokeredPackage(context, {
      ...{ key: `live-${at + 1}`, draft, reference: next(), fullCost: fullCost.has(at) },
      ...awardDates(calendar, random, latest),
    });
  });
}

/** The first ten days of the year stay free of awards, so that the figure holds a few days later. */
const quietDays = 10;

function awardDates(calendar: DemoCalendar, random: SeededRandom, latest: CivilDate) {
  const { from, workingDays, referenceMonday } = calendar;
  const earliest = addDays(from, quietDays);
  const days = workingDays.filter((date) => date >= earliest && date <= latest);
  const awardOn = random.pick(days);
  const urgent = random.chance(0.1);
  const furthest = daysBetween(awardOn, referenceMonday);
  const startOn = addDays(awardOn, Math.min(furthest, urgent ? 1 : random.int(1, 6)));
  return { awardOn, startOn, urgent };
}

const outcomes: readonly (readonly [EndOutcome, number])[] = [
  ['ended-as-planned', 38],
  ['moved-to-residential-care', 22],
  ['deceased', 18],
  ['care-declined', 8],
  ['moved-away', 6],
  ['self-funded', 8],
];

/** Intensive packages that are over before the reference week; they carry the rest of the year's hours. */
export function endedPackages(
  context: PlanContext,
  size: DemoSize,
  awaiting: readonly DemoPackage[],
  next: () => DemoReference,
): DemoPackage[] {
  const { seed, calendar } = context;
  const others = awaiting.reduce((sum, { needs }) => sum + weeklyMinutes(needs.schedule), 0);
  const carerMinutes = yearlyMinutes(size, calendar.days) - size.liveMinutes - others;
  const terms = { count: size.endedPackages, mix: careMixes.intensive, carerMinutes };
  return exactDrafts(seed, 'ended', terms).map((draft, at) => {
    const random = new SeededRandom(seed, 'ended-dates', at);
    const dates = awardDates(calendar, random, addDays(calendar.referenceMonday, -30));
    const carePackage = brokeredPackage(context, {
      ...{ key: `ended-${at + 1}`, draft, reference: next(), ...dates },
      fullCost: random.chance(0.12),
    });
    const lastDay = lastDayOf(calendar, random, dates.startOn);
    const care = carePackage.care && { ...carePackage.care, endsBefore: addDays(lastDay, 1) };
    const exit = { at: momentOn(lastDay, '17:00'), lastDay, outcome: random.weighted(outcomes) };
    return { ...carePackage, care, exit: { kind: 'ended', ...exit } };
  });
}

/** Some weeks of care; whatever would reach into the reference week ends somewhere before it. */
function lastDayOf(
  { referenceMonday }: DemoCalendar,
  random: SeededRandom,
  startOn: CivilDate,
): CivilDate {
  const days = 6 + Math.floor(-Math.log(1 - random.next()) * 45);
  const most = daysBetween(startOn, referenceMonday) - 1;
  return addDays(startOn, days <= most ? days : random.int(6, most));
}
