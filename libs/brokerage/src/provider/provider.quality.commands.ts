import { Field, InputType } from '@nestjs/graphql';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { civilDate } from '../civil-date.commands.js';
import { codeList } from '../codes.commands.js';
import { Submitted } from '../submitted.commands.js';
import * as quality from './provider.quality.rules.js';
import type { CarerGender } from '#kernel/schedule.js';
import * as recorded from './provider.quality.events.js';

export const CqcRatingCode = codeList(
  'CqcRating',
  quality.cqcRatings,
  'A rating by the Care Quality Commission (S4-8).',
);
export const RegistrationStatusCode = codeList(
  'RegistrationStatus',
  recorded.registrationStatuses,
  'Whether the Care Quality Commission has registered a provider (S4-8).',
);
export const QafRatingCode = codeList(
  'QafRating',
  recorded.qafRatings,
  'A rating of the council’s own Quality Assurance Framework (S2-8).',
);
export const ReviewCauseCode = codeList(
  'ReviewCause',
  recorded.reviewCauses,
  'Why somebody is to look at a provider’s care (S4-8).',
);
export const CareRecordsCode = codeList(
  'CareRecords',
  recorded.careRecordKinds,
  'How a provider keeps its care records (S1-16).',
);
export const CarerGenderCode = codeList(
  'CarerGender',
  recorded.carerGenders,
  'A gender of carers that a provider has (X2).',
);

/** Records from when on a provider is registered with the CQC, or no longer is (S4-8). */
@InputType()
export class RecordCqcRegistration extends Submitted {
  @IsUUID()
  providerId: string;

  @Field(() => RegistrationStatusCode)
  @IsIn(recorded.registrationStatuses)
  status: recorded.RegistrationStatus;

  /** The first day of it; a known end may lie ahead. */
  @Matches(civilDate)
  fromOn: string;
}

/** Records a CQC rating of one location (S4-8). A drop opens a review and ends nothing. */
@InputType()
export class RecordCqcRating extends Submitted {
  @IsUUID()
  providerId: string;

  @Matches(/^1-\d{5,12}$/)
  locationId: string;

  @Field(() => CqcRatingCode)
  @IsIn(quality.cqcRatings)
  rating: quality.CqcRating;

  /** The day of the report. */
  @Matches(civilDate)
  ratedOn: string;
}

/** States how a provider works and what it offers, as a whole; nothing is refused by it (S1-16). */
@InputType()
export class RecordProviderProfile extends Submitted {
  @IsUUID()
  providerId: string;

  /** The rostering system. */
  @IsOptional()
  @IsNotEmpty()
  @MaxLength(100)
  rostering?: string;

  @Field(() => CareRecordsCode, { nullable: true })
  @IsOptional()
  @IsIn(recorded.careRecordKinds)
  careRecords?: recorded.CareRecords;

  /** The vendor of its electronic call monitoring. */
  @IsOptional()
  @IsNotEmpty()
  @MaxLength(100)
  callMonitoring?: string;

  /** Empty: not stated. */
  @Field(() => [CarerGenderCode])
  @ArrayUnique()
  @IsIn(recorded.carerGenders, { each: true })
  carerGenders: CarerGender[];

  /** Codes of skills; empty: not stated. */
  @ArrayMaxSize(100)
  @ArrayUnique()
  @Matches(/^[a-z0-9-]{1,40}$/, { each: true })
  skills: string[];

  /** ISO 639 codes; empty: not stated. */
  @ArrayMaxSize(100)
  @ArrayUnique()
  @Matches(/^[a-z]{2,3}$/, { each: true })
  languages: string[];

  /** Where it works; contracts decide, this only tells. */
  @ArrayMaxSize(200)
  @ArrayUnique()
  @MaxLength(40, { each: true })
  patches: string[];

  /** The shared mailbox that requests go to. */
  @IsOptional()
  @IsEmail()
  @MaxLength(200)
  requestMailbox?: string;
}

/** Records an assessment of the Quality Assurance Framework, and when the next is due (S2-8). */
@InputType()
export class RecordQualityAssessment extends Submitted {
  @IsUUID()
  providerId: string;

  @Field(() => QafRatingCode)
  @IsIn(recorded.qafRatings)
  rating: recorded.QafRating;

  @Matches(civilDate)
  assessedOn: string;

  @Matches(civilDate)
  nextDueOn: string;
}

/** Concludes a review of a provider's care (S4-8). */
@InputType()
export class ConcludeProviderReview extends Submitted {
  @IsUUID()
  providerId: string;

  @IsUUID()
  reviewId: string;

  @IsNotEmpty()
  @MaxLength(500)
  outcome: string;
}

export interface ProviderQualityCommands {
  RecordCqcRegistration: RecordCqcRegistration;
  RecordCqcRating: RecordCqcRating;
  RecordProviderProfile: RecordProviderProfile;
  RecordQualityAssessment: RecordQualityAssessment;
  ConcludeProviderReview: ConcludeProviderReview;
}
