import { Field, InputType } from '@nestjs/graphql';
import {
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { civilDate, instantWithOffset } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as codes from './package.codes.js';

export const SuspensionReasonCode = codeList(
  'SuspensionReason',
  codes.suspensionReasons,
  'Why care pauses (X17).',
);

/** Pauses care: visits already opened are excused, weeks not yet opened are not planned (X17). */
@InputType()
export class SuspendPackage extends Submitted {
  @IsUUID()
  packageId: string;

  @Field(() => SuspensionReasonCode)
  @IsIn(codes.suspensionReasons)
  reason: codes.SuspensionReason;

  /** The first day without visits; it may lie in the past. */
  @Matches(civilDate)
  fromOn: string;

  /** The day on which care is expected to go on. */
  @IsOptional()
  @Matches(civilDate)
  expectedReturnOn?: string;

  /** Needed for the reason `OTHER`. */
  @IsOptional()
  @MaxLength(500)
  note?: string;
}

/** Changes the day on which a suspended person is expected back (X17). */
@InputType()
export class ChangeExpectedReturn extends Submitted {
  @IsUUID()
  packageId: string;

  /** Absent: not known. */
  @IsOptional()
  @Matches(civilDate)
  expectedReturnOn?: string;
}

/** Asks the provider of before the suspension to go on; it may answer within the window (X17). */
@InputType()
export class OfferRestart extends Submitted {
  @IsUUID()
  packageId: string;

  /** The first day with visits again. */
  @Matches(civilDate)
  restartOn: string;
}

/** The provider of before takes the package up again or declines (X17). */
@InputType()
export class AnswerRestart extends Submitted {
  @IsUUID()
  packageId: string;

  @IsBoolean()
  accepts: boolean;

  /** Why it declines. */
  @IsOptional()
  @MaxLength(500)
  reason?: string;

  /** When a broker received the answer that it enters. */
  @IsOptional()
  @Matches(instantWithOffset)
  receivedAt?: string;

  /** What a broker holds of the answer that it enters. */
  @IsOptional()
  @MaxLength(500)
  evidence?: string;
}

/** The window of a restart is over without an answer. Sent by the service itself. */
export class LapseRestart extends Submitted {
  packageId: string;
}

/**
 * A suspended person is back while another provider is being sought: the provider of before goes
 * on while its notice runs, else a gap is opened (S4-14).
 */
@InputType()
export class RecordReturn extends Submitted {
  @IsUUID()
  packageId: string;

  @IsNotEmpty()
  @Matches(civilDate)
  returnedOn: string;
}

export interface SuspensionCommands {
  SuspendPackage: SuspendPackage;
  ChangeExpectedReturn: ChangeExpectedReturn;
  OfferRestart: OfferRestart;
  AnswerRestart: AnswerRestart;
  LapseRestart: LapseRestart;
  RecordReturn: RecordReturn;
}
