import type { Event } from '#kernel/decider.js';
import type { PlannedVisit } from '#kernel/schedule.js';
import type { CivilDate, Instant, IsoWeek } from '#kernel/time.js';
import type { FeedLogsReceived } from './visit.feed.events.js';
import type { MonitoringEvent } from './visit.monitoring.events.js';
import type { VisitTruthEvent } from './visit.truth.events.js';

/** Why a visit that could not happen stays planned and leaves the denominators (S2-14). */
export const excuseReasons = [
  'non-access',
  'hospital',
  'respite',
  'cancelled-by-service-user',
  'cancelled-by-council',
  'deceased',
  'police',
  'weather-approved-by-council',
  'other',
] as const;
export type ExcuseReason = (typeof excuseReasons)[number];

export const missReasons = [
  'no-staff',
  'carer-sick',
  'transport',
  'rota-error',
  'cancelled-by-provider',
  'unknown',
  'other',
] as const;
export type MissReason = (typeof missReasons)[number];

export const logMethods = ['app', 'nfc', 'telephone', 'manual'] as const;
export type LogMethod = (typeof logMethods)[number];

/** Why a log was entered by hand (X12). */
export const manualReasons = [
  'no-signal',
  'device-failure',
  'tag-missing',
  'carer-forgot',
  'system-outage',
  'other',
] as const;
export type ManualReason = (typeof manualReasons)[number];

export interface Week {
  readonly packageId: string;
  readonly personId: string;
  readonly week: IsoWeek;
}

/** Who is responsible for the visits of a plan. */
export interface PlanHolder {
  readonly providerId: string;
  readonly contractId: string;
  readonly contractType: string;
  readonly patch: string;
}

export type WeekPlanned = Event<
  'WeekPlanned',
  Week & PlanHolder & { visits: readonly PlannedVisit[] }
>;

/** Why a plan changed. */
export type ReplanCause =
  | 'package-ended'
  | 'agreed-time'
  | 'suspended'
  | 'restarted'
  | 'varied'
  | 'handed-back'
  | 'transferred'
  | 'award-reversed';

export type VisitsReplanned = Event<
  'VisitsReplanned',
  Week &
    PlanHolder & {
      /** New in this provider's plan; one that was in another's has gone from there. */
      added: readonly PlannedVisit[];
      changed: readonly PlannedVisit[];
      withdrawn: readonly string[];
      /** The person is away; the visits stay planned (X17). */
      excused?: readonly { visit: string; reason: ExcuseReason }[];
      /** Excused by a suspension that does not reach them any more. */
      reinstated?: readonly string[];
      because: ReplanCause;
      agreedWith?: { name: string; relationship: string };
    }
>;

/** One carer's attendance at one visit, as logged. */
export interface Leg {
  /** The visit inside the week, `<date>.<line>.<ordinal>`. */
  readonly visit: string;
  readonly leg: number;
  /** The provider's own id of the carer. */
  readonly carerId: string;
  readonly inAt: Instant;
  /** null: no log-out; the leg is held, not banded (S2-17c). */
  readonly outAt: Instant | null;
  readonly method: LogMethod;
  /** Why it was entered by hand; a manual log without it is held (X12). */
  readonly manualReason?: ManualReason;
  /** The visit's id in the provider's system, and which record of it (X11). */
  readonly ref?: string;
  readonly sequence?: number;
  /** Somebody who learns beside the visit's carers: counts for no KPI and is not paid (S2-11). */
  readonly shadow?: true;
  /** The log lay in the repeated hour of October and was read by rule (X9). */
  readonly ambiguous?: true;
}

export type VisitsRecorded = Event<
  'VisitsRecorded',
  Week & {
    providerId: string;
    legs: readonly Leg[];
    /** The file that brought them. */
    fileId?: string;
  }
>;

export interface Correction {
  readonly correctionId: string;
  readonly visit: string;
  readonly leg: number;
  readonly carerId: string;
  readonly inAt: Instant;
  readonly outAt: Instant | null;
  readonly voided: boolean;
  readonly reason: string;
  readonly correctedBy: string;
  /** Why the log was entered by hand, where the correction tells it (X12). */
  readonly manualReason?: ManualReason;
  /** Of the provider's record that corrects it. */
  readonly sequence?: number;
  /** The log-out came that the leg was still without: nothing that was said before changes. */
  readonly completes?: boolean;
  /** How it was logged, where that is told anew. */
  readonly method?: LogMethod;
  /** The leg, as corrected, is a shadow (S2-11). */
  readonly shadow?: true;
}

/** A visit that has no log left after a correction: it may be missed now. */
export interface LeftUnattended {
  readonly on: CivilDate;
  readonly startsAt: Instant;
  readonly critical: boolean;
  readonly providerId: string;
}

export type VisitCorrectionProposed = Event<
  'VisitCorrectionProposed',
  Week & Correction & { changes: readonly string[] }
>;
export type VisitCorrected = Event<
  'VisitCorrected',
  Week &
    Correction & {
      approvedBy?: string;
      /** The leg as it was before. */
      was?: Pick<Leg, 'carerId' | 'inAt' | 'outAt'> & { providerId: string };
      unattended?: LeftUnattended;
    }
>;

export type VisitExcuseClaimed = Event<
  'VisitExcuseClaimed',
  Week & {
    visit: string;
    reason: ExcuseReason;
    note?: string;
    noticeAt?: Instant;
    claimedBy: string;
  }
>;
export type VisitExcused = Event<
  'VisitExcused',
  Week & {
    visit: string;
    reason: ExcuseReason;
    note?: string;
    noticeAt?: Instant;
    excusedBy: string;
    claimedBy?: string;
  }
>;

export type VisitMissReported = Event<
  'VisitMissReported',
  Week & {
    visit: string;
    reason: MissReason;
    note?: string;
    reportedBy: string;
    by: 'provider' | 'council';
    reportedAt: Instant;
  }
>;

export type VisitEvent =
  | WeekPlanned
  | VisitsReplanned
  | VisitsRecorded
  | VisitCorrectionProposed
  | VisitCorrected
  | VisitExcuseClaimed
  | VisitExcused
  | VisitMissReported
  | VisitTruthEvent
  | MonitoringEvent
  | FeedLogsReceived;

/** Free text about a visit is sealed with the person's key. */
export const visitPersonalFields = {
  events: {
    VisitsReplanned: { subject: 'personId', fields: ['agreedWith.name'] },
    VisitCorrectionProposed: { subject: 'personId', fields: ['reason'] },
    VisitCorrected: { subject: 'personId', fields: ['reason'] },
    VisitExcuseClaimed: { subject: 'personId', fields: ['note'] },
    VisitExcused: { subject: 'personId', fields: ['note'] },
    VisitMissReported: { subject: 'personId', fields: ['note'] },
  },
  commands: {
    AgreeVisitTime: ['agreedWith.name'],
    CorrectVisit: ['reason'],
    ExcuseVisit: ['note'],
    ReportMissedVisit: ['note'],
  },
} as const;
