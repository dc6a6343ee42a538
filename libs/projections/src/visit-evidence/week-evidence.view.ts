import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';

/** Days on which a provider’s logs arrive as they are made. */
@ObjectType()
export class EcmFeed {
  /** The first day. */
  liveFrom: string;

  /** The last day; absent: it goes on. */
  lastDay?: string;
}

/** A visit that nobody told of: its provider must record, excuse or report it. */
@ObjectType()
export class VisitWithoutEvidence {
  @Field(() => ID)
  visitId: string;

  @Field(() => ID)
  packageId: string;

  on: string;

  /** The moment of the agreed start. */
  startsAt: string;

  critical: boolean;
}

/** When a provider’s logs of a week are known, and what they leave open (S2-12). */
@ObjectType()
export class ProviderWeekEvidence extends Stated {
  @Field(() => ID)
  providerId: string;

  week: string;

  feeds: EcmFeed[];

  /** When the real-time feed was heard last; signs are kept a few times an hour. */
  feedHeardAt?: string;

  /** When a file of this week was accepted last. */
  fileAcceptedAt?: string;

  /** By agreed start: their grace has passed, and neither a feed nor a file tells of them. */
  withoutEvidence: VisitWithoutEvidence[];
}
