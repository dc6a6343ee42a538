import { InputType } from '@nestjs/graphql';
import { IsOptional, IsUUID, Matches } from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { Submitted } from '../submitted.commands.js';

/** States from when to when a provider's logs arrive in real time (S2-12). */
@InputType()
export class DeclareFeed extends Submitted {
  @IsUUID()
  providerId: string;

  /** The first day; a feed declared before with the same first day is replaced. */
  @Matches(civilDate)
  liveFrom: string;

  /** The last day; absent: it goes on. */
  @IsOptional()
  @Matches(civilDate)
  lastDay?: string;
}

/** A provider's feed works, though it may have nothing to tell (S2-12). */
@InputType()
export class SignalFeed extends Submitted {
  @IsUUID()
  providerId: string;
}

/** A file with a provider's logs of a week was taken in. Sent by the service itself. */
export class AcceptEvidenceWeek extends Submitted {
  providerId: string;
  week: string;
  fileRef: string;
}

export interface EcmEvidenceCommands {
  DeclareFeed: DeclareFeed;
  SignalFeed: SignalFeed;
  AcceptEvidenceWeek: AcceptEvidenceWeek;
}
