import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import type { CareLine, Subject } from './package.events.js';

export type StartConfirmed = Event<
  'StartConfirmed',
  { packageId: string; providerId: string; startedOn: CivilDate }
>;

export type PackageStarted = Event<
  'PackageStarted',
  {
    packageId: string;
    providerId: string;
    startedOn: CivilDate;
    evidence: 'first-visit' | 'provider-confirmation' | 'take-on';
    /** Under which others cared until then; they need nothing of these any more. */
    replacedContractIds?: readonly string[];
  }
>;

export type PackageEnded = Event<
  'PackageEnded',
  Subject & {
    /** What it leaves. */
    contractIds?: readonly string[];
    endsBefore: CivilDate;
    outcome: string;
    reason?: string;
  }
>;

export type PackageSuspended = Event<
  'PackageSuspended',
  Subject & {
    suspensionId: string;
    reason: string;
    fromOn: CivilDate;
    expectedReturnOn: CivilDate | null;
    note?: string;
  }
>;

export type ExpectedReturnChanged = Event<
  'ExpectedReturnChanged',
  { packageId: string; suspensionId: string; expectedReturnOn: CivilDate | null }
>;

/** The provider before the suspension is asked first (X17). */
export type RestartOffered = Event<
  'RestartOffered',
  Subject & {
    suspensionId: string;
    providerId: string;
    restartOn: CivilDate;
    offeredAt: Instant;
    closesAt: Instant;
  }
>;

export type PackageRestarted = Event<
  'PackageRestarted',
  Subject & {
    suspensionId: string;
    providerId: string;
    restartOn: CivilDate;
    /** What a broker holds of an answer that it entered. */
    evidence?: string;
  }
>;

/** Declined or left unanswered: the package goes to the providers again (X17). */
export type RestartDeclined = Event<
  'RestartDeclined',
  Subject & {
    suspensionId: string;
    providerId: string;
    contractId?: string;
    restartOn: CivilDate;
    /** `no-answer`: the window closed. */
    reason: string;
    evidence?: string;
  }
>;

export type PackageVaried = Event<
  'PackageVaried',
  Subject & {
    variationId: string;
    kind: 'temporary' | 'permanent';
    fromOn: CivilDate;
    /** Exclusive; a temporary variation ends by itself. */
    endsBefore?: CivilDate;
    schedule: readonly CareLine[];
    weeklyMinutes: number;
    weeklyCostPence: number | null;
    reason: string;
    submittedAt: Instant;
  }
>;

export type VariationEndedEarly = Event<
  'VariationEndedEarly',
  { packageId: string; variationId: string; endsBefore: CivilDate }
>;

/** The package waits for care again; the old provider stays responsible until `effectiveOn` (X19, S4-14). */
export type PackageHandedBack = Event<
  'PackageHandedBack',
  Subject & {
    providerId: string;
    contractId: string;
    cause: 'handback' | 'bulk-handback' | 'provider-failure';
    reason: string;
    noticedOn: CivilDate;
    /** First day without this provider. */
    effectiveOn: CivilDate;
    /** Shorter than the contract's notice. */
    shortNotice: boolean;
    /** Shorter than the council's policy. */
    urgent: boolean;
    /** Who is asked when the notice is over and nobody has started (S4-14). */
    owner: string;
  }
>;

/** Nobody is responsible from this day on: someone owns the alarm (S4-14). */
export type GapOpened = Event<
  'GapOpened',
  Subject & { gapId: string; fromOn: CivilDate; reason: string; owner: string }
>;

/** Another person, or the duty desk, sees to the gap. */
export type GapAssigned = Event<
  'GapAssigned',
  Subject & { gapId: string; owner: string; previousOwner: string }
>;

export type GapClosed = Event<
  'GapClosed',
  Subject & { gapId: string; closedOn: CivilDate; how: string }
>;

/** How the person is cared for while waiting (S2-20). */
export type InterimCoverRecorded = Event<
  'InterimCoverRecorded',
  Subject & {
    cover: string;
    fromOn: CivilDate;
    note?: string;
    /** A provider that is responsible meanwhile, which ends a gap (S4-14). */
    holder?: { providerId: string; contractId: string; contractType: string };
    /** Exclusive: someone else, or a suspension, follows it. */
    endsBefore?: CivilDate;
  }
>;

export type WaitingReasonRecorded = Event<
  'WaitingReasonRecorded',
  Subject & { reason: string; note?: string }
>;

export type RiskReviewed = Event<
  'RiskReviewed',
  Subject & { reviewedOn: CivilDate; outcome: string; nextDueOn: CivilDate; note?: string }
>;

export type ServiceEvent =
  | StartConfirmed
  | PackageStarted
  | PackageEnded
  | PackageSuspended
  | ExpectedReturnChanged
  | RestartOffered
  | PackageRestarted
  | RestartDeclined
  | PackageVaried
  | VariationEndedEarly
  | PackageHandedBack
  | GapOpened
  | GapAssigned
  | GapClosed
  | InterimCoverRecorded
  | WaitingReasonRecorded
  | RiskReviewed;
