import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import { AdviceSeekerCode } from '#brokerage/ranking-advice/ranking-advice.commands.js';
import type { AdviceSeeker } from '#brokerage/ranking-advice/ranking-advice.events.js';

/** The ranking was asked for, and computed. */
@ObjectType()
export class RankingAsked {
  /** By the person or who stands for them; the name is with the advice. */
  @Field(() => AdviceSeekerCode)
  relationship: AdviceSeeker;

  /** The id of the broker who recorded it. */
  recordedBy: string;

  askedAt: string;

  month: string;
}

/** Attempts of one person in one hour to see a ranking that was not asked for. */
@ObjectType()
export class RankingAttempt {
  by: string;

  roles: string[];

  /** UTC, `2026-03-29T08`. */
  hour: string;

  count: number;
}

/** Someone read the ranking after it was asked for. */
@ObjectType()
export class RankingReading {
  by: string;

  roles: string[];

  readAt: string;
}

/** Who saw, or tried to see, a ranking of a request’s offers: proves that nobody looked (S1-13). */
@ObjectType()
export class RankingAccess {
  @Field(() => ID)
  requestId: string;

  /** Absent: nobody asked, so no ranking was ever computed. */
  asked?: RankingAsked;

  /** Refused and recorded, the earliest first. */
  attempts: RankingAttempt[];

  /** The last 200, the earliest first. */
  readings: RankingReading[];

  /** How often it was read in all. */
  readingsCount: number;

  @HideField()
  packageId: string;
}
