import type { CriticalReason, Task } from '#brokerage/package/package.codes.js';
import type { LocalTime } from '#kernel/time.js';
import type { SeededRandom } from './seeded-random.js';

/** One line of a schedule while its sums are still adjusted. */
export interface DraftLine {
  readonly slot: Slot;
  days: number[];
  readonly start: LocalTime;
  minutes: number;
  readonly carers: number;
  readonly tasks: readonly Task[];
  readonly criticalReason: CriticalReason | null;
}

export type DraftSchedule = DraftLine[];

export const slots = ['morning', 'lunch', 'extra', 'tea', 'bed'] as const;
export type Slot = (typeof slots)[number];

/** Times of day that never meet, whatever an offer shifts them by (at most 30 minutes). */
export const slotTimes: Readonly<Record<Slot, { from: number; to: number; longest: number }>> = {
  morning: { from: 7 * 60, to: 10 * 60, longest: 60 },
  lunch: { from: 12 * 60, to: 13 * 60, longest: 60 },
  extra: { from: 14 * 60 + 45, to: 14 * 60 + 45, longest: 60 },
  tea: { from: 16 * 60 + 30, to: 18 * 60, longest: 60 },
  bed: { from: 20 * 60, to: 21 * 60 + 30, longest: 45 },
};

/** Starts and lengths that many people share: the usual rounds of the day. */
const usual: Readonly<Record<Slot, { start: LocalTime; minutes: number }>> = {
  morning: { start: '08:00', minutes: 45 },
  lunch: { start: '12:30', minutes: 30 },
  extra: { start: '14:45', minutes: 60 },
  tea: { start: '17:00', minutes: 30 },
  bed: { start: '20:30', minutes: 30 },
};

const minutesOf: Readonly<Record<Slot, readonly (readonly [number, number])[]>> = {
  morning: [
    [30, 4],
    [45, 5],
    [60, 2],
  ],
  lunch: [
    [15, 1],
    [30, 7],
    [45, 2],
  ],
  extra: [
    [30, 1],
    [60, 1],
  ],
  tea: [
    [15, 1],
    [30, 7],
    [45, 2],
  ],
  bed: [
    [15, 1],
    [30, 7],
    [45, 2],
  ],
};

const tasksOf: Readonly<Record<Slot, readonly Task[]>> = {
  morning: ['personal-care', 'medication-prompt', 'meal-preparation'],
  lunch: ['meal-preparation', 'welfare-check'],
  extra: ['domestic', 'shopping'],
  tea: ['meal-preparation', 'medication-prompt'],
  bed: ['personal-care', 'continence-care'],
};

const criticalCare: readonly (readonly [CriticalReason, Task])[] = [
  ['timed-medicine', 'medication-administration'],
  ['insulin', 'medication-administration'],
  ['parkinsons-medicine', 'medication-administration'],
  ['pressure-care', 'skin-care'],
  ['nutrition', 'peg-feeding'],
];

/** How much care a group of people gets. */
export interface CareMix {
  /** Likelihood of one to four calls a day. */
  readonly calls: readonly (readonly [1 | 2 | 3 | 4, number])[];
  readonly doubleHanded: number;
}

export const careMixes = {
  modest: {
    calls: [
      [1, 20],
      [2, 33],
      [3, 24],
      [4, 23],
    ],
    doubleHanded: 0.1,
  },
  intensive: {
    calls: [
      [2, 10],
      [3, 32],
      [4, 58],
    ],
    doubleHanded: 0.28,
  },
} as const satisfies Record<string, CareMix>;

const slotsOfCalls: Readonly<Record<1 | 2 | 3 | 4, readonly (readonly Slot[])[]>> = {
  1: [['morning'], ['morning'], ['lunch'], ['bed']],
  2: [
    ['morning', 'bed'],
    ['morning', 'tea'],
    ['lunch', 'bed'],
  ],
  3: [
    ['morning', 'lunch', 'bed'],
    ['morning', 'lunch', 'tea'],
  ],
  4: [['morning', 'lunch', 'tea', 'bed']],
};

const everyDay = [1, 2, 3, 4, 5, 6, 7];

/** A plausible week of care, before its sums are adjusted. */
export function draftSchedule(random: SeededRandom, mix: CareMix): DraftSchedule {
  const calls = random.weighted<1 | 2 | 3 | 4>(mix.calls);
  const carers = random.chance(mix.doubleHanded) ? 2 : 1;
  const shared = random.chance(0.35);
  const days = random.weighted([
    [everyDay, 90],
    [[1, 2, 3, 4, 5], 6],
    [[1, 3, 5], 4],
  ]);
  return random
    .pick(slotsOfCalls[calls])
    .map((slot) => draftLine(random, slot, { days: [...days], carers, shared }));
}

/** One line of a slot. */
export function draftLine(
  random: SeededRandom,
  slot: Slot,
  { days, carers, shared }: { days: number[]; carers: number; shared: boolean },
): DraftLine {
  const { from, to } = slotTimes[slot];
  const start = shared ? usual[slot].start : timeOf(from + 15 * random.int(0, (to - from) / 15));
  const minutes = shared ? usual[slot].minutes : random.weighted(minutesOf[slot]);
  const critical = slot !== 'extra' && random.chance(0.1) ? random.pick(criticalCare) : null;
  const tasks = [
    ...tasksOf[slot].filter((task) => !(critical && task === 'medication-prompt')),
    ...(critical ? [critical[1]] : []),
    ...(carers > 1 ? (['moving-and-handling'] as const) : []),
  ];
  return { slot, days, start, minutes, carers, tasks, criticalReason: critical?.[0] ?? null };
}

/** A time of day from minutes since midnight. */
export const timeOf = (minutes: number): LocalTime =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const sum = (schedules: readonly DraftSchedule[], each: (line: DraftLine) => number): number =>
  schedules.flat().reduce((total, line) => total + each(line), 0);

export const visitsOf = (schedules: readonly DraftSchedule[]): number =>
  sum(schedules, ({ days }) => days.length);

export const carerMinutesOf = (schedules: readonly DraftSchedule[]): number =>
  sum(schedules, ({ days, minutes, carers }) => days.length * minutes * carers);
