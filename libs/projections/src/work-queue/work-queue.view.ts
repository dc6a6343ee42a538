import { Field, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import {
  queueStatuses,
  type QueueKind,
  type QueueOutcome,
  type QueueStatus,
} from '#brokerage/work-queue/work-queue.codes.js';
import { QueueKindCode, QueueOutcomeCode } from '#brokerage/work-queue/work-queue.commands.js';

export const QueueStatusCode = codeList(
  'QueueStatus',
  queueStatuses,
  '`RESOLVED`: somebody saw to it. `CLOSED`: its cause went away.',
);

/** Something that may be done about an item: a mutation and what it is given. */
@ObjectType()
export class QueueAction {
  /** The mutation. */
  name: string;

  /** Its input as JSON, but for `commandId` and what a person adds. */
  input: string;
}

/** Something that waits for a person in the office. */
@ObjectType()
export class QueueItem {
  @Field(() => ID)
  itemId: string;

  @Field(() => QueueKindCode)
  kind: QueueKind;

  @Field(() => QueueStatusCode)
  status: QueueStatus;

  @Field(() => ID)
  personId: string;

  @Field(() => [ID])
  packageIds: string[];

  openedAt: string;

  /** Whole hours since then; of an item that is over, until it was. */
  ageHours: number;

  /** Why it waits, in a sentence. */
  reason: string;

  /** Codes and places of the rules that could not be met. */
  violations: string[];

  owner?: string;

  @Field(() => QueueOutcomeCode, { nullable: true })
  outcome?: QueueOutcome;

  resolvedBy?: string;

  actions: QueueAction[];
}
