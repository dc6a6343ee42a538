import { ruleBook } from '#kernel/rejection.js';
import type { PlannedVisit } from '#kernel/schedule.js';
import { isoWeekOf, type Instant, type IsoWeek } from '#kernel/time.js';
import type { Leg, PlanHolder } from './visit.events.js';
import type { AlarmKind } from './visit.truth.events.js';

export const visitRules = {
  VisitIdMalformed: 'A visit id is the package id and the visit: take it from a query.',
  WeekAlreadyPlanned: 'This week was planned before.',
  VisitNotPlanned: 'There is no such planned visit.',
  VisitOfAnotherProvider: 'This visit belongs to another provider.',
  VisitsOfSeveralWeeks: 'Visits recorded together belong to one package and one week.',
  NothingRecorded: 'A record has at least one leg.',
  TimeUnreadable: 'A time is an instant with its offset, or a local time that can be read one way.',
  LogInMissing: 'A delivered visit has a log-in.',
  SourceVisitChanged:
    'This record of the visit was sent before with other content. Send it again with a higher sequence to correct it.',
  MissInFuture: 'A visit that is still to come is not missed.',
  LogOutBeforeLogIn: 'A log-out is later than its log-in.',
  LogOutFarFromLogIn: 'A log-out follows its log-in within 16 hours.',
  LogInFuture: 'A log lies in the past.',
  LogFarFromVisit: 'A log lies within a day of its visit’s agreed start.',
  LegAlreadyRecorded: 'This leg was recorded before; correct it instead.',
  VisitIsExcused: 'This visit was excused; correct that first.',
  VisitWasAttended: 'This visit was attended.',
  VisitAlreadyExcused: 'This visit was excused before.',
  MissAlreadyReported: 'This visit was reported missed before.',
  ExcuseNoteRequired: 'The reason "other" needs a note.',
  NoExcuseClaimed: 'No excuse of this visit waits for acceptance.',
  ExcuseNotAcceptedByProvider: 'A provider’s excuse after a miss is accepted by the council.',
  LegNotRecorded: 'There is no such recorded leg to correct.',
  NothingCorrected: 'The correction changes nothing.',
  CorrectionUnknown: 'There is no such correction waiting for approval.',
  CorrectionApproverIsAuthor:
    'Whoever makes a correction that changes an outcome does not approve it.',
  TimeNotAgreedByProvider: 'A provider alone does not change an agreed time.',
  TimeAgreedTooLate: 'A new time counts only if recorded before both the old and the new start.',
  DateDoesNotExist: 'This date does not exist.',
  TimeOutsideWeek: 'A new time lies in the same week as the visit.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof visitRules>> = ruleBook(visitRules);

/** A visit as its week's stream has it. */
export interface VisitState extends PlannedVisit, PlanHolder {
  readonly legs: readonly Leg[];
  readonly withdrawn: boolean;
  readonly excused: boolean;
  /** Excused by a suspension, not by anyone (X17). */
  readonly suspended: boolean;
  /** Has a time of its own that was agreed for it alone (S2-9). */
  readonly agreedAlone: boolean;
  readonly excuseClaim: {
    reason: string;
    claimedBy: string;
    noticeAt?: Instant;
    note?: string;
  } | null;
  readonly missReported: boolean;
  /** Found missed by evidence, and not withdrawn since (S2-12). */
  readonly missDetected: boolean;
  /** The alarms that were raised of it (X26). */
  readonly alarms: readonly AlarmKind[];
}

/** `<packageId>.<date>.<line>.<ordinal>`: tells the stream without a look-up. */
export interface VisitAddress {
  readonly packageId: string;
  readonly week: IsoWeek;
  /** The visit inside its week. */
  readonly visit: string;
}

const visitId = /^([0-9a-f-]{36})\.((\d{4}-\d{2}-\d{2})\.\d+\.\d+)$/;

export function addressOf(id: string): VisitAddress {
  const [, packageId, visit, date] = visitId.exec(id) ?? [];
  ensure(packageId && visit && date, 'VisitIdMalformed', { path: 'visitId' });
  return { packageId, visit, week: isoWeekOf(date) };
}

export const visitIdOf = (packageId: string, visit: string): string => `${packageId}.${visit}`;

/** The id of a week's stream behind its category. */
export const weekIdOf = (packageId: string, week: IsoWeek): string => `${packageId}-${week}`;
