import { InputType } from '@nestjs/graphql';
import { IsOptional, IsUUID } from 'class-validator';
import { Submitted } from '../submitted.commands.js';

/** Makes the first secret with which a provider signs the requests of its real-time feed. */
@InputType()
export class CreateFeedSecret extends Submitted {
  @IsUUID()
  providerId: string;
}

/** Makes another secret; the older one is still good for a time that policy sets. */
@InputType()
export class RotateFeedSecret extends Submitted {
  @IsUUID()
  providerId: string;
}

/** Ends a secret of a provider's feed at once. */
@InputType()
export class RevokeFeedSecret extends Submitted {
  @IsUUID()
  providerId: string;

  /** Absent: every secret of this provider. */
  @IsOptional()
  @IsUUID()
  secretId?: string;
}

/** A secret that the service drew; sent by the service itself. */
export class IssueFeedSecret extends Submitted {
  providerId: string;
  secret: string;
}

/** A secret that the service drew in the place of another; sent by the service itself. */
export class ReplaceFeedSecret extends Submitted {
  providerId: string;
  secret: string;
}

export interface EcmFeedCommands {
  IssueFeedSecret: IssueFeedSecret;
  ReplaceFeedSecret: ReplaceFeedSecret;
  RevokeFeedSecret: RevokeFeedSecret;
}
