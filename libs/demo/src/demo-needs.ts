import type { CareNeedsInput } from '#brokerage/package/package.care-needs.commands.js';
import type { FundingStatus } from '#brokerage/package/package.codes.js';
import type { ScheduleLine } from '#kernel/schedule.js';
import { addDays, minuteOfDay, type CivilDate, type LocalTime } from '#kernel/time.js';
import { demoPatches } from './demo-patches.js';
import { slots, timeOf, type DraftLine, type DraftSchedule, type Slot } from './draft-schedule.js';
import type { SeededRandom } from './seeded-random.js';

/** A line as it is referred, complete. */
export type WantedLine = Required<
  Pick<
    CareNeedsInput['schedule'][number],
    'days' | 'start' | 'minutes' | 'carers' | 'tasks' | 'critical'
  >
> &
  Pick<
    CareNeedsInput['schedule'][number],
    'criticalReason' | 'latestStart' | 'shortVisitAgreement'
  >;

export interface DemoNeeds extends CareNeedsInput {
  schedule: WantedLine[];
}

/** Needs without what the journey decides: when and how urgently. */
export interface NeedsTerms {
  readonly draft: DraftSchedule;
  readonly fundingStatus: FundingStatus;
  readonly startOn: CivilDate;
  readonly urgent: boolean;
  readonly hospitalDischarge: boolean;
  readonly lot?: string;
  readonly shortTerm?: boolean;
}

export function needsOf(random: SeededRandom, terms: NeedsTerms): DemoNeeds {
  const patch = random.weighted(demoPatches.map((item) => [item, item.weight] as const));
  const { fundingStatus, startOn, urgent, hospitalDischarge } = terms;
  return {
    ...(terms.shortTerm
      ? {
          ...{ serviceLine: 'short-term', purpose: 'discharge-to-assess' },
          plannedLastDay: addDays(startOn, 41),
        }
      : { serviceLine: 'long-term' }),
    lot: terms.lot ?? 'lot-1',
    ...{ fundingStatus, urgent, hospitalDischarge, startOn },
    postcodeDistrict: random.pick(patch.districts),
    patch: patch.name,
    ageBand: random.weighted([
      ['18-44', 4],
      ['45-64', 10],
      ['65-74', 16],
      ['75-84', 32],
      ['85-plus', 38],
    ]),
    gender: random.weighted([
      ['female', 62],
      ['male', 37],
      ['not-stated', 1],
    ]),
    carerGenderNeed: random.weighted([
      ['any', 90],
      ['female-only', 8],
      ['male-only', 2],
    ]),
    skills: random.weighted([
      [[], 80],
      [['dementia'], 14],
      [['stroke'], 6],
    ]),
    languages: random.weighted([
      [['en'], 92],
      [['en', 'cy'], 3],
      [['pl'], 3],
      [['ur'], 2],
    ]),
    access: random.weighted([
      [['key-safe'], 60],
      [['family-lets-in'], 28],
      [['intercom', 'stairs'], 12],
    ]),
    household: random.weighted([
      [['lives-alone'], 55],
      [['pets'], 15],
      [[], 26],
      [['smoker'], 4],
    ]),
    schedule: wantedLines(random, terms.draft, startOn),
  };
}

const bySlotAndDay = (a: DraftLine, b: DraftLine): number =>
  slots.indexOf(a.slot) - slots.indexOf(b.slot) || (a.days[0] ?? 0) - (b.days[0] ?? 0);

const shortVisitMinutes = 30;

const wantedLines = (
  random: SeededRandom,
  draft: DraftSchedule,
  startOn: CivilDate,
): WantedLine[] =>
  draft.toSorted(bySlotAndDay).map(({ days, start, minutes, carers, tasks, criticalReason }) => ({
    ...{ days: days.toSorted((a, b) => a - b), start, minutes, carers, tasks: [...tasks] },
    critical: criticalReason !== null,
    ...(criticalReason && { criticalReason }),
    ...(minutes < shortVisitMinutes &&
      tasks[0] && { shortVisitAgreement: { task: tasks[0], agreedOn: addDays(startOn, -30) } }),
    ...(criticalReason && random.chance(0.5) && { latestStart: later(start, 15) }),
  }));

const later = (start: LocalTime, minutes: number): LocalTime =>
  timeOf(minuteOfDay(start) + minutes);

/** The times that a provider offers: mostly the wanted ones, some up to half an hour off. */
export function offeredTimes(
  random: SeededRandom,
  schedule: readonly WantedLine[],
): { line: number; start: LocalTime }[] {
  return schedule.map(({ start, latestStart }, at) => {
    const shift = random.weighted([
      [0, 70],
      [-15, 8],
      [15, 8],
      [-30, 5],
      [30, 5],
      [10, 4],
    ] as const);
    const moves = slotOf(start) !== 'extra' && !(slotOf(start) === 'bed' && shift > 15);
    const offered = moves ? later(start, shift) : start;
    return { line: at + 1, start: latestStart && offered > latestStart ? start : offered };
  });
}

const slotOf = (start: LocalTime): Slot => {
  if (start < '12:00') return 'morning';
  if (start < '14:45') return 'lunch';
  if (start < '16:00') return 'extra';
  return start < '20:00' ? 'tea' : 'bed';
};

/** The same times with a visit too late for the person (X2); undefined where no need can be broken. */
export function tooLate(
  schedule: readonly WantedLine[],
  times: readonly { line: number; start: LocalTime }[],
): { line: number; start: LocalTime }[] | undefined {
  const bound = schedule.findIndex(({ latestStart }) => latestStart !== undefined);
  const latest = schedule[bound]?.latestStart;
  if (!latest) return undefined;
  return times.map((time) =>
    time.line === bound + 1 ? { ...time, start: later(latest, 10) } : time,
  );
}

/** The schedule with agreed starts, as the kernel plans it. */
export const agreedLines = (
  schedule: readonly WantedLine[],
  times?: readonly { line: number; start: LocalTime }[],
): ScheduleLine[] =>
  schedule.map(({ days, start, minutes, carers, critical }, at) => ({
    line: at + 1,
    ...{ days, minutes, carers, critical },
    start: times?.find(({ line }) => line === at + 1)?.start ?? start,
  }));
