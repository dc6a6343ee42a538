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
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as codes from './package.codes.js';

export const ChoiceExceptionCode = codeList(
  'ChoiceException',
  codes.choiceExceptions,
  'Why the person did not choose (S1-11).',
);
export const ChooserCode = codeList('ChooserRelationship', codes.choosers, 'Who chose.');

/** Who chose. */
@InputType()
export class ChooserInput {
  @IsNotEmpty()
  @MaxLength(120)
  name: string;

  @Field(() => ChooserCode)
  @IsIn(codes.choosers)
  relationship: codes.ChooserRelationship;
}

/** Records the choice of the person or family (S1-11). */
@InputType()
export class ChooseOffer extends Submitted {
  @IsUUID()
  packageId: string;

  @IsUUID()
  offerId: string;

  @ValidateNested()
  @Type(() => ChooserInput)
  chosenBy: ChooserInput;

  /** In the person's words: timings, familiarity … */
  @ArrayNotEmpty()
  @MaxLength(300, { each: true })
  reasons: string[];
}

/** Records a choice that the person did not make, by one of the coded exceptions (S1-11). */
@InputType()
export class ChooseOfferByException extends Submitted {
  @IsUUID()
  packageId: string;

  @IsUUID()
  offerId: string;

  @Field(() => ChoiceExceptionCode)
  @IsIn(codes.choiceExceptions)
  exception: codes.ChoiceException;

  /** Who decided. */
  @IsNotEmpty()
  @MaxLength(120)
  decisionMaker: string;

  /** Date of the capacity assessment; needed for best interests. */
  @IsOptional()
  @Matches(civilDate)
  capacityAssessedOn?: string;

  @ArrayNotEmpty()
  @MaxLength(300, { each: true })
  reasons: string[];
}

/** Records that the person wants none of the offers; a new request may follow (S1-11). */
@InputType()
export class RefuseOffers extends Submitted {
  @IsUUID()
  packageId: string;

  @ValidateNested()
  @Type(() => ChooserInput)
  refusedBy: ChooserInput;

  @ArrayNotEmpty()
  @MaxLength(300, { each: true })
  reasons: string[];
}

/** Awards the package to the chosen offer (X5). */
@InputType()
export class AwardPackage extends Submitted {
  @IsUUID()
  packageId: string;
}

/** The offer was accepted: the award stands. Sent by the service itself. */
export class ConfirmAward extends Submitted {
  packageId: string;
  offerId: string;
}

/** The awarded offer had been withdrawn. Sent by the service itself. */
export class RecordAwardFellThrough extends Submitted {
  packageId: string;
  offerId: string;
  reason: string;
}
