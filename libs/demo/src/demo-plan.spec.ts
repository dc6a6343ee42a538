import { overlaps } from '#kernel/schedule.js';
import { addDays, isoWeekOf, minuteOfDay, weekdayOf } from '#kernel/time.js';
import { earliestAsOfOn } from './demo-calendar.js';
import { awardedAt } from './demo-package.js';
import { planDemoCouncil, type DemoPlan } from './demo-plan.js';
import { demoProviderNames, withdrawnProviderNames } from './demo-provider-names.js';
import { waitingStages } from './demo-scale.js';
import { agreedLines } from './demo-needs.js';

const plans = new Map<string, DemoPlan>();
const planned = (asOfOn: string, scale: 'full' | 'small', seed = 1): DemoPlan => {
  const key = `${asOfOn}/${scale}/${seed}`;
  const plan = plans.get(key) ?? planDemoCouncil({ seed, asOfOn, scale });
  plans.set(key, plan);
  return plan;
};

const asOfDates = [
  ['a Sunday', '2026-11-22'],
  ['a Monday', '2026-11-23'],
  ['a leap day', '2028-02-29'],
  ['the day after a leap day', '2028-03-01'],
  ['the spring clock change', '2026-03-29'],
  ['a week after the autumn clock change', '2026-11-01'],
  ['the first framework alone', '2025-10-12'],
  ['the first day of the successor', '2025-10-13'],
  ['a week of the successor', '2025-10-20'],
  ['the first year of the successor', '2025-12-15'],
  ['the earliest date', earliestAsOfOn],
  ['the first of a year', '2027-01-01'],
] as const;

describe('Demo plan', () => {
  it.each(asOfDates)('adds up exactly as of %s, %s (S2-1, S1-1, S1-2, S3-3)', (_, asOfOn) => {
    const { expected } = planned(asOfOn, 'full');
    expect(expected).toMatchObject({
      ...{ people: 1_672, visits: 28_205, carerMinutes: 1_060_860, fullCostPeople: 201 },
      ...{ hoursPerWeek: '492.34', hoursPerPerson: '16.3', awardedPeople: 1_575 },
    });
  });

  it.each(asOfDates)('has the same shape when small, as of %s, %s', (_, asOfOn) => {
    const { expected } = planned(asOfOn, 'small');
    expect(expected).toMatchObject({ people: 56, visits: 940, carerMinutes: 35_355 });
    expect(expected).toMatchObject({ hoursPerWeek: '16.41', awardedPeople: 52, fullCostPeople: 7 });
  });

  it('takes the last complete Monday to Sunday before the as-of date (S2-1)', () => {
    expect(planned('2026-11-22', 'small').expected.referenceWeek).toBe(isoWeekOf('2026-11-15'));
    expect(planned('2026-11-23', 'small').expected.referenceWeek).toBe(isoWeekOf('2026-11-22'));
  });

  it('goes live on the Monday two weeks before the last full month', () => {
    const { goLiveOn } = planned('2026-11-22', 'small').calendar;
    expect([goLiveOn, weekdayOf(goLiveOn)]).toEqual(['2026-09-14', 1]);
  });

  it('gives the same plan for the same request, and another for another seed', () => {
    const again = planDemoCouncil({ seed: 1, asOfOn: '2026-11-22', scale: 'small' });
    expect(again).toEqual(planned('2026-11-22', 'small'));
    expect(planned('2026-11-22', 'small', 2).packages).not.toEqual(again.packages);
  });

  it.each([2, 3, 42, 4_711])('adds up for seed %i', (seed) => {
    expect(planned('2026-11-22', 'full', seed).expected.visits).toBe(28_205);
  });

  it('refuses a date that is none, or before all providers were admitted', () => {
    const plan = (asOfOn: string) => () => planDemoCouncil({ seed: 1, asOfOn, scale: 'small' });
    expect(plan('2026-02-30')).toThrow(RangeError);
    expect(plan(addDays(earliestAsOfOn, -1))).toThrow(RangeError);
  });
});

describe('Demo packages', () => {
  const { packages, calendar, size } = planned('2026-11-22', 'full');

  it('never plan two visits of a person at the same time (X1)', () => {
    const colliding = packages.filter(
      ({ needs, care }) =>
        overlaps(agreedLines(needs.schedule)).length + overlaps(care?.lines ?? []).length > 0,
    );
    expect(colliding.map(({ key }) => key)).toEqual([]);
  });

  it('want visits of 15 to 60 minutes that start from 07:00 to 21:30', () => {
    const lines = packages.flatMap(({ needs }) => needs.schedule);
    expect(lines.every(({ minutes }) => [15, 30, 45, 60].includes(minutes))).toBe(true);
    expect(lines.every(({ start }) => start >= '07:00' && start <= '21:30')).toBe(true);
    expect(lines.every(({ critical, criticalReason }) => critical === !!criticalReason)).toBe(true);
  });

  it('agree on starts at most half an hour from the wanted ones, none too late (X2)', () => {
    for (const { needs, care } of packages) {
      for (const [at, line] of (care?.lines ?? []).entries()) {
        const wanted = needs.schedule[at];
        const start = wanted?.start ?? '';
        expect(Math.abs(minuteOfDay(line.start) - minuteOfDay(start))).toBeLessThanOrEqual(30);
        expect(line.start <= (wanted?.latestStart ?? '24:00')).toBe(true);
      }
    }
  });

  it('are awarded neither in the first ten days of the year nor on its last (S1-1)', () => {
    const days = packages.flatMap((carePackage) => awardedAt(carePackage)?.slice(0, 10) ?? []);
    expect(days.toSorted()[0]! >= addDays(calendar.from, 10)).toBe(true);
    expect(days.toSorted().at(-1)! < calendar.to).toBe(true);
  });

  it('belong to one person each', () => {
    expect(new Set(packages.map(({ reference }) => reference.personRef)).size).toBe(
      packages.length,
    );
  });

  it('wait at every stage (S2-20)', () => {
    const count = (stage: string) => packages.filter(({ waiting }) => waiting === stage).length;
    expect(waitingStages.map(count)).toEqual(waitingStages.map((stage) => size.waiting[stage]));
    expect(packages.some(({ waiting, needs }) => waiting && needs.urgent)).toBe(true);
    expect(packages.some(({ waiting, needs }) => waiting && needs.hospitalDischarge)).toBe(true);
  });

  it('were awarded with 19.3 hours where they ended and 11.5 where they go on', () => {
    const mean = (prefix: string) => {
      const some = packages.filter(({ key }) => key.startsWith(prefix));
      const minutes = some.flatMap(({ needs }) => needs.schedule);
      const sum = minutes.reduce(
        (all, line) => all + line.minutes * line.carers * line.days.length,
        0,
      );
      return sum / 60 / some.length;
    };
    expect(mean('ended-')).toBeCloseTo(19.3, 0);
    expect(mean('live-')).toBeCloseTo(11.5, 0);
    expect(mean('standing-')).toBeCloseTo(10.1, 0);
  });
});

describe('Demo providers', () => {
  it('are 31 of which 13 came in 2017 and 18 later, beside two that withdrew (S1-5, S1-6)', () => {
    const { providers } = planned('2026-11-22', 'full');
    const admitted = providers.filter(({ admittedOn }) => admittedOn !== null);
    const staying = admitted.filter(({ withdrewOn }) => withdrewOn === null);
    expect(staying.filter(({ admittedOn }) => admittedOn === '2017-10-09')).toHaveLength(13);
    expect(staying.filter(({ admittedOn }) => admittedOn !== '2017-10-09')).toHaveLength(18);
    expect(admitted).toHaveLength(33);
  });

  it('cost from 2087 to 2195 pence on the successor, which begins on 2025-10-13 (S1-14)', () => {
    const { expected, providers } = planned('2025-10-20', 'full');
    expect([expected.lowestRatePence, expected.highestRatePence]).toEqual([2_087, 2_195]);
    expect(providers.filter(({ successor }) => successor !== null)).toHaveLength(31);
    expect(planned('2025-10-12', 'full').providers.some(({ successor }) => successor)).toBe(false);
  });

  it('leave five packages behind on the first framework once it is over (S1-7)', () => {
    expect(planned('2025-10-12', 'full').expected.needsTransition).toBe(0);
    for (const asOfOn of ['2025-10-13', '2025-10-20', '2025-12-15', '2026-11-22', '2028-02-29']) {
      expect(planned(asOfOn, 'full').expected.needsTransition).toBe(5);
    }
  });

  it('have invented names', () => {
    const known =
      /allied|agincare|bluebird|bupa|caremark|carewatch|cera\b|city & county|comfort call|hales|helping hands|home instead|london care|mears|nestor|radis|right at home|sevacare|voyage|westminster/i;
    const names = [...demoProviderNames, ...withdrawnProviderNames];
    expect(names.filter((name) => known.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(33);
    expect(names.filter((name) => name.includes('\u00a0'))).toHaveLength(1);
  });
});
