import type { EndOutcome } from '#brokerage/package/package.codes.js';
import type { ScheduleLine } from '#kernel/schedule.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import type { DemoRound } from './demo-journey.js';
import type { DemoNeeds } from './demo-needs.js';
import type { DemoReference } from './demo-people.js';
import type { WaitingStage } from './demo-scale.js';

/** Care that a provider gives or will give. */
export interface DemoCare {
  readonly providerKey: string;
  readonly providerId: string;
  readonly contractId: string;
  readonly framework: 'first' | 'successor' | null;
  readonly startOn: CivilDate;
  /** The day after the last one; null: it goes on. */
  readonly endsBefore: CivilDate | null;
  /** The schedule with its agreed starts. */
  readonly lines: readonly ScheduleLine[];
}

/** How a package leaves. */
export type DemoExit =
  | {
      readonly kind: 'ended';
      readonly at: Instant;
      readonly lastDay: CivilDate;
      readonly outcome: EndOutcome;
      readonly reason?: string;
    }
  | { readonly kind: 'direct-payment'; readonly at: Instant; readonly fromOn: CivilDate }
  | { readonly kind: 'withdrawn'; readonly at: Instant; readonly reason: string };

/** One package of care with all that happens to it. */
export interface DemoPackage {
  /** Names it inside the plan. */
  readonly key: string;
  readonly packageId: string;
  readonly reference: DemoReference;
  readonly needs: DemoNeeds;
  readonly intake: 'taken-on' | 'referred';
  readonly intakeAt: Instant;
  readonly intakeCommandId: string;
  readonly rounds: readonly DemoRound[];
  /** Agreed, delivered or both; null: no award stands. */
  readonly care: DemoCare | null;
  /** The provider confirms the start, before monitoring goes live. */
  readonly startConfirmedAt: Instant | null;
  readonly exit: DemoExit | null;
  /** Where it stands when the simulation ends; null: it no longer waits. */
  readonly waiting: WaitingStage | null;
}

/** When the standing award was made; null for packages that were taken on or wait for one. */
export const awardedAt = ({ rounds }: DemoPackage): Instant | null =>
  rounds.at(-1)?.choices.find((choice) => choice.awardedAt && !choice.fallsThrough)?.awardedAt ??
  null;

/** Moments at which something must follow by itself: a window closes, an award is accepted, a week is planned. */
export const settlingMoments = ({ rounds, exit, intake, intakeAt }: DemoPackage): string[] => [
  ...(intake === 'taken-on' ? [intakeAt] : []),
  ...rounds.flatMap(({ closesAt, choices }) => [
    closesAt,
    ...choices.flatMap(({ awardedAt }) => awardedAt ?? []),
  ]),
  ...(exit ? [exit.at] : []),
];
