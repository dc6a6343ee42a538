import type {
  ProviderProfileRecorded,
  ProviderReviewOpened,
  QualityAssessmentRecorded,
} from '#brokerage/provider/provider.quality.events.js';
import type { ProviderRegistered } from '#brokerage/provider/provider.events.js';
import { comparedName } from '#brokerage/provider/provider.rules.js';
import type { Provider } from './contract-register.view.js';
import type { ProviderQuality } from './provider-quality.view.js';

export const registeredRow = (data: ProviderRegistered['data']): Provider => ({
  providerId: data.providerId,
  legalName: data.legalName,
  tradingNames: [...data.tradingNames],
  aliases: [],
  ...(data.cqcProviderId && { cqcProviderId: data.cqcProviderId }),
  cqcLocationIds: [...data.cqcLocationIds],
  ...{ suspensions: [], registrations: [], ratings: [] },
  comparedNames: [data.legalName, ...data.tradingNames].map(comparedName),
});

export const withProfile = (
  row: Provider,
  { providerId: _, ...profile }: ProviderProfileRecorded['data'],
): Provider => ({
  ...row,
  profile: {
    ...profile,
    carerGenders: [...profile.carerGenders],
    skills: [...profile.skills],
    languages: [...profile.languages],
    patches: [...profile.patches],
  },
});

export const unassessed = ({
  providerId,
  legalName,
}: ProviderRegistered['data']): ProviderQuality => ({
  ...{ providerId, legalName, assessments: [], reviews: [] },
});

/** The next assessment is due as the latest one says, in whatever order they were recorded. */
export function withAssessment(
  row: ProviderQuality,
  { providerId: _, ...assessment }: QualityAssessmentRecorded['data'],
): ProviderQuality {
  const assessments = [...row.assessments, assessment].toSorted((a, b) =>
    a.assessedOn < b.assessedOn ? -1 : a.assessedOn > b.assessedOn ? 1 : 0,
  );
  const nextAssessmentDueOn = assessments.at(-1)?.nextDueOn;
  return { ...row, assessments, ...(nextAssessmentDueOn && { nextAssessmentDueOn }) };
}

export const withReview = (
  row: ProviderQuality,
  { providerId: _, ...review }: ProviderReviewOpened['data'],
): ProviderQuality => ({ ...row, reviews: [...row.reviews, review] });

export const withReviewConcluded = (
  row: ProviderQuality,
  { reviewId, outcome, concludedBy }: { reviewId: string; outcome: string; concludedBy: string },
): ProviderQuality => ({
  ...row,
  reviews: row.reviews.map((review) =>
    review.reviewId === reviewId ? { ...review, outcome, concludedBy } : review,
  ),
});
