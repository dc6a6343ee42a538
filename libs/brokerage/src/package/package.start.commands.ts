import { Field, InputType } from '@nestjs/graphql';
import { IsIn, IsNotEmpty, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as codes from './package.codes.js';

export const ChaseOutcomeCode = codeList(
  'ChaseOutcome',
  codes.chaseOutcomes,
  'What a provider said when it was asked why care has not started (X24).',
);
export const ReverserCode = codeList(
  'Reverser',
  codes.reversers,
  'Who will not go on with an award.',
);

/** The provider acknowledges an award (X24). */
@InputType()
export class AcknowledgeAward extends Submitted {
  @IsUUID()
  packageId: string;
}

/** The provider confirms that care has started (X24). */
@InputType()
export class ConfirmStart extends Submitted {
  @IsUUID()
  packageId: string;

  @Matches(civilDate)
  startedOn: string;
}

/** The first visit was delivered. Sent by the service itself. */
export class RecordFirstVisit extends Submitted {
  packageId: string;
  providerId: string;
  deliveredOn: string;
}

/** Records that a provider was asked why care has not started (X24). */
@InputType()
export class ChaseStart extends Submitted {
  @IsUUID()
  packageId: string;

  @Field(() => ChaseOutcomeCode)
  @IsIn(codes.chaseOutcomes)
  outcome: codes.ChaseOutcome;

  @IsOptional()
  @MaxLength(500)
  note?: string;
}

/** Takes back an award that will not start; the person chooses again among the others (X24, X5). */
@InputType()
export class ReverseAward extends Submitted {
  @IsUUID()
  packageId: string;

  @Field(() => ReverserCode)
  @IsIn(codes.reversers)
  by: codes.Reverser;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

export interface StartCommands {
  AcknowledgeAward: AcknowledgeAward;
  ConfirmStart: ConfirmStart;
  RecordFirstVisit: RecordFirstVisit;
  ChaseStart: ChaseStart;
  ReverseAward: ReverseAward;
}
