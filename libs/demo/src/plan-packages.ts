import type { EndOutcome } from '#brokerage/package/package.codes.js';
import { addDays, daysBetween, type CivilDate } from '#kernel/time.js';
import { brokeredPackage, type PlanContext } from './brokered-packages.js';
import { momentOn, type DemoCalendar } from './demo-calendar.js';
import { weeklyMinutes, yearlyMinutes } from './demo-expected.js';
import type { DemoPackage } from './demo-package.js';
import { demoReferences, type DemoReference } from './demo-people.js';
import type { DemoSize } from './demo-scale.js';
import { careMixes, draftSchedule, type CareMix, type DraftSchedule } from './draft-schedule.js';
import { adjustTo, type WeeklySums } from './exact-sums.js';
import { departingReferral, movedPackages, standingPackage } from './other-packages.js';
import { SeededRandom } from './seeded-random.js';
import { waitingList, waitingPackage } from './waiting-packages.js';

/** Everyone who is, was or will be cared for. */
export function planPackages(context: PlanContext, size: DemoSize): DemoPackage[] {
  const references = demoReferences(
    new SeededRandom(context.seed, 'people'),
    peopleOf(size),
  ).values();
  const next = (): DemoReference => references.next().value as DemoReference;
  const waiting = waitingPackages(context, size, next);
  const awaiting = waiting.filter(({ care }) => care !== null);
  const fullCost = fullCostPeople(context, size);
  const { seed, calendar } = context;
  const isLeftBehind = (at: number) => calendar.successorKnownOn !== null && at < size.leftBehind;
  const standing = standingDrafts(context, size).map((draft, at) =>
    standingPackage(context, {
      ...{ key: `standing-${at + 1}`, draft, reference: next(), inHouse: false },
      ...{ fullCost: fullCost.has(size.livePackages + at), leftBehind: isLeftBehind(at) },
    }),
  );
  const inHouse = drafts(seed, 'in-house', size.inHousePackages, careMixes.modest);
  const packages = [
    ...standing,
    ...inHouse.map((draft, at) =>
      standingPackage(context, {
        ...{ key: `in-house-${at + 1}`, draft, reference: next(), inHouse: true },
        ...{ fullCost: false, leftBehind: true },
      }),
    ),
    ...livePackages(context, size, next, fullCost),
    ...endedPackages(context, size, awaiting, next),
    ...departing(context, size, next),
    ...waiting,
  ];
  const stays = new Set(standing.slice(0, size.leftBehind).map(({ key }) => key));
  return movedPackages(context, packages, ({ key }) => stays.has(key));
}

const peopleOf = (size: DemoSize): number =>
  size.livePackages +
  size.standingPackages +
  size.endedPackages +
  size.inHousePackages +
  size.directPayments +
  size.withdrawnReferrals +
  waitingList(size).length;

const drafts = (seed: number, group: string, count: number, mix: CareMix): DraftSchedule[] =>
  Array.from({ length: count }, (_, at) => draftSchedule(new SeededRandom(seed, group, at), mix));

/** Schedules of a group that add up exactly. */
function exactDrafts(
  seed: number,
  group: string,
  terms: WeeklySums & { count: number; mix: CareMix },
): DraftSchedule[] {
  const schedules = drafts(seed, group, terms.count, terms.mix);
  adjustTo(schedules, terms, new SeededRandom(seed, group, 'sums'));
  return schedules;
}

const liveVisits = ({ referenceVisits, liveMinutes, referenceMinutes }: DemoSize): number =>
  Math.round((referenceVisits * liveMinutes) / referenceMinutes);

const standingDrafts = ({ seed }: PlanContext, size: DemoSize): DraftSchedule[] =>
  exactDrafts(seed, 'standing', {
    count: size.standingPackages,
    mix: careMixes.modest,
    visits: size.referenceVisits - liveVisits(size),
    carerMinutes: size.referenceMinutes - size.liveMinutes,
  });

/** Which people of the reference week pay in full, by their place among all of them. */
const fullCostPeople = ({ seed }: PlanContext, size: DemoSize): ReadonlySet<number> => {
  const places = Array.from({ length: size.livePackages + size.standingPackages }, (_, at) => at);
  const shuffled = new SeededRandom(seed, 'full-cost').shuffled(places);
  return new Set(shuffled.slice(0, size.fullCostPeople));
};

function livePackages(
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
function endedPackages(
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

const departing = (context: PlanContext, size: DemoSize, next: () => DemoReference) => [
  ...Array.from({ length: size.directPayments }, (_, at) =>
    departingReferral(context, `direct-payment-${at + 1}`, next(), 'direct-payment'),
  ),
  ...Array.from({ length: size.withdrawnReferrals }, (_, at) =>
    departingReferral(context, `withdrawn-${at + 1}`, next(), 'withdrawn'),
  ),
];

const waitingPackages = (context: PlanContext, size: DemoSize, next: () => DemoReference) =>
  waitingList(size).map(({ stage, at }) => {
    const key = `waiting-${stage}-${at + 1}`;
    const draft = draftSchedule(new SeededRandom(context.seed, 'draft', key), careMixes.modest);
    return waitingPackage(context, { key, stage, at, draft, reference: next() });
  });
