import { InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { instantWithOffset } from '../civil-date.commands.js';
import { Submitted } from '../submitted.commands.js';

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
