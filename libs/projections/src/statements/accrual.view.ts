import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';

/** What is owed to a provider for visits that no statement has yet. */
@ObjectType()
export class ProviderAccrual {
  @Field(() => ID)
  providerId: string;

  lineCount: number;

  pence: number;

  /** Not part of it: waits for approval. */
  heldPence: number;
}

/** Visits delivered by a month’s last day that no statement has yet (S2-18). */
@ObjectType()
export class PayAccrual extends Stated {
  month: string;

  totalPence: number;

  heldPence: number;

  providers: ProviderAccrual[];
}
