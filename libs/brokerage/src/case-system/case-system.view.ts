import { Field, ID, ObjectType } from '@nestjs/graphql';
import { WebhookDirectionCode } from './case-system.commands.js';
import type { WebhookDirection } from './case-system.codes.js';

/** A secret of a case system, told when it is made and never again. */
@ObjectType()
export class ShownCaseSystemSecret {
  @Field(() => ID)
  commandId: string;

  system: string;

  @Field(() => WebhookDirectionCode)
  direction: WebhookDirection;

  @Field(() => ID)
  secretId: string;

  /** `whsec_…`, as libraries of Standard Webhooks take it. Keep it like a password. */
  secret: string;

  /** When the one before ends; absent for a first secret. */
  olderEndsAt?: string;

  /** Queries with this `after` see the change. */
  position: string;
}

/** A secret of a case system, without the secret. */
@ObjectType()
export class CaseSystemSecretState {
  @Field(() => ID)
  secretId: string;

  @Field(() => WebhookDirectionCode)
  direction: WebhookDirection;

  issuedAt: string;

  /** The first instant at which it is not good any more; absent: no end is set. */
  endsAt?: string;

  /** What it signs is taken. */
  good: boolean;
}

/** How this service is connected to a case system. */
@ObjectType()
export class CaseSystemConnection {
  system: string;

  /** Where case notes go; absent: nowhere now. */
  address?: string;

  /** Where its list of services is asked for. */
  servicesAddress?: string;

  @Field(() => [CaseSystemSecretState])
  secrets: CaseSystemSecretState[];
}
