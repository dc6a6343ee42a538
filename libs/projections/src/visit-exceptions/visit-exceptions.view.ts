import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { codeList } from '#brokerage/codes.commands.js';
import { heldReasons } from '#brokerage/visit/visit.held.rules.js';

export const exceptionReasons = [...heldReasons, 'reported-missed-but-logged'] as const;
export type ExceptionReason = (typeof exceptionReasons)[number];
export const ExceptionReasonCode = codeList(
  'VisitExceptionReason',
  exceptionReasons,
  'Why a log is an exception; all but the last are not paid until they are cleared (X12).',
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
}
