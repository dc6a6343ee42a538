import { Field, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import { DeclineReasonCode } from '#brokerage/offer/offer.commands.js';
import { channels } from '#brokerage/offer/offer.events.js';
import { Stated } from '#platform/graphql/paging.view.js';

export const offerStatuses = ['offered', 'withdrawn', 'declined', 'accepted'] as const;
export type OfferStatus = (typeof offerStatuses)[number];
export const OfferStatusCode = codeList('OfferStatus', offerStatuses, 'How a provider replied.');
export const ChannelCode = codeList('ReplyChannel', channels, 'How a reply came (S1-10).');

/** A time offered for one visit of the schedule. */
@ObjectType()
export class OfferedTime {
  line: number;

  start: string;
}

/** A time beside the one that is wanted (S1-12). */
@ObjectType()
export class OfferedTimeCompared {
  line: number;

  wantedStart: string;

  offeredStart: string;

  /** Positive: later than wanted. */
  differenceMinutes: number;

  /** The offered time is later than the person can take (X2). */
  breaksLatestStart: boolean;
}

/** A provider’s reply to a request. */
@ObjectType()
export class Offer {
  @Field(() => ID)
  offerId: string;

  @Field(() => ID)
  requestId: string;

  @Field(() => ID)
  packageId: string;

  @Field(() => ID)
  providerId: string;

  providerName: string;

  @Field(() => ID)
  contractId: string;

  @Field(() => OfferStatusCode)
  status: OfferStatus;

  /** When it was received; lateness is judged by this (X4). */
  receivedAt: string;

  @Field(() => ChannelCode, { nullable: true })
  channel?: string;

  /** First day that the provider offers. */
  startOn?: string;

  /** Each visit’s offered time beside the wanted one. */
  times: OfferedTimeCompared[];

  /** Hard needs that the offer breaks; empty: compliant (X2). */
  nonCompliance: string[];

  weeklyCostPence?: number;

  @Field(() => DeclineReasonCode, { nullable: true })
  declineReason?: string;

  /** Its place in the neutral order in which the person sees the offers, from 1 (S1-11). */
  presentedAs?: number;

  chosen: boolean;
}

/** Replies to a package’s requests, in the order of receipt. */
@ObjectType()
export class Offers extends Stated {
  offers: Offer[];
}
