import { Field, ID, ObjectType } from '@nestjs/graphql';

/** A secret that signs a provider’s feed, told when it is made and never again. */
@ObjectType()
export class ShownFeedSecret {
  @Field(() => ID)
  commandId: string;

  @Field(() => ID)
  providerId: string;

  @Field(() => ID)
  secretId: string;

  /** `whsec_…`, as libraries of Standard Webhooks take it. Keep it like a password. */
  secret: string;

  /** When the one before ends; absent for a first secret. */
  olderEndsAt?: string;

  /** Queries with this `after` see the change. */
  position: string;
}

/** A secret of a provider’s feed, without the secret. */
@ObjectType()
export class FeedSecretState {
  @Field(() => ID)
  secretId: string;

  issuedAt: string;

  /** The first instant at which it is not good any more; absent: no end is set. */
  endsAt?: string;

  /** What it signs is taken. */
  good: boolean;
}
