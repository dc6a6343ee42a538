import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DecisionDifference } from './decision-replay.view.js';

/** A decision that the draft would have made otherwise. */
@ObjectType()
export class AffectedDecision {
  @Field(() => ID, { description: 'For `replayDecision`.' })
  eventId: string;
  command: string;
  stream: string;
  position: string;
  decidedAt: string;
  /** The code of the rule that would have refused it. */
  refusedWith?: string;
  /** What would have been decided otherwise; personal texts are `[personal]`. */
  differences: DecisionDifference[];
}

/** What a draft of council policy would have changed in a period; nothing is stored. */
@ObjectType()
export class DecisionWhatIf {
  /** Decisions of the period. */
  decisions: number;
  /** How many the draft would have made otherwise. */
  affected: number;
  /** Of how many it cannot be told: they are not the same under their own policy either. */
  unclear: number;
  /** The first 1,000 of those affected, in the log's order. */
  first: AffectedDecision[];
}
