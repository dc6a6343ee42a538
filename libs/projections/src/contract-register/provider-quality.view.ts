import type { CarerGender } from '#kernel/schedule.js';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import {
  CareRecordsCode,
  CarerGenderCode,
  CqcRatingCode,
  QafRatingCode,
  RegistrationStatusCode,
  ReviewCauseCode,
} from '#brokerage/provider/provider.quality.commands.js';
import type * as quality from '#brokerage/provider/provider.quality.rules.js';
import type * as recorded from '#brokerage/provider/provider.quality.events.js';

/** Registered with the CQC, or no longer, from a day on (S4-8). */
@ObjectType()
export class CqcRegistration {
  @Field(() => RegistrationStatusCode)
  status: recorded.RegistrationStatus;

  fromOn: string;
}

/** The CQC rating of a location from the day of its report on (S4-8). */
@ObjectType()
export class CqcLocationRating {
  locationId: string;

  @Field(() => CqcRatingCode)
  rating: quality.CqcRating;

  ratedOn: string;
}

/** How a provider works and what it offers (S1-16). */
@ObjectType()
export class ProviderProfileView {
  rostering?: string;

  @Field(() => CareRecordsCode, { nullable: true })
  careRecords?: recorded.CareRecords;

  /** The vendor of its electronic call monitoring. */
  callMonitoring?: string;

  @Field(() => [CarerGenderCode])
  carerGenders: CarerGender[];

  skills: string[];

  languages: string[];

  patches: string[];

  requestMailbox?: string;
}

/** An assessment of the council's own Quality Assurance Framework (S2-8). */
@ObjectType()
export class QualityAssessment {
  @Field(() => ID)
  assessmentId: string;

  @Field(() => QafRatingCode)
  rating: recorded.QafRating;

  assessedOn: string;

  nextDueOn: string;

  assessedBy: string;
}

/** Somebody is to look at the care that a provider gives; nothing ends by it (S4-8). */
@ObjectType()
export class ProviderReview {
  @Field(() => ID)
  reviewId: string;

  @Field(() => ReviewCauseCode)
  cause: recorded.ReviewCause;

  causedOn: string;

  locationId?: string;

  /** Absent: still open. */
  outcome?: string;

  concludedBy?: string;
}

/** What the council itself knows of a provider's quality; no broker sees it (S1-13). */
@ObjectType()
export class ProviderQuality {
  @Field(() => ID)
  providerId: string;

  legalName: string;

  /** The latest last. */
  assessments: QualityAssessment[];

  /** Absent: never assessed, which is overdue. */
  nextAssessmentDueOn?: string;

  reviews: ProviderReview[];
}
