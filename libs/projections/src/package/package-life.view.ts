import { Field, ID, ObjectType } from '@nestjs/graphql';
import { RequestRouteCode, RouteReasonCode } from '#brokerage/package/package.sourcing.commands.js';
import { SuspensionReasonCode } from '#brokerage/package/package.suspension.commands.js';
import { CareVisitLine } from './care-needs.view.js';

/** Who is responsible for the person’s care today (S4-14). */
@ObjectType()
export class ResponsibleProvider {
  @Field(() => ID)
  providerId: string;

  providerName: string;

  /** The first day, pauses apart. */
  sinceOn: string;
}

/** A pause of care, in force or to come (X17). */
@ObjectType()
export class PackageSuspension {
  @Field(() => ID)
  suspensionId: string;

  @Field(() => SuspensionReasonCode)
  reason: string;

  fromOn: string;

  /** Absent: not known yet. */
  expectedReturnOn?: string;
}

/** Days on which nobody is responsible, and who sees to it (S4-14). */
@ObjectType()
export class PackageGap {
  @Field(() => ID)
  gapId: string;

  fromOn: string;

  reason: string;

  /** `duty-desk` until someone takes it over. */
  owner: string;
}

/** Other care for some days; it ends by itself (X18). */
@ObjectType()
export class TemporaryVariation {
  @Field(() => ID)
  variationId: string;

  fromOn: string;

  /** Inclusive. */
  lastDay: string;

  weeklyMinutes: number;

  /** Absent where the arrangement has no price. */
  weeklyCostPence?: number;

  schedule: CareVisitLine[];
}

/** A step on the way to a provider: a request, or the reason why the step was left out (S3-17). */
@ObjectType()
export class RouteAsked {
  @Field(() => RequestRouteCode)
  route: string;

  at: string;

  @Field(() => ID, { nullable: true })
  requestId?: string;

  requestNumber?: string;

  /** Instead of a request. */
  @Field(() => RouteReasonCode, { nullable: true })
  excusedBecause?: string;

  /** When the excuse is looked at again. */
  reviewOn?: string;
}
