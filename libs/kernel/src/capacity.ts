import type { AnyDecider, Event } from './decider.js';
import type { CivilDate, Instant } from './time.js';

/** Amounts by unit, e.g. `{ packages: 1, weeklyMinutes: 420 }`. A unit that is not named is 0. */
export type Units = Readonly<Record<string, number>>;

/** From a day on, until its next step, a holder holds these units. */
export interface HoldingStep {
  readonly holder: string;
  readonly fromOn: CivilDate;
  readonly units: Units;
  readonly takenAt: Instant;
}

/** A holder took units from a day on, by the command `takenBy`. */
export type CapacityTaken = Event<'CapacityTaken', HoldingStep & { readonly takenBy: string }>;

/** A holder needs nothing from a day on; what it took after `releasedAt` stays. */
export type CapacityReleased = Event<
  'CapacityReleased',
  { readonly holder: string; readonly fromOn: CivilDate; readonly releasedAt: Instant }
>;

/** `takenBy` is absent where the holder holds nothing. */
export type Holding = HoldingStep & { readonly takenBy?: string };

/** What all holders of something limited hold. */
export interface Holdings {
  readonly steps: readonly Holding[];
}

/** A holder takes units from a day on; what it held from that day on before is replaced. */
export const withTaken = (steps: readonly Holding[], taken: Holding): readonly Holding[] => [
  ...steps.filter(({ holder, fromOn }) => holder !== taken.holder || fromOn < taken.fromOn),
  taken,
];

/**
 * A holder holds nothing from a day on, as of a moment: what it took after `releasedAt` stays, so a
 * release that arrives late takes nothing from a newer holding.
 */
export function withReleased(
  steps: readonly Holding[],
  { holder, fromOn, releasedAt }: CapacityReleased['data'],
): readonly Holding[] {
  const left = steps.filter(
    (step) => step.holder !== holder || step.fromOn < fromOn || step.takenAt > releasedAt,
  );
  const holdsBefore = left.some((step) => step.holder === holder && step.fromOn < fromOn);
  const holdsThen = left.some((step) => step.holder === holder && step.fromOn === fromOn);
  if (!holdsBefore || holdsThen) return left;
  return [...left, { holder, fromOn, units: {}, takenAt: releasedAt }];
}

/** What a holder holds on a day. */
export function heldOn(
  steps: readonly HoldingStep[],
  holder: string,
  on: CivilDate,
): Units | undefined {
  let last: HoldingStep | undefined;
  for (const step of steps) {
    if (step.holder !== holder || step.fromOn > on) continue;
    if (!last || step.fromOn >= last.fromOn) last = step;
  }
  return last?.units;
}

/** The most that all holders but one hold together on any day from `fromOn` on, unit by unit. */
export function peakFrom(
  steps: readonly HoldingStep[],
  fromOn: CivilDate,
  except: string | null = null,
): Units {
  const held = new Map<string, Units>();
  const sums: Record<string, number> = {};
  const peak: Record<string, number> = {};
  const add = (units: Units, sign: 1 | -1) => {
    for (const [unit, amount] of Object.entries(units)) {
      sums[unit] = (sums[unit] ?? 0) + sign * amount;
    }
  };
  const raise = () => {
    for (const [unit, sum] of Object.entries(sums)) peak[unit] = Math.max(peak[unit] ?? 0, sum);
  };
  const inOrder = steps
    .filter(({ holder }) => holder !== except)
    .toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : a.fromOn > b.fromOn ? 1 : 0));
  let day: CivilDate = '';
  for (const { holder, fromOn: from, units } of inOrder) {
    // The steps of one day take effect together.
    if (from !== day && from > fromOn) raise();
    day = from;
    add(held.get(holder) ?? {}, -1);
    add(units, 1);
    held.set(holder, units);
  }
  raise();
  return peak;
}

/** The units of which there would be more than the limit; a unit without a limit has room for all. */
export const overLimit = (peak: Units, wanted: Units, limits: Units): readonly string[] =>
  Object.entries(limits)
    .filter(
      ([unit, limit]) => (wanted[unit] ?? 0) > 0 && (peak[unit] ?? 0) + (wanted[unit] ?? 0) > limit,
    )
    .map(([unit]) => unit);

/** Folds the stream of something limited. */
export const capacityFold = {
  initial: { steps: [] } as Holdings,
  decide: {},
  evolve: {
    CapacityTaken: ({ steps }: Holdings, taken: CapacityTaken['data']): Holdings => ({
      steps: withTaken(steps, taken),
    }),
    CapacityReleased: ({ steps }: Holdings, released: CapacityReleased['data']): Holdings => ({
      steps: withReleased(steps, released),
    }),
  },
} satisfies AnyDecider;
