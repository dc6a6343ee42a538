import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

/** Something is to be sent to a provider. Its text is made when it is sent. */
export type DeliveryPrepared = Event<
  'DeliveryPrepared',
  {
    deliveryId: string;
    kind: 'request-invitation';
    providerId: string;
    packageId: string;
    requestId: string;
  }
>;

/**
 * An attempt begins: recorded before anything is sent, at the expected revision, so that a process
 * that is not the worker any more is refused before it sends.
 */
export type DeliveryStarted = Event<
  'DeliveryStarted',
  {
    deliveryId: string;
    /** From 1. */
    attempt: number;
    /** The provider’s shared mailbox. */
    to: string;
    /** The same for every attempt, so that whoever receives it twice sees that it is one. */
    messageId: string;
    /** What became of the attempt before is not known: the provider may receive this one twice. */
    afterUnknown?: true;
  }
>;

/** The mail system has taken it. */
export type DeliverySent = Event<'DeliverySent', { deliveryId: string; attempt: number }>;

/** An attempt surely did not leave; without `retryAt` no further one follows by itself. */
export type DeliveryFailed = Event<
  'DeliveryFailed',
  {
    deliveryId: string;
    attempt: number;
    fault: 'unavailable' | 'refused' | 'address-refused';
    retryAt?: Instant;
  }
>;

/** Nothing more is tried until somebody asks for it. */
export type DeliveryGivenUp = Event<
  'DeliveryGivenUp',
  {
    deliveryId: string;
    because:
      | 'unavailable'
      | 'refused'
      | 'address-refused'
      | 'outcome-unknown'
      | 'request-not-open'
      | 'no-address';
  }
>;

/** Somebody asked for it to be sent after all. */
export type DeliveryReopened = Event<'DeliveryReopened', { deliveryId: string; by: string }>;

export type DeliveryEvent =
  | DeliveryPrepared
  | DeliveryStarted
  | DeliverySent
  | DeliveryFailed
  | DeliveryGivenUp
  | DeliveryReopened;
