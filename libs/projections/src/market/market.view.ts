import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DeclineReasonCode } from '#brokerage/offer/offer.commands.js';
import { Stated } from '#platform/graphql/paging.view.js';

/** Declines for one reason. */
@ObjectType()
export class DeclineCount {
  @Field(() => DeclineReasonCode)
  reason: string;

  declines: number;
}

/** How invited providers answered: the last answer of each to each request. */
@ObjectType()
export class ReplyCounts {
  /** Providers asked, each once for each request. */
  invitations: number;

  /** Offers that stand or were accepted, compliant or not. */
  offers: number;

  /** Offers taken back. */
  withdrawnOffers: number;

  declines: number;

  /** Without an answer when the window closed; an answer received in time and entered later counts as one. */
  noResponses: number;

  /** Without an answer while the window was open, or when the request was called back. */
  notJudged: number;

  /** In the order of the reasons’ names; reasons that nobody gave are left out. */
  declinesByReason: DeclineCount[];
}

/** What the market was asked for, and how it answered (S2-19). */
@ObjectType()
export class MarketFigures extends ReplyCounts {
  requests: number;

  /** Requests that closed, or were decided, with no provider. */
  requestsUnfilled: number;

  /** Weekly carer minutes wanted, each package once, as its last request of the period wanted them. */
  wantedWeeklyMinutes: number;

  /** The part of them for which that last request found no provider. */
  unfilledWeeklyMinutes: number;
}

/** The market in a patch. */
@ObjectType()
export class MarketPatch extends MarketFigures {
  patch: string;
}

/**
 * The market in an hour of the day. Minutes belong to the hour in which they are wanted; a request and
 * its answers count once in each hour in which it wants care, so that hours do not sum to the total.
 */
@ObjectType()
export class MarketHour extends MarketFigures {
  /** 8 is from 08:00 to before 09:00, by wanted starts. */
  hour: number;
}

/** How one provider answered. */
@ObjectType()
export class MarketProvider extends ReplyCounts {
  @Field(() => ID)
  providerId: string;

  providerName: string;
}

/**
 * Where the market has difficulties: requests of a period and what came of them (S2-19, X6). Requests
 * to the council’s own service are left out.
 */
@ObjectType()
export class MarketReport extends Stated {
  /** The first day on which a counted request was sent. */
  from: string;

  /** The last one, inclusive. */
  to: string;

  total: MarketFigures;

  /** By patch, in order of its name. */
  byPatch: MarketPatch[];

  /** By hour of day, the hours in which care was wanted. */
  byHour: MarketHour[];

  /** By name. For a commissioner or quality officer alone: brokers do not compare providers (S1-13). */
  @Field(() => [MarketProvider], { nullable: true })
  byProvider?: MarketProvider[];
}
