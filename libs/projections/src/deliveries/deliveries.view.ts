import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import {
  deliveryEnds,
  deliveryFaults,
  deliveryKinds,
  deliveryStatuses,
  type DeliveryEnd,
  type DeliveryFault,
  type DeliveryKind,
  type DeliveryStatus,
} from '#brokerage/delivery/delivery.codes.js';

const DeliveryKindCode = codeList('DeliveryKind', deliveryKinds, 'What is sent.');
export const DeliveryStatusCode = codeList(
  'DeliveryStatus',
  deliveryStatuses,
  'Where a delivery stands. `STARTED`: it may have left, its outcome is not known yet.',
);
const DeliveryFaultCode = codeList(
  'DeliveryFault',
  deliveryFaults,
  'Why an attempt surely did not leave.',
);
const DeliveryEndCode = codeList(
  'DeliveryEnd',
  deliveryEnds,
  'Why nothing more is tried by itself.',
);

/** One attempt to send something. */
@ObjectType()
export class DeliveryAttempt {
  /** From 1. */
  attempt: number;

  startedAt: string;

  /** The mailbox that it went to. */
  to: string;

  /** The attempt before may have left as well: the provider may have received this one twice. */
  possibleDuplicate: boolean;

  sentAt?: string;

  failedAt?: string;

  @Field(() => DeliveryFaultCode, { nullable: true })
  fault?: DeliveryFault;
}

/** Something that is sent to a provider, with each attempt. */
@ObjectType()
export class Delivery {
  @Field(() => ID)
  deliveryId: string;

  @Field(() => DeliveryKindCode)
  kind: DeliveryKind;

  @Field(() => ID)
  providerId: string;

  @HideField()
  packageId: string;

  @Field(() => ID)
  requestId: string;

  @Field(() => DeliveryStatusCode)
  status: DeliveryStatus;

  preparedAt: string;

  /** The same in every copy of the mail. */
  messageId?: string;

  attempts: DeliveryAttempt[];

  /** When it is tried next, while it waits. */
  retryAt?: string;

  /** Why it was given up. */
  @Field(() => DeliveryEndCode, { nullable: true })
  because?: DeliveryEnd;
}
