import { Field, InputType } from '@nestjs/graphql';
import { IsIn, IsNotEmpty, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as codes from './work-queue.codes.js';

export const QueueKindCode = codeList('QueueKind', codes.queueKinds, 'What waits for somebody.');
export const QueueOutcomeCode = codeList(
  'QueueOutcome',
  codes.queueOutcomes,
  'What came of an item of the work queue.',
);

/** Something waits for a person; sent by the service itself. */
export class OpenQueueItem extends Submitted {
  itemId: string;
  personId: string;
  kind: codes.QueueKind;
  about: { messageId?: string; packageIds?: string[] };
  violations: { code: string; path: string }[];
}

/** Its cause went away; sent by the service itself. */
export class CloseQueueItem extends Submitted {
  itemId: string;
}

/** Takes an item of the work queue, or gives it to somebody else. */
@InputType()
export class AssignQueueItem extends Submitted {
  @IsUUID()
  itemId: string;

  /** The id of a colleague; absent: you. */
  @IsOptional()
  @IsNotEmpty()
  @MaxLength(64)
  owner?: string;
}

/** Says that an item of the work queue was seen to, and how. */
@InputType()
export class ResolveQueueItem extends Submitted {
  @IsUUID()
  itemId: string;

  @Field(() => QueueOutcomeCode)
  @IsIn(codes.queueOutcomes)
  outcome: codes.QueueOutcome;

  @IsNotEmpty()
  @MaxLength(500)
  note: string;
}

export interface WorkQueueCommands {
  OpenQueueItem: OpenQueueItem;
  CloseQueueItem: CloseQueueItem;
  AssignQueueItem: AssignQueueItem;
  ResolveQueueItem: ResolveQueueItem;
}
