import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as codes from './package.codes.js';
import { RequestRouteCode } from './package.sourcing.commands.js';
import { VariedLineInput } from './package.variation.commands.js';

export const PanelSubjectCode = codeList(
  'PanelSubject',
  codes.panelSubjects,
  'What the panel is asked about (S3-7).',
);
export const PanelOutcomeCode = codeList(
  'PanelOutcome',
  codes.panelOutcomes,
  'What an agency of the panel decided.',
);

/** The varied schedule that the panel is asked about. */
@InputType()
export class ProposedVariationInput {
  @Matches(civilDate)
  fromOn: string;

  @ValidateNested({ each: true })
  @Type(() => VariedLineInput)
  @ArrayMaxSize(60)
  schedule: VariedLineInput[];
}

/**
 * Asks the panel about a package over its level (S3-7). The figure is taken and frozen here: the
 * dearest eligible contract before the request, the chosen offer, or the proposed variation.
 */
@InputType()
export class OpenPanelCase extends Submitted {
  @IsUUID()
  packageId: string;

  @Field(() => PanelSubjectCode)
  @IsIn(codes.panelSubjects)
  on: codes.PanelSubject;

  /** For an estimate: the route that will be asked; absent: the next of the cascade. */
  @IsOptional()
  @Field(() => RequestRouteCode, { nullable: true })
  @IsIn(codes.requestRoutes)
  route?: codes.RequestRoute;

  @IsOptional()
  @ValidateNested()
  @Type(() => ProposedVariationInput)
  variation?: ProposedVariationInput;
}

/** One agency's decision; the case is approved once each of its agencies approves (S3-7). */
@InputType()
export class DecidePanelCase extends Submitted {
  @IsUUID()
  packageId: string;

  @IsUUID()
  caseId: string;

  /** `adult-social-care`; with joint panels another agency of the case. */
  @Matches(/^[a-z0-9-]{1,40}$/)
  agency: string;

  @Field(() => PanelOutcomeCode)
  @IsIn(codes.panelOutcomes)
  outcome: codes.PanelOutcome;

  @IsOptional()
  @ArrayMaxSize(20)
  @MaxLength(300, { each: true })
  conditions?: string[];

  @IsNotEmpty()
  @MaxLength(1000)
  reason: string;
}

/** Lets urgent care go on before the panel meets; the panel is due in working days (S3-7). */
@InputType()
export class GiveInterimAuthority extends Submitted {
  @IsUUID()
  packageId: string;

  @IsUUID()
  caseId: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Takes a panel case back: its figure holds no more, or it lacks something. */
@InputType()
export class SendBackCase extends Submitted {
  @IsUUID()
  packageId: string;

  @IsUUID()
  caseId: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

export interface PanelCommands {
  OpenPanelCase: OpenPanelCase;
  DecidePanelCase: DecidePanelCase;
  GiveInterimAuthority: GiveInterimAuthority;
  SendBackCase: SendBackCase;
}
