import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';

/** A record that the council need not keep any longer (X29). */
@ObjectType()
export class DueRecord {
  @Field(() => ID)
  personId: string;

  /** First day on which it may be erased because its retention period is over. */
  dueOn: string;

  /** Care was given: such records are kept longer. */
  caredFor: boolean;

  /** A legal hold keeps it all the same. */
  underHold: boolean;
}

/** Records whose retention period is over, the longest first. */
@ObjectType()
export class DueRecords extends Stated {
  records: DueRecord[];
}
