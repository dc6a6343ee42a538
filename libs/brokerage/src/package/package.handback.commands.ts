import { Field, InputType } from '@nestjs/graphql';
import { IsIn, IsNotEmpty, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as codes from './package.codes.js';

export const HandbackCauseCode = codeList(
  'HandbackCause',
  codes.handbackCauses,
  'Why a provider leaves a package (X19).',
);

/**
 * A provider hands a package back, or has failed: another one is sought at once, and until it
 * starts the provider stays responsible up to the effective date (X19, S4-14).
 */
@InputType()
export class HandBackPackage extends Submitted {
  @IsUUID()
  packageId: string;

  /** Refused when another provider has the package by now. */
  @IsOptional()
  @IsUUID()
  providerId?: string;

  /** A provider's own user hands back; default. */
  @IsOptional()
  @Field(() => HandbackCauseCode, { nullable: true })
  @IsIn(codes.handbackCauses)
  cause?: codes.HandbackCause;

  /** The first day without this provider; for a failure it may lie in the past. */
  @Matches(civilDate)
  effectiveOn: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** The notice of a provider is over and nobody has started. Sent by the service itself. */
export class OpenGap extends Submitted {
  packageId: string;
}

/** Takes over the alarm of a gap, or gives it to someone (S4-14). */
@InputType()
export class AssignGap extends Submitted {
  @IsUUID()
  packageId: string;

  /** The person who sees to it; absent: oneself. */
  @IsOptional()
  @IsNotEmpty()
  @MaxLength(120)
  owner?: string;
}

export interface HandbackCommands {
  HandBackPackage: HandBackPackage;
  OpenGap: OpenGap;
  AssignGap: AssignGap;
}
