import type { Event } from '#kernel/decider.js';
import type { CarerGender } from '#kernel/schedule.js';
import type { CivilDate } from '#kernel/time.js';
import type { CqcRating } from '#kernel/council-policy.js';

export const registrationStatuses = ['registered', 'deregistered'] as const;
export type RegistrationStatus = (typeof registrationStatuses)[number];

export const qafRatings = ['excellent', 'good', 'fair', 'poor'] as const;
export type QafRating = (typeof qafRatings)[number];

export const reviewCauses = ['rating-dropped', 'deregistered'] as const;
export type ReviewCause = (typeof reviewCauses)[number];

export const careRecordKinds = ['paper', 'electronic', 'mixed'] as const;
export type CareRecords = (typeof careRecordKinds)[number];

export const carerGenders = ['female', 'male'] as const satisfies readonly CarerGender[];

/** The Care Quality Commission registered a provider, or ended that, from a day on (S4-8). */
export type CqcRegistrationRecorded = Event<
  'CqcRegistrationRecorded',
  { providerId: string; status: RegistrationStatus; fromOn: CivilDate }
>;

/** The commission's rating of one location, from the day of its report on (S4-8). */
export type CqcRatingRecorded = Event<
  'CqcRatingRecorded',
  { providerId: string; locationId: string; rating: CqcRating; ratedOn: CivilDate }
>;

/** Somebody is to look at the care that a provider gives; nothing ends by it (S4-8). */
export type ProviderReviewOpened = Event<
  'ProviderReviewOpened',
  {
    providerId: string;
    reviewId: string;
    cause: ReviewCause;
    /** The day of what caused it. */
    causedOn: CivilDate;
    locationId?: string;
  }
>;

export type ProviderReviewConcluded = Event<
  'ProviderReviewConcluded',
  { providerId: string; reviewId: string; outcome: string; concludedBy: string }
>;

/** How a provider works and what it offers, as a whole (S1-16). */
export interface ProviderProfile {
  readonly rostering?: string;
  readonly careRecords?: CareRecords;
  readonly callMonitoring?: string;
  readonly carerGenders: readonly CarerGender[];
  readonly skills: readonly string[];
  readonly languages: readonly string[];
  readonly patches: readonly string[];
  readonly requestMailbox?: string;
}

export type ProviderProfileRecorded = Event<
  'ProviderProfileRecorded',
  { readonly providerId: string } & ProviderProfile
>;

/** An assessment of the council's own Quality Assurance Framework (S2-8). */
export type QualityAssessmentRecorded = Event<
  'QualityAssessmentRecorded',
  {
    providerId: string;
    assessmentId: string;
    rating: QafRating;
    assessedOn: CivilDate;
    nextDueOn: CivilDate;
    assessedBy: string;
  }
>;

export type ProviderQualityEvent =
  | CqcRegistrationRecorded
  | CqcRatingRecorded
  | ProviderReviewOpened
  | ProviderReviewConcluded
  | ProviderProfileRecorded
  | QualityAssessmentRecorded;
