import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsEnum, IsIn, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { suspensionReasons } from '#brokerage/package/package.codes.js';
import { ChaseOutcomeCode } from '#brokerage/package/package.start.commands.js';
import { SuspensionReasonCode } from '#brokerage/package/package.suspension.commands.js';

/** A confirmed award whose care has not started (X24). */
@ObjectType()
export class AwardToChase {
  @Field(() => ID)
  packageId: string;

  @Field(() => ID)
  requestId: string;

  @Field(() => ID)
  offerId: string;

  @Field(() => ID)
  providerId: string;

  confirmedOn: string;

  /** The last day to acknowledge it in time: working days by the council's policy. */
  acknowledgementDueOn: string;

  acknowledgedAt?: string;

  /** The agreed first day. */
  startOn: string;

  /** The last day to confirm the start, or to deliver the first visit, in time. */
  startDueOn: string;

  /** How often the provider was asked why care has not started. */
  chases: number;

  lastChasedAt?: string;

  @Field(() => ChaseOutcomeCode, { nullable: true })
  lastOutcome?: string;
}

/** Days on which nobody is responsible for a live package (S4-14). */
@ObjectType()
export class OpenGap {
  @Field(() => ID)
  gapId: string;

  @Field(() => ID)
  packageId: string;

  /** The first day without a provider. */
  fromOn: string;

  /** `provider-failure`, `notice-expired` or `returned-without-provider`. */
  reason: string;

  /** Who sees to it; `duty-desk` until someone takes it over. */
  owner: string;

  /** Whole days from its first day to today. */
  ageDays: number;
}

/** A package whose care pauses (X17). */
@ObjectType()
export class SuspendedPackage {
  @Field(() => ID)
  packageId: string;

  @Field(() => SuspensionReasonCode)
  reason: string;

  fromOn: string;

  expectedReturnOn?: string;

  /** Days since the expected return; 0 until then. */
  overdueDays: number;
}

export enum AwardsToChaseSort {
  START_FIRST = 'START_FIRST',
  CONFIRMED_FIRST = 'CONFIRMED_FIRST',
}
registerEnumType(AwardsToChaseSort, {
  name: 'AwardsToChaseSort',
  description: 'Order of the chase list.',
});

export enum OverdueFor {
  ACKNOWLEDGEMENT = 'ACKNOWLEDGEMENT',
  START = 'START',
}
registerEnumType(OverdueFor, { name: 'OverdueFor', description: 'What an award is overdue for.' });

/** Which awards; what is left out asks nothing. */
@InputType()
export class AwardsToChaseFilter {
  @IsOptional()
  @Field(() => OverdueFor, { nullable: true })
  @IsEnum(OverdueFor)
  overdueFor?: OverdueFor;

  @IsOptional()
  @IsUUID()
  providerId?: string;
}

/** Which gaps; what is left out asks nothing. */
@InputType()
export class OpenGapsFilter {
  @IsOptional()
  @MaxLength(120)
  owner?: string;

  @IsOptional()
  @MaxLength(60)
  reason?: string;
}

/** Which suspended packages; what is left out asks nothing. */
@InputType()
export class SuspendedPackagesFilter {
  /** Past their expected return, or without one. */
  @IsOptional()
  overdue?: boolean;

  @IsOptional()
  @Field(() => SuspensionReasonCode, { nullable: true })
  @IsIn(suspensionReasons)
  reason?: string;
}

export enum AgeSort {
  OLDEST_FIRST = 'OLDEST_FIRST',
  NEWEST_FIRST = 'NEWEST_FIRST',
}
registerEnumType(AgeSort, { name: 'AgeSort', description: 'Order by the first day.' });
