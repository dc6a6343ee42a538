import { Field, InputType } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as codes from './package.codes.js';

export const InterimCoverCode = codeList(
  'InterimCover',
  codes.interimCovers,
  'How a person is cared for while waiting (S2-20).',
);
export const WaitingReasonCode = codeList(
  'WaitingReason',
  codes.waitingReasons,
  'Why a person waits (S2-20).',
);
export const RiskOutcomeCode = codeList(
  'RiskOutcome',
  codes.riskOutcomes,
  'What a risk review of a waiting person found (S2-20).',
);

/** Records how a person is cared for while waiting (S2-20). */
@InputType()
export class RecordInterimCover extends Submitted {
  @IsUUID()
  packageId: string;

  @Field(() => InterimCoverCode)
  @IsIn(codes.interimCovers)
  cover: codes.InterimCover;

  @Matches(civilDate)
  fromOn: string;

  /** The contract under which a provider gives it: that provider is responsible and ends a gap (S4-14). */
  @IsOptional()
  @IsUUID()
  contractId?: string;

  @IsOptional()
  @MaxLength(500)
  note?: string;
}

/** Records why a person waits (S2-20). */
@InputType()
export class RecordWaitingReason extends Submitted {
  @IsUUID()
  packageId: string;

  @Field(() => WaitingReasonCode)
  @IsIn(codes.waitingReasons)
  reason: codes.WaitingReason;

  /** Needed for the reason `OTHER`. */
  @IsOptional()
  @MaxLength(500)
  note?: string;
}

/** Records that the risk of waiting was reviewed, and when it is next (S2-20). */
@InputType()
export class RecordRiskReview extends Submitted {
  @IsUUID()
  packageId: string;

  @Matches(civilDate)
  reviewedOn: string;

  @Field(() => RiskOutcomeCode)
  @IsIn(codes.riskOutcomes)
  outcome: codes.RiskOutcome;

  /** Absent: as many days on as the council's policy says; never later than that. */
  @IsOptional()
  @Matches(civilDate)
  nextDueOn?: string;

  @IsOptional()
  @MaxLength(500)
  note?: string;
}

export interface WaitingCommands {
  RecordInterimCover: RecordInterimCover;
  RecordWaitingReason: RecordWaitingReason;
  RecordRiskReview: RecordRiskReview;
}
