import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';

/** A provider’s question about a request; once answered, as all invited providers read it (S1-9). */
@ObjectType()
export class RequestQuestion {
  @Field(() => ID)
  questionId: string;

  answered: boolean;

  /** When all invited providers were told. */
  answeredAt?: string;

  /** The one who asked, told to brokers and to itself alone. */
  @Field(() => ID, { nullable: true })
  askedByProviderId?: string;

  /** Told to brokers and to who asked alone. */
  askedAt?: string;

  /** Where its words are recorded. */
  @HideField()
  position: number;
}

/** The questions about a request, in the order in which they came. */
@ObjectType()
export class RequestQuestions extends Stated {
  questions: RequestQuestion[];
}
