import { Field, ID, InputType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { Submitted } from '../submitted.commands.js';
import type { DeliveryEnd, DeliveryFault } from './delivery.codes.js';
import type { DeliveryPrepared } from './delivery.events.js';

/** Prepares a delivery; one that was prepared before stays as it is. Sent by a policy. */
export type PrepareDelivery = { commandId: string } & DeliveryPrepared['data'];

/** Begins an attempt. Its id is drawn, so that two workers never send the same command. */
export interface StartDelivery {
  commandId: string;
  deliveryId: string;
  attempt: number;
  to: string;
  messageId: string;
}

export interface RecordDeliverySent {
  commandId: string;
  deliveryId: string;
  attempt: number;
}

export interface RecordDeliveryFailed {
  commandId: string;
  deliveryId: string;
  attempt: number;
  fault: DeliveryFault;
}

/** Ends a delivery that has become pointless. */
export interface GiveUpDelivery {
  commandId: string;
  deliveryId: string;
  because: DeliveryEnd;
}

/** Has a delivery that was given up tried again. */
@InputType()
export class RetryDelivery extends Submitted {
  @Field(() => ID)
  @IsUUID()
  deliveryId: string;
}

export interface DeliveryCommands {
  PrepareDelivery: PrepareDelivery;
  StartDelivery: StartDelivery;
  RecordDeliverySent: RecordDeliverySent;
  RecordDeliveryFailed: RecordDeliveryFailed;
  GiveUpDelivery: GiveUpDelivery;
  RetryDelivery: RetryDelivery;
}
