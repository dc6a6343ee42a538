import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { civilDate, instantWithOffset } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';

import * as codes from './package.codes.js';

export const RequestRouteCode = codeList(
  'RequestRoute',
  codes.requestRoutes,
  'How care is asked for: a step of the cascade, or a way around it (S3-17, S3-5, S3-6).',
);
export const CascadeStepCode = codeList(
  'CascadeStep',
  codes.cascadeSteps,
  'A step of the cascade of a service line (S3-17).',
);
export const RouteReasonCode = codeList(
  'RouteReason',
  codes.routeReasons,
  'Why a step of the cascade is left out (S3-17), or the in-house service is asked outside its own work: NO_PVI, END_OF_LIFE, CRISIS (S4-4).',
);
export const CancelReasonCode = codeList(
  'CancelReason',
  codes.cancelReasons,
  'Why a request is called back.',
);

/** Invites only some of the eligible providers, with the reason why. */
@InputType()
export class RestrictedInvitationInput {
  @ArrayNotEmpty()
  @IsUUID(undefined, { each: true })
  providerIds: string[];

  @IsNotEmpty()
  @MaxLength(300)
  reason: string;
}

/** Sends the anonymised request to all eligible providers (S1-9, X4). */
@InputType()
export class IssueRequest extends Submitted {
  @IsUUID()
  packageId: string;

  /** How care is asked for; absent: the next step of the service line’s cascade (S3-17). */
  @Field(() => RequestRouteCode, { nullable: true })
  @IsOptional()
  @IsIn(codes.requestRoutes)
  route?: codes.RequestRoute;

  /** Why this way; needed for all but framework and in-house. */
  @IsOptional()
  @IsNotEmpty()
  @MaxLength(300)
  routeReason?: string;

  /** When the window closes; absent: the policy's window for standard or urgent requests. */
  @IsOptional()
  @Matches(instantWithOffset)
  closesAt?: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => RestrictedInvitationInput)
  onlyTo?: RestrictedInvitationInput;
}

/** Gives providers more time; a window is never shortened (X4). */
@InputType()
export class ExtendRequestWindow extends Submitted {
  @IsUUID()
  packageId: string;

  @Matches(instantWithOffset)
  closesAt: string;
}

/** Calls a request back before an award; the invited providers see that it is over. */
@InputType()
export class CancelRequest extends Submitted {
  @IsUUID()
  packageId: string;

  @Field(() => CancelReasonCode)
  @IsIn(codes.cancelReasons)
  reason: codes.CancelReason;

  /** Needed for the reason OTHER. */
  @IsOptional()
  @IsNotEmpty()
  @MaxLength(300)
  note?: string;
}

/** Leaves a step of the cascade out, or opens the in-house service, by a coded reason (S3-17, S4-4). */
@InputType()
export class ExcuseRouteStep extends Submitted {
  @IsUUID()
  packageId: string;

  @Field(() => CascadeStepCode)
  @IsIn(codes.cascadeSteps)
  route: (typeof codes.cascadeSteps)[number];

  @Field(() => RouteReasonCode)
  @IsIn(codes.routeReasons)
  reason: codes.RouteReason;

  /** What shows it: who said so, and when. */
  @IsNotEmpty()
  @MaxLength(500)
  evidence: string;

  /** When the reason is looked at again; needed for NO_PVI and CRISIS. */
  @IsOptional()
  @Matches(civilDate)
  reviewOn?: string;
}

/** Closes a request whose window is over. Sent by the service itself. */
export class CloseRequest extends Submitted {
  packageId: string;
  requestId: string;
}

/** Gives all compliant offers to the person, in a neutral order (S1-11). */
@InputType()
export class PresentOffers extends Submitted {
  @IsUUID()
  packageId: string;
}
