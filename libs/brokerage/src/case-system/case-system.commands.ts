import { Field, InputType } from '@nestjs/graphql';
import { IsIn, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as codes from './case-system.codes.js';

export const WebhookDirectionCode = codeList(
  'WebhookDirection',
  codes.webhookDirections,
  '`IN`: the case system signs what it sends. `OUT`: we sign what it gets.',
);

export const AddressEndCode = codeList(
  'AddressEnd',
  codes.addressEnds,
  'Why nothing is sent to an address any more.',
);

const systemCode = /^[\w-]{1,40}$/;

@InputType({ isAbstract: true })
class OfCaseSystem extends Submitted {
  /** The short code of the case system, `liquidlogic`, as its messages name it. */
  @Matches(systemCode)
  system: string;
}

/** Makes the first secret of a case system, in one direction. */
@InputType()
export class CreateCaseSystemSecret extends OfCaseSystem {
  @Field(() => WebhookDirectionCode)
  @IsIn(codes.webhookDirections)
  direction: codes.WebhookDirection;
}

/** Makes another secret; the older one is still good for a time that policy sets. */
@InputType()
export class RotateCaseSystemSecret extends OfCaseSystem {
  @Field(() => WebhookDirectionCode)
  @IsIn(codes.webhookDirections)
  direction: codes.WebhookDirection;
}

/** Ends a secret of a case system at once. */
@InputType()
export class RevokeCaseSystemSecret extends OfCaseSystem {
  @Field(() => WebhookDirectionCode)
  @IsIn(codes.webhookDirections)
  direction: codes.WebhookDirection;

  /** Absent: every secret of this direction. */
  @IsOptional()
  @IsUUID()
  secretId?: string;
}

/** Says where case notes go, from now on. */
@InputType()
export class SetCaseSystemAddress extends OfCaseSystem {
  @MaxLength(500)
  address: string;

  /** Where its own list of services is asked for every night, if it has one. */
  @IsOptional()
  @MaxLength(500)
  servicesAddress?: string;
}

/** Ends the sending of case notes. They wait, and go out when an address is set again. */
@InputType()
export class EndCaseSystemAddress extends OfCaseSystem {
  @Field(() => AddressEndCode)
  @IsIn(codes.addressEnds)
  because: codes.AddressEnd;
}

/** A secret that the service drew; sent by the service itself. */
export class IssueCaseSystemSecret extends OfCaseSystem {
  systemId: string;
  direction: codes.WebhookDirection;
  secret: string;
}

/** A secret that the service drew in the place of another; sent by the service itself. */
export class ReplaceCaseSystemSecret extends IssueCaseSystemSecret {}

export interface CaseSystemCommands {
  IssueCaseSystemSecret: IssueCaseSystemSecret;
  ReplaceCaseSystemSecret: ReplaceCaseSystemSecret;
  RevokeCaseSystemSecret: RevokeCaseSystemSecret;
  SetCaseSystemAddress: SetCaseSystemAddress;
  EndCaseSystemAddress: EndCaseSystemAddress;
}
