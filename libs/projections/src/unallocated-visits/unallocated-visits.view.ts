import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsUUID, Matches } from 'class-validator';
import { codeList } from '#brokerage/codes.commands.js';

export const unallocatedReasons = [
  'week-not-planned',
  'nothing-planned-on-the-day',
  'visits-of-the-day-taken',
  'no-visit-near',
] as const;
export type UnallocatedReason = (typeof unallocatedReasons)[number];
export const UnallocatedReasonCode = codeList(
  'UnallocatedReason',
  unallocatedReasons,
  'Why an attendance stands for no planned visit, as the plan is now (X13).',
);

/** An attendance as a provider logged it, kept until a plan covers it (X13). */
@ObjectType()
export class UnallocatedVisit {
  @Field(() => ID)
  packageId: string;

  @Field(() => ID)
  providerId: string;

  /** The ISO week, `2026-W10`. */
  week: string;

  /** The civil date that the provider names. */
  on: string;

  carerLeg: number;

  /** The provider’s own id of the visit. */
  visitRef?: string;

  carerRef?: string;

  plannedStart?: string;

  /** As it was sent: an instant, or a local time. */
  loggedInAt?: string;

  loggedOutAt?: string;

  /** The file or the delivery of events that brought it. */
  @Field(() => ID)
  fileId: string;

  /** Since when it waits for a plan. */
  since: string;
}

/** Which attendances; what is left out asks nothing. */
@InputType()
export class UnallocatedVisitsFilter {
  @IsOptional()
  @IsUUID()
  providerId?: string;

  @IsOptional()
  @IsUUID()
  packageId?: string;

  @IsOptional()
  @Matches(/^\d{4}-W\d{2}$/)
  week?: string;
}
