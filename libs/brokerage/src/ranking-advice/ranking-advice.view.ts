import { Field, ID, ObjectType } from '@nestjs/graphql';
import { AdviceSeekerCode } from './ranking-advice.commands.js';
import type { AdviceSeeker } from './ranking-advice.events.js';

/** Who asked for the ranking. */
@ObjectType()
export class SeekerOfAdvice {
  name: string;

  @Field(() => AdviceSeekerCode)
  relationship: AdviceSeeker;
}

/** A presented offer in the ranking that was asked for. */
@ObjectType()
export class AdvisedOffer {
  @Field(() => ID)
  offerId: string;

  @Field(() => ID)
  providerId: string;

  /** 1 is best among the presented offers; equal scores share a rank. Absent: unranked. */
  rank?: number;

  unrankedBecause?: string;
}

/** Advice to the person, computed once when it was asked for; it selects nothing (S1-13). */
@ObjectType()
export class RankingAdvice {
  @Field(() => ID)
  requestId: string;

  requestedBy: SeekerOfAdvice;

  requestedAt: string;

  /** The month whose league was used, `2026-02`. */
  month: string;

  method: string;

  ranking: AdvisedOffer[];
}
