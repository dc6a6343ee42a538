import { Field, ID, ObjectType } from '@nestjs/graphql';

/** A decision that was drawn. */
@ObjectType()
export class SampledDecision {
  @Field(() => ID, { description: 'For `replayDecision`.' })
  eventId: string;
  command: string;
  stream: string;
  position: string;
  /** The id of who decided. */
  by: string;
  decidedAt: string;
}

/** Decisions drawn for a quality audit. */
@ObjectType()
export class AuditSample {
  /** How many decisions the period has. */
  population: number;
  /** The same seed gives the same decisions again. */
  seed: string;
  /** How they were drawn. */
  method: string;
  /** In the log's order. */
  decisions: SampledDecision[];
}
