import { deriveId } from '#kernel/ids.js';
import { specFor } from '#kernel/spec-dsl.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { providerDecider } from './provider.decider.js';
import type { ProviderEvent } from './provider.events.js';
import {
  ratingGate,
  ratingOn,
  registrationGate,
  registrationOn,
} from './provider.quality.rules.js';
import type { CqcRating } from './provider.quality.rules.js';

const commandId = '01932e1c-0a10-7000-8000-000000000002';
const providerId = deriveId(commandId, 'provider');
const reviewId = deriveId(commandId, 'review');
const locationId = '1-201234567';
const now = '2026-03-02T09:00:00.000Z';
const registered: ProviderEvent = {
  type: 'ProviderRegistered',
  data: { providerId, legalName: 'Acorn Home Care', tradingNames: [], cqcLocationIds: [] },
};
const rated = (rating: CqcRating, ratedOn: string, at = locationId): ProviderEvent => ({
  type: 'CqcRatingRecorded',
  data: { providerId, locationId: at, rating, ratedOn },
});
const { given } = specFor(providerDecider);
const rate = (rating: CqcRating, ratedOn: string, ...before: ProviderEvent[]) =>
  given(registered, ...before).when(
    'RecordCqcRating',
    { commandId, providerId, locationId, rating, ratedOn },
    { now },
  );
const dropped = {
  type: 'ProviderReviewOpened',
  data: { providerId, reviewId, cause: 'rating-dropped', causedOn: '2026-03-01', locationId },
} as const satisfies ProviderEvent;

describe('A CQC rating', () => {
  it('is recorded on its day, and not before (S4-8)', () => {
    rate('good', '2026-03-02').then(rated('good', '2026-03-02'));
    rate('good', '2026-03-03').thenRejected('CqcFactInFuture');
    rate('good', '2026-02-29').thenRejected('DateDoesNotExist');
  });

  it('is recorded once for a day, and may be corrected (S4-8)', () => {
    rate('good', '2026-03-01', rated('good', '2026-03-01')).thenRejected('CqcFactKnown');
    rate('outstanding', '2026-03-01', rated('good', '2026-03-01')).then(
      rated('outstanding', '2026-03-01'),
    );
  });

  it('that drops opens a review and ends nothing; one that rises opens none (S4-8)', () => {
    const before = rated('good', '2025-03-01');
    rate('requires-improvement', '2026-03-01', before).then(
      rated('requires-improvement', '2026-03-01'),
      dropped,
    );
    rate('outstanding', '2026-03-01', before).then(rated('outstanding', '2026-03-01'));
    rate('good', '2026-03-01', before).then(rated('good', '2026-03-01'));
  });

  it('that was known to be better since opens no review (S4-8)', () => {
    const since = rated('good', '2026-03-02');
    const before = rated('outstanding', '2025-01-01');
    rate('inadequate', '2026-03-01', before, since).then(rated('inadequate', '2026-03-01'));
  });

  it('of the lowest location is the provider’s on a date (S4-8)', () => {
    const ratings = [
      { locationId: 'a', rating: 'outstanding', ratedOn: '2025-01-01' },
      { locationId: 'b', rating: 'requires-improvement', ratedOn: '2026-01-01' },
    ] as const;
    expect(ratingOn({ ratings }, '2024-12-31')).toBe('not-rated');
    expect(ratingOn({ ratings }, '2025-12-31')).toBe('outstanding');
    expect(ratingOn({ ratings }, '2026-01-01')).toBe('requires-improvement');
  });

  it('passes the gate at the council’s minimum and fails below it (S4-8)', () => {
    const verdict = (rating: CqcRating, change: Partial<typeof shippedPolicy> = {}) =>
      ratingGate(
        { registrations: [], ratings: [{ locationId, rating, ratedOn: '2026-03-01' }] },
        { ...shippedPolicy, ...change },
        '2026-03-02',
      );
    expect(verdict('requires-improvement')).toBe('passes');
    expect(verdict('inadequate')).toBe('fails');
    expect(verdict('requires-improvement', { minimumCqcRating: 'good' })).toBe('fails');
    expect(verdict('inadequate', { minimumCqcRating: 'inadequate' })).toBe('passes');
    expect(verdict('not-rated')).toBe('passes');
    expect(verdict('not-rated', { notRatedAllowed: false })).toBe('fails');
  });
});

describe('A CQC registration', () => {
  const ended = {
    type: 'CqcRegistrationRecorded',
    data: { providerId, status: 'deregistered', fromOn: '2026-04-01' },
  } as const satisfies ProviderEvent;
  const record = (status: 'registered' | 'deregistered', ...before: ProviderEvent[]) =>
    given(registered, ...before).when(
      'RecordCqcRegistration',
      { commandId, providerId, status, fromOn: '2026-04-01' },
      { now },
    );

  it('that ends opens a review, even when the end lies ahead (S4-8)', () => {
    record('deregistered').then(ended, {
      type: 'ProviderReviewOpened',
      data: { providerId, reviewId, cause: 'deregistered', causedOn: '2026-04-01' },
    });
    record('registered').thenLike({ type: 'CqcRegistrationRecorded' });
    record('deregistered', ended).thenRejected('CqcFactKnown');
  });

  const registrations = [
    { status: 'registered', fromOn: '2020-01-01' },
    { status: 'deregistered', fromOn: '2026-04-01' },
  ] as const;

  it('holds from its first day to the day before it ends (S4-8)', () => {
    const facts = { registrations, ratings: [] };
    expect(registrationOn(facts, '2019-12-31')).toBe('deregistered');
    expect(registrationOn(facts, '2020-01-01')).toBe('registered');
    expect(registrationOn(facts, '2026-03-31')).toBe('registered');
    expect(registrationOn(facts, '2026-04-01')).toBe('deregistered');
  });

  it('that is not recorded passes only where the council allows it (S4-8)', () => {
    const none = { registrations: [], ratings: [] };
    const strict = { ...shippedPolicy, unrecordedRegistrationAllowed: false };
    expect(registrationGate(none, shippedPolicy, '2026-03-02')).toBe('not-checkable');
    expect(registrationGate(none, strict, '2026-03-02')).toBe('fails');
    const withId = { ...none, cqcProviderId: '1-101234567' };
    expect(registrationGate(withId, strict, '2026-03-02')).toBe('passes');
    expect(registrationGate({ ...none, registrations }, shippedPolicy, '2026-04-01')).toBe('fails');
  });
});

describe('A quality assessment', () => {
  const assess = (assessedOn: string, nextDueOn: string) =>
    given(registered).when(
      'RecordQualityAssessment',
      { commandId, providerId, rating: 'good', assessedOn, nextDueOn },
      { now, actor: { id: 'officer-1', roles: ['quality-officer'] } },
    );

  it('names who assessed, when, and when the next is due, later than itself (S2-8)', () => {
    assess('2026-03-02', '2026-03-03').thenLike({
      type: 'QualityAssessmentRecorded',
      data: { assessedBy: 'officer-1', nextDueOn: '2026-03-03' },
    });
    assess('2026-03-02', '2026-03-02').thenRejected('NextAssessmentNotLater');
    assess('2026-03-03', '2027-03-03').thenRejected('CqcFactInFuture');
  });
});

describe('A review of a provider', () => {
  const conclude = (...before: ProviderEvent[]) =>
    given(registered, ...before).when(
      'ConcludeProviderReview',
      { commandId, providerId, reviewId, outcome: 'Visited; care is safe.' },
      { actor: { id: 'officer-1', roles: ['quality-officer'] } },
    );

  it('is concluded once (S4-8)', () => {
    conclude().thenRejected('ReviewUnknown');
    const concluded = conclude(dropped).events() as ProviderEvent[];
    expect(concluded).toMatchObject([{ type: 'ProviderReviewConcluded' }]);
    conclude(dropped, ...concluded).thenRejected('ReviewConcluded');
  });
});

describe('A provider’s profile', () => {
  const profile = { carerGenders: [], skills: [], languages: [], patches: [] };

  it('tells of paper records and rostering, and blocks nothing (S1-16)', () => {
    const stated = { ...profile, careRecords: 'paper', rostering: 'Rota One' } as const;
    given(registered)
      .when('RecordProviderProfile', { commandId, providerId, ...stated })
      .then({ type: 'ProviderProfileRecorded', data: { providerId, ...stated } });
    given()
      .when('RecordProviderProfile', { commandId, providerId, ...profile })
      .thenRejected('ProviderUnknown');
  });
});
