import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';
import type { Week } from './visit.events.js';

/** One visit of a week, with what whoever must act on it needs to know. */
interface OneVisit extends Week {
  readonly visit: string;
  readonly providerId: string;
}

/** Nobody attended a visit, by evidence and not by anyone's word (S2-12). */
export type VisitMissDetected = Event<
  'VisitMissDetected',
  OneVisit & {
    detectedAt: Instant;
    critical: boolean;
    /** A real-time feed was silent, or the week's file did not tell of it. */
    because: 'feed' | 'file';
    /** The first instant at which the provider's own report comes too late. */
    reportDueBy: Instant;
  }
>;

export type DetectionWithdrawal = 'logged-in' | 'excused' | 'not-required';

/** A detected miss was none: a log came, the visit was excused, or nobody needs it any more. */
export type VisitDetectionWithdrawn = Event<
  'VisitDetectionWithdrawn',
  OneVisit & { because: DetectionWithdrawal; withdrawnAt: Instant }
>;

/** A visit that was reported missed has a log: both are kept, and someone must explain (S2-12). */
export type VisitReportContradicted = Event<
  'VisitReportContradicted',
  OneVisit & { leg: number; carerId: string; loggedInAt: Instant; contradictedAt: Instant }
>;

export const alarmKinds = ['missed-visit', 'welfare-check'] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** Someone must see whether the person is safe: nobody came, or nobody opened the door (X26). */
export type VisitAlarmRaised = Event<
  'VisitAlarmRaised',
  OneVisit & { kind: AlarmKind; critical: boolean; startsAt: Instant; raisedAt: Instant }
>;

/** What evidence tells of visits, beside what people say (S2-12, X26). */
export type VisitTruthEvent =
  VisitMissDetected | VisitDetectionWithdrawn | VisitReportContradicted | VisitAlarmRaised;
