import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';

/** How the logs of a carer lie to the edges of the bands (X28). */
@ObjectType()
export class CarerPattern {
  /** The provider’s own id. */
  carerRef: string;

  legs: number;

  /** Attended the first or second minute of a higher band: 26 and 27, 41 and 42, 56 and 57 … */
  justOver: number;

  /** Attended one of the two minutes below: 24 and 25, 39 and 40, 54 and 55 … */
  justUnder: number;

  /** Logged out in the very minute of the planned end. */
  onPlannedMinute: number;
}

/** The same of a provider, its carers with the widest gap between over and under first. */
@ObjectType()
export class ProviderPattern {
  @Field(() => ID)
  providerId: string;

  legs: number;

  justOver: number;

  justUnder: number;

  onPlannedMinute: number;

  carers: CarerPattern[];
}

/** How logs lie to the bands in a month (X28): an observation to look into, not a finding. */
@ObjectType()
export class PayPatterns extends Stated {
  month: string;

  providers: ProviderPattern[];
}
