import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import type { CarerGender } from '#kernel/schedule.js';
import { codeList } from '#brokerage/codes.commands.js';
import { CarerGenderCode } from '#brokerage/provider/provider.quality.commands.js';
import { ExceptionOutcomeCode } from '#brokerage/visit-exception/visit-exception.commands.js';
import type { ExceptionOutcome } from '#brokerage/visit-exception/visit-exception.events.js';
import { genderOutcomes, type CarerGenderOutcome } from '#brokerage/visit/visit.needs.rules.js';
import { heldReasons } from '#brokerage/visit/visit.held.rules.js';

export const exceptionReasons = [
  ...heldReasons,
  'reported-missed-but-logged',
  'too-late-an-hour',
  'carer-of-another-gender',
] as const;
export type ExceptionReason = (typeof exceptionReasons)[number];
export const ExceptionReasonCode = codeList(
  'VisitExceptionReason',
  exceptionReasons,
  'Why a log is an exception. Those of NO_LOG_OUT, UNDER_ONE_MINUTE, MANUAL_WITHOUT_REASON and TWO_HOMES_AT_ONCE are not paid until they are cleared (X12); the last two break a hard need (X2).',
);

export const CarerGenderOutcomeCode = codeList(
  'CarerGenderOutcome',
  genderOutcomes,
  'How a carer’s gender stands to what the person needs (X2).',
);

export const exceptionOwners = ['provider', 'quality-desk'] as const;
export type ExceptionOwner = (typeof exceptionOwners)[number];
export const ExceptionOwnerCode = codeList(
  'VisitExceptionOwner',
  exceptionOwners,
  'Who must clear it up: the provider corrects its logs, the council asks about the rest.',
);

/** A log that cannot be taken as it is (X12). */
@ObjectType()
export class VisitException {
  /** To take it or to close it. */
  @Field(() => ID)
  exceptionId: string;

  @Field(() => ID)
  visitId: string;

  @Field(() => ID)
  packageId: string;

  @Field(() => ID)
  providerId: string;

  carerLeg: number;

  /** The provider’s own id of the carer. */
  carerRef: string;

  loggedInAt: string;

  loggedOutAt?: string;

  @Field(() => ExceptionReasonCode)
  reason: ExceptionReason;

  @Field(() => ExceptionOwnerCode)
  owner: ExceptionOwner;

  /** Who took it. */
  takenBy?: string;

  /** What came of it; closed exceptions are listed only where they are asked for. */
  @Field(() => ExceptionOutcomeCode, { nullable: true })
  outcome?: ExceptionOutcome;

  closedBy?: string;

  closedAt?: string;

  /** When the log came. */
  foundAt: string;

  /** The visits in other homes at the same time. */
  @Field(() => [ID])
  overlaps: string[];
}

/** Which exceptions; what is left out asks nothing. */
@InputType()
export class VisitExceptionsFilter {
  @IsOptional()
  @Field(() => ExceptionReasonCode, { nullable: true })
  @IsIn(exceptionReasons)
  reason?: ExceptionReason;

  @IsOptional()
  @Field(() => ExceptionOwnerCode, { nullable: true })
  @IsIn(exceptionOwners)
  owner?: ExceptionOwner;

  @IsOptional()
  @IsUUID()
  providerId?: string;

  @IsOptional()
  @IsUUID()
  packageId?: string;

  /** True: those that were closed; absent or false: those that wait. */
  @IsOptional()
  @IsBoolean()
  closed?: boolean;
}

/** Whether a carer was of the gender that the person needs, as the provider’s register tells (X2). */
@ObjectType()
export class CarerGenderCheck {
  carerLeg: number;

  carerRef: string;

  @Field(() => CarerGenderCode)
  needed: CarerGender;

  /** NOT_CHECKABLE: the register holds no gender of this carer. */
  @Field(() => CarerGenderOutcomeCode)
  outcome: CarerGenderOutcome;
}
