import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  ArrayNotEmpty,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { civilDate, instantWithOffset, localTime } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { ChooserInput } from '../package/package.award.commands.js';
import { Submitted } from '../submitted.commands.js';
import {
  excuseReasons,
  logMethods,
  manualReasons,
  missReasons,
  type ExcuseReason,
  type LogMethod,
  type ManualReason,
  type MissReason,
  type ReplanCause,
} from './visit.events.js';
import type { FeedLog } from './visit.feed.events.js';
import type { MonitoredRow } from './visit.monitoring.events.js';

export const ExcuseReasonCode = codeList(
  'ExcuseReason',
  excuseReasons,
  'Why a visit is excused (S2-14).',
);
export const MissReasonCode = codeList('MissReason', missReasons, 'Why a provider missed a visit.');
export const LogMethodCode = codeList('LogMethod', logMethods, 'How a log was made.');
export const ManualReasonCode = codeList(
  'ManualReason',
  manualReasons,
  'Why a log was entered by hand.',
);

const visitId = /^[0-9a-f-]{36}\.\d{4}-\d{2}-\d{2}\.\d+\.\d+$/;
/** An instant with its offset or, where the provider's system has none, a local London time. */
const logTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;

/** Plans the visits of a package's week. Sent by the service itself. */
export class PlanWeek extends Submitted {
  packageId: string;
  week: string;
}

/** Brings a planned week in line with its package. Sent by the service itself. */
export class ReplanWeek extends Submitted {
  packageId: string;
  week: string;
  because?: ReplanCause;
}

/** Looks for visits of a week that nobody attended. Sent by the service itself (S2-12). */
export class DetectMissedVisits extends Submitted {
  packageId: string;
  week: string;
}

/** One carer's attendance at one visit, as logged. */
@InputType()
export class LegInput {
  @Matches(visitId)
  visitId: string;

  /** 1 for the first carer, 2 for the second … */
  @IsInt()
  @Min(1)
  @Max(4)
  carerLeg: number;

  /** The provider's own id of the carer. */
  @Matches(/^[\w.-]{1,40}$/)
  carerRef: string;

  /** Log-in: an instant with its offset, or a local time (X9). */
  @Matches(logTime)
  loggedInAt: string;

  /** Log-out; a leg without one is held, not paid. */
  @IsOptional()
  @Matches(logTime)
  loggedOutAt?: string;

  @IsOptional()
  @Field(() => LogMethodCode, { nullable: true })
  @IsIn(logMethods)
  logMethod?: LogMethod;

  /** Why it was entered by hand; a manual log without a reason is held (X12). */
  @IsOptional()
  @Field(() => ManualReasonCode, { nullable: true })
  @IsIn(manualReasons)
  manualReason?: ManualReason;

  /** Somebody who learns beside the visit's carers: counts for no KPI and is not paid (S2-11). */
  @IsOptional()
  @IsBoolean()
  shadow?: boolean;
}

/** Records one leg of a visit (S1-15). */
@InputType()
export class RecordVisit extends Submitted {
  @ValidateNested()
  @Type(() => LegInput)
  leg: LegInput;
}

/** Records legs of one package and week together, as files bring them; all or none. */
@InputType()
export class RecordVisits extends Submitted {
  @ValidateNested({ each: true })
  @Type(() => LegInput)
  @ArrayNotEmpty()
  @ArrayMaxSize(400)
  legs: LegInput[];
}

/** Records a file's rows of one package and week. Sent by an import, row by row checked before. */
export class RecordMonitoring extends Submitted {
  packageId: string;
  personId: string;
  week: string;
  providerId: string;
  fileId: string;
  rows: readonly MonitoredRow[];
}

/** Logs of a provider's real-time feed of one package and week. Sent by the service itself. */
export class RecordFeedLogs extends Submitted {
  packageId: string;
  personId: string;
  week: string;
  providerId: string;
  deliveryId: string;
  logs: readonly FeedLog[];
}

/** Corrects or voids a recorded leg; nothing is overwritten (X11). */
@InputType()
export class CorrectVisit extends Submitted {
  @Matches(visitId)
  visitId: string;

  @IsInt()
  @Min(1)
  @Max(4)
  carerLeg: number;

  @IsOptional()
  @Matches(/^[\w.-]{1,40}$/)
  carerRef?: string;

  @IsOptional()
  @Matches(logTime)
  loggedInAt?: string;

  @IsOptional()
  @Matches(logTime)
  loggedOutAt?: string;

  /** Why it was entered by hand, where that was not told before (X12). */
  @IsOptional()
  @Field(() => ManualReasonCode, { nullable: true })
  @IsIn(manualReasons)
  manualReason?: ManualReason;

  /** Whether it was somebody who learnt beside the visit's carers (S2-11). */
  @IsOptional()
  @IsBoolean()
  shadow?: boolean;

  /** The leg never happened. */
  @IsOptional()
  void?: boolean;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Approves a correction that changes a band or a KPI outcome; the author cannot (X11). */
@InputType()
export class ApproveVisitCorrection extends Submitted {
  @Matches(visitId)
  visitId: string;

  @IsNotEmpty()
  @MaxLength(36)
  correctionId: string;
}

/** Excuses a visit with a coded reason; a provider's excuse after a miss is a claim (S2-14). */
@InputType()
export class ExcuseVisit extends Submitted {
  @Matches(visitId)
  visitId: string;

  @Field(() => ExcuseReasonCode)
  @IsIn(excuseReasons)
  reason: ExcuseReason;

  /** When the provider learnt of it. */
  @IsOptional()
  @Matches(instantWithOffset)
  noticeAt?: string;

  @IsOptional()
  @MaxLength(500)
  note?: string;
}

/** The council accepts a provider's excuse after a miss (S2-14). */
@InputType()
export class AcceptExcuse extends Submitted {
  @Matches(visitId)
  visitId: string;
}

/** Reports that nobody attended a required visit (S2-12, S2-13). */
@InputType()
export class ReportMissedVisit extends Submitted {
  @Matches(visitId)
  visitId: string;

  @Field(() => MissReasonCode)
  @IsIn(missReasons)
  reason: MissReason;

  @IsOptional()
  @MaxLength(500)
  note?: string;
}

/** Records a new agreed time for one visit, with who agreed it (S2-9). */
@InputType()
export class AgreeVisitTime extends Submitted {
  @Matches(visitId)
  visitId: string;

  /** The new day, in the same week. */
  @Matches(civilDate)
  on: string;

  @Matches(localTime)
  start: string;

  @ValidateNested()
  @Type(() => ChooserInput)
  agreedWith: ChooserInput;
}

export interface VisitCommands {
  PlanWeek: PlanWeek;
  ReplanWeek: ReplanWeek;
  DetectMissedVisits: DetectMissedVisits;
  RecordVisit: RecordVisit;
  RecordVisits: RecordVisits;
  RecordMonitoring: RecordMonitoring;
  RecordFeedLogs: RecordFeedLogs;
  CorrectVisit: CorrectVisit;
  ApproveVisitCorrection: ApproveVisitCorrection;
  ExcuseVisit: ExcuseVisit;
  AcceptExcuse: AcceptExcuse;
  ReportMissedVisit: ReportMissedVisit;
  AgreeVisitTime: AgreeVisitTime;
}
