import type { Context, Decider } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { civilDateOf, isCivilDate, type CivilDate } from '#kernel/time.js';
import type {
  ProviderQualityCommands,
  RecordProviderProfile,
} from './provider.quality.commands.js';
import type { ProviderProfile, ProviderQualityEvent } from './provider.quality.events.js';
import type { RegistrationStatus } from './provider.quality.events.js';
import { isLower, locationRatingOn } from './provider.quality.rules.js';
import { ensure, initialProvider, type ProviderState } from './provider.rules.js';

/** What is known of a provider's quality, each with its date. */
export const qualityDecider: Decider<ProviderState, ProviderQualityCommands, ProviderQualityEvent> =
  {
    initial: initialProvider,
    decide: {
      RecordCqcRegistration(state, { commandId, providerId, status, fromOn }) {
        ensureProviderAndDay(state, fromOn, 'fromOn');
        const known = state.registrations.findLast((each) => each.fromOn === fromOn);
        ensure(known?.status !== status, 'CqcFactKnown');
        return [
          { type: 'CqcRegistrationRecorded', data: { providerId, status, fromOn } },
          ...reviewOfEnd(commandId, providerId, status, fromOn),
        ];
      },
      RecordCqcRating(state, { commandId, providerId, locationId, rating, ratedOn }, context) {
        ensureProviderAndDay(state, ratedOn, 'ratedOn');
        ensureNotAhead(ratedOn, 'ratedOn', context);
        const ofLocation = state.ratings.filter((each) => each.locationId === locationId);
        const known = ofLocation.findLast((each) => each.ratedOn === ratedOn);
        ensure(known?.rating !== rating, 'CqcFactKnown');
        const before = locationRatingOn(state.ratings, locationId, ratedOn);
        const isLatest = ofLocation.every((each) => each.ratedOn <= ratedOn);
        const data = { providerId, locationId, rating, ratedOn };
        const reviewId = deriveId(commandId, 'review');
        const review = {
          providerId,
          reviewId,
          cause: 'rating-dropped',
          causedOn: ratedOn,
        } as const;
        return [
          { type: 'CqcRatingRecorded', data },
          ...(isLatest && isLower(rating, before)
            ? [{ type: 'ProviderReviewOpened', data: { ...review, locationId } } as const]
            : []),
        ];
      },
      RecordProviderProfile(state, command) {
        ensure(state.providerId, 'ProviderUnknown', { path: 'providerId' });
        const { providerId } = command;
        return [{ type: 'ProviderProfileRecorded', data: { providerId, ...profileOf(command) } }];
      },
      RecordQualityAssessment(state, command, context) {
        const { commandId, providerId, rating, assessedOn, nextDueOn } = command;
        ensureProviderAndDay(state, assessedOn, 'assessedOn');
        ensure(isCivilDate(nextDueOn), 'DateDoesNotExist', { path: 'nextDueOn' });
        ensureNotAhead(assessedOn, 'assessedOn', context);
        ensure(nextDueOn > assessedOn, 'NextAssessmentNotLater', { path: 'nextDueOn' });
        const assessmentId = deriveId(commandId, 'assessment');
        const assessed = { rating, assessedOn, nextDueOn, assessedBy: context.actor.id };
        return [
          { type: 'QualityAssessmentRecorded', data: { providerId, assessmentId, ...assessed } },
        ];
      },
      ConcludeProviderReview(state, { providerId, reviewId, outcome }, { actor }) {
        const review = state.reviews[reviewId];
        ensure(review, 'ReviewUnknown', { path: 'reviewId' });
        ensure(review === 'open', 'ReviewConcluded');
        const data = { providerId, reviewId, outcome, concludedBy: actor.id };
        return [{ type: 'ProviderReviewConcluded', data }];
      },
    },
    evolve: {
      CqcRegistrationRecorded: (state, { status, fromOn }) => ({
        ...state,
        registrations: [...state.registrations, { status, fromOn }],
      }),
      CqcRatingRecorded: (state, { locationId, rating, ratedOn }) => ({
        ...state,
        ratings: [...state.ratings, { locationId, rating, ratedOn }],
      }),
      ProviderReviewOpened: (state, { reviewId }) => ({
        ...state,
        reviews: { ...state.reviews, [reviewId]: 'open' },
      }),
      ProviderReviewConcluded: (state, { reviewId }) => ({
        ...state,
        reviews: { ...state.reviews, [reviewId]: 'concluded' },
      }),
      ProviderProfileRecorded: (state, { requestMailbox }) => ({ ...state, requestMailbox }),
      QualityAssessmentRecorded: (state) => state,
    },
  };

function ensureProviderAndDay({ providerId }: ProviderState, on: CivilDate, path: string): void {
  ensure(providerId, 'ProviderUnknown', { path: 'providerId' });
  ensure(isCivilDate(on), 'DateDoesNotExist', { path });
}

const ensureNotAhead = (on: CivilDate, path: string, { now }: Pick<Context, 'now'>): void =>
  ensure(on <= civilDateOf(now), 'CqcFactInFuture', { path });

const reviewOfEnd = (
  commandId: string,
  providerId: string,
  status: RegistrationStatus,
  causedOn: CivilDate,
): ProviderQualityEvent[] =>
  status === 'registered'
    ? []
    : [
        {
          type: 'ProviderReviewOpened',
          data: {
            ...{ providerId, reviewId: deriveId(commandId, 'review'), causedOn },
            cause: 'deregistered',
          },
        },
      ];

const profileOf = ({
  rostering,
  careRecords,
  callMonitoring,
  requestMailbox,
  ...offered
}: RecordProviderProfile): ProviderProfile => ({
  ...(rostering && { rostering }),
  ...(careRecords && { careRecords }),
  ...(callMonitoring && { callMonitoring }),
  carerGenders: [...offered.carerGenders],
  skills: [...offered.skills],
  languages: [...offered.languages],
  patches: [...offered.patches],
  ...(requestMailbox && { requestMailbox }),
});
