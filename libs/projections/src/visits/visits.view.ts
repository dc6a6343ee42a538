import { Field, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import { LogMethodCode, ManualReasonCode } from '#brokerage/visit/visit.commands.js';
import { heldReasons } from '#brokerage/visit/visit.held.rules.js';
import { Stated } from '#platform/graphql/paging.view.js';

export const visitStatuses = [
  'planned',
  'attended',
  'partially-attended',
  'excused',
  'missed',
  'no-evidence',
  'withdrawn',
] as const;
export type VisitStatus = (typeof visitStatuses)[number];
export const VisitStatusCode = codeList('VisitStatus', visitStatuses, 'What became of a visit.');

const HeldReasonCode = codeList('LegHeldReason', heldReasons, 'Why a log is held (X12).');

/** One carer’s attendance, as logged and corrected. */
@ObjectType()
export class VisitLeg {
  /** 1, or 2 for the second carer. */
  carerLeg: number;

  /** The provider’s own id of the carer. */
  carerRef: string;

  loggedInAt: string;

  /** Absent: no log-out; the leg is held (S2-17c). */
  loggedOutAt?: string;

  @Field(() => LogMethodCode)
  logMethod: string;

  /** Why it was entered by hand. */
  @Field(() => ManualReasonCode, { nullable: true })
  manualReason?: string;

  /** Somebody who learnt beside the visit's carers: judged and paid as if not there (S2-11). */
  shadow: boolean;

  /** Why it is held by itself: not paid, not hidden (X12). */
  @Field(() => HeldReasonCode, { nullable: true })
  held?: string;

  /** Whole minutes from the agreed start: positive is late, negative early (S2-9). */
  minutesFromAgreedStart: number;
}

/** A planned visit, and what happened. */
@ObjectType()
export class PlannedCareVisit {
  /** Names the visit to every mutation. */
  @Field(() => ID)
  visitId: string;

  /** The civil date. */
  on: string;

  agreedStart: string;

  /** The moment of the agreed start. */
  startsAt: string;

  /** The clocks skip the agreed time on this date; the start is an hour later (X9). */
  shifted: boolean;

  minutes: number;

  carers: number;

  critical: boolean;

  @Field(() => ID)
  providerId: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => VisitStatusCode)
  status: VisitStatus;

  /** An excuse that the council has not accepted (S2-14). */
  excuseClaimed: boolean;

  /** It was reported missed, whatever came to light since (S2-12). */
  missReported: boolean;

  /** Evidence found it missed, and nothing has told otherwise since (S2-12). */
  missDetected: boolean;

  legs: VisitLeg[];
}

/** A correction that waits for a second person (X11). */
@ObjectType()
export class CorrectionToApprove {
  @Field(() => ID)
  correctionId: string;

  @Field(() => ID)
  visitId: string;

  carerLeg: number;

  carerRef: string;

  loggedInAt: string;

  loggedOutAt?: string;

  /** The leg never happened. */
  void: boolean;

  /** The leg would be somebody's who learnt beside the visit's carers (S2-11). */
  shadow: boolean;

  correctedBy: string;
}

/** The visits of a package in one week. */
@ObjectType()
export class CareWeek extends Stated {
  @Field(() => ID)
  packageId: string;

  week: string;

  /** By agreed start. Empty: the week is not planned, or holds no visit that you may see. */
  visits: PlannedCareVisit[];

  correctionsToApprove: CorrectionToApprove[];
}
