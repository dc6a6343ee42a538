import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

/** An event that a figure comes from; its content is asked for elsewhere, by those who may see it. */
@ObjectType()
export class FigureEvent {
  /** For `replayDecision`. */
  @Field(() => ID)
  eventId: string;

  type: string;

  stream: string;

  @Field(() => Int)
  revision: number;

  position: string;

  recordedAt: string;

  /**
   * What of the figure’s count the event made or changed: ids of visits, of packages, of people, or of
   * windows. A count is the number of different ones in the whole list. Empty: the event counts nothing,
   * and decides what counts: a rule, or what took something out of the count.
   */
  @Field(() => [ID])
  concerns: string[];
}
