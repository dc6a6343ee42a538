import { Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { civilDate, instantWithOffset, localTime } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import { declineReasons, type DeclineReason } from './offer.events.js';

export const DeclineReasonCode = codeList(
  'DeclineReason',
  declineReasons,
  'Why a provider does not offer (X6).',
);

/** The time a provider offers for one visit of the request. */
@InputType()
export class OfferedTimeInput {
  /** The visit's line in the request's schedule. */
  @IsInt()
  @Min(1)
  line: number;

  @Matches(localTime)
  start: string;
}

/** What a provider offers, and for a reply that a broker enters, when and where it was received. */
@InputType({ isAbstract: true })
abstract class OfferedTerms extends Submitted {
  @Matches(civilDate)
  startOn: string;

  @ValidateNested({ each: true })
  @Type(() => OfferedTimeInput)
  @ArrayNotEmpty()
  times: OfferedTimeInput[];

  /** Whether carers of the gender that the person needs will come (X2); absent: not checkable. */
  @IsOptional()
  @IsBoolean()
  canMeetGenderNeed?: boolean;

  /** When a reply by mail or phone was received; only for an offer that a broker enters (S1-10). */
  @IsOptional()
  @Matches(instantWithOffset)
  receivedAt?: string;

  /** Where that reply can be found. */
  @IsOptional()
  @MaxLength(300)
  evidence?: string;
}

/** Offers times and a start date for a request; minutes, days and carers are not negotiable (S1-12). */
@InputType()
export class SubmitOffer extends OfferedTerms {
  @IsUUID()
  requestId: string;

  /** Whose offer a broker enters; a provider's own user leaves it out. */
  @IsOptional()
  @IsUUID()
  providerId?: string;
}

/** Changes a standing offer while the window is open. */
@InputType()
export class AmendOffer extends OfferedTerms {
  @IsUUID()
  offerId: string;
}

/** Withdraws a standing offer, at any time before it is accepted. */
@InputType()
export class WithdrawOffer extends Submitted {
  @IsUUID()
  offerId: string;

  @IsNotEmpty()
  @MaxLength(300)
  reason: string;
}

/** Declines a request with a reason (X6). */
@InputType()
export class DeclineRequest extends Submitted {
  @IsUUID()
  requestId: string;

  @IsOptional()
  @IsUUID()
  providerId?: string;

  @Field(() => DeclineReasonCode)
  @IsIn(declineReasons)
  reason: DeclineReason;

  @IsOptional()
  @MaxLength(300)
  note?: string;

  @IsOptional()
  @Matches(instantWithOffset)
  receivedAt?: string;
}

/** The package was awarded to this offer. Sent by the service itself. */
export class AcceptOffer extends Submitted {
  offerId: string;
}

export interface OfferCommands {
  SubmitOffer: SubmitOffer;
  AmendOffer: AmendOffer;
  WithdrawOffer: WithdrawOffer;
  DeclineRequest: DeclineRequest;
  AcceptOffer: AcceptOffer;
}
