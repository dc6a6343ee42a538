import { acorn, birch, closesAt, requestId, userOf } from '../package/package.fixtures.js';
import type { OfferEvent } from './offer.events.js';
import { offerIdOf } from './offer.facts.js';
import {
  subject,
  times,
  now,
  submitted,
  withdrawn,
  accepted,
  type Reply,
  reply,
  submit,
  amend,
  decline,
} from './offer.fixtures.js';

describe('An offer', () => {
  it('gives a time for each visit and a start date, at a frozen weekly cost (S1-12)', () => {
    submit().then(submitted);
  });

  it('gives one time for each visit, for no other and none twice (S1-12)', () => {
    const withTimes = (given: object[]) => submit({ fields: { times: given } });
    withTimes(times.slice(0, 1)).thenRejected('OfferTimesIncomplete');
    withTimes([...times, { line: 2, start: '13:00' }]).thenRejected('OfferTimesIncomplete');
    withTimes([...times, { line: 3, start: '18:00' }]).thenRejected('OfferLineUnknown');
    withTimes(times.toReversed()).thenLike({ type: 'OfferSubmitted' });
  });

  it('says nothing about minutes, days or carers (S1-12)', () => {
    const planted = times.map((time) => ({ ...time, minutes: 15, carers: 1, days: [1] }));
    submit({ fields: { times: planted } }).then(submitted);
  });

  it('starts no earlier than wanted, on a real date (S1-12)', () => {
    submit({ fields: { startOn: '2026-03-08' } }).thenRejected('StartBeforeWanted');
    submit({ fields: { startOn: '2026-03-09' } }).thenLike({ type: 'OfferSubmitted' });
    submit({ fields: { startOn: '2026-03-32' } }).thenRejected('DateDoesNotExist');
  });

  it('is marked when a time is later than the latest start, and not when it is equal (X2)', () => {
    const first = (start: string) => [{ line: 1, start }, ...times.slice(1)];
    submit({ fields: { times: first('09:00') } }).thenLike({
      type: 'OfferSubmitted',
      data: { nonCompliance: [] },
    });
    submit({ fields: { times: first('09:01') } }).thenLike({
      type: 'OfferSubmitted',
      data: { nonCompliance: ['later-than-latest-start:1'] },
    });
  });

  it('is marked when it cannot meet the gender need, and says where nobody can tell (X2)', () => {
    const asked = (carerGenderNeed: string, canMeetGenderNeed?: boolean) =>
      submit({
        request: { carerGenderNeed },
        fields: canMeetGenderNeed === undefined ? {} : { canMeetGenderNeed },
      });
    const told = (genderCheck: string, ...nonCompliance: string[]) => ({
      type: 'OfferSubmitted',
      data: { genderCheck, nonCompliance },
    });
    asked('female-only', true).thenLike(told('met'));
    asked('female-only', false).thenLike(told('not-met', 'carer-gender-not-met'));
    asked('female-only').thenLike(told('not-checkable'));
    asked('any', false).then(submitted);
  });

  it('is priced by the card of its start date, at its own times (S1-14)', () => {
    const evening = { dayKind: 'evening', pencePerHour: 4_200 };
    const day = { dayKind: 'weekday-day', pencePerHour: 2_100 };
    const cards = [
      { effectiveOn: '2025-10-13', rates: [{ ...day, pencePerHour: 1_000 }] },
      { effectiveOn: '2026-03-09', rates: [day, evening] },
      { effectiveOn: '2026-03-10', rates: [{ ...day, pencePerHour: 9_000 }] },
    ];
    const late = [...times.slice(0, 1), { line: 2, start: '19:00' }];
    submit({ fields: { times: late }, other: { rateCards: cards } }).thenLike({
      type: 'OfferSubmitted',
      data: { weeklyCostPence: (210 * 2_100 + 420 * 4_200) / 60 },
    });
  });

  it('has no price where the arrangement or the date has none (S3-11)', () => {
    const unpriced = { type: 'OfferSubmitted', data: { weeklyCostPence: null } };
    submit({ other: { rateCards: null } }).thenLike(unpriced);
    submit({ other: { rateCards: [] } }).thenLike(unpriced);
  });

  it('answers a request that exists, from a provider invited to it (X7)', () => {
    submit({ request: { known: false } }).thenRejected('RequestUnknown');
    submit({ request: { invited: [] } }).thenRejected('ProviderNotInvited');
  });

  it('is one for each request and provider, until it is withdrawn', () => {
    submit({ events: [submitted] }).thenRejected('OfferAlreadySubmitted');
    submit({ events: [submitted, accepted] }).thenRejected('OfferAlreadySubmitted');
    submit({ events: [submitted, withdrawn] }).thenLike({ type: 'OfferSubmitted' });
    expect(offerIdOf(requestId, acorn)).not.toBe(offerIdOf(requestId, birch));
  });
});

describe('A provider’s user', () => {
  it('replies for its own organisation alone (S2-3)', () => {
    submit({ actor: userOf(acorn) }).thenLike({ type: 'OfferSubmitted' });
    submit({ actor: userOf(birch) }).thenRejected('OfferForAnotherProvider');
    amend({ actor: userOf(birch), events: [submitted] }).thenRejected('OfferForAnotherProvider');
    decline({ actor: userOf(birch) }).thenRejected('OfferForAnotherProvider');
    reply(
      'WithdrawOffer',
      { reason: 'x' },
      { actor: userOf(birch), events: [submitted] },
    ).thenRejected('OfferForAnotherProvider');
  });
});

describe('A standing offer', () => {
  it('is amended while the window is open (X4)', () => {
    amend({ fields: { startOn: '2026-03-10' }, events: [submitted] }).then({
      type: 'OfferAmended',
      data: { ...submitted.data, startOn: '2026-03-10' },
    });
    amend({ at: closesAt, events: [submitted] }).thenRejected('ResponseWindowClosed');
  });

  it('exists and stands when it is amended', () => {
    amend().thenRejected('OfferUnknown');
    amend({ events: [submitted, withdrawn] }).thenRejected('OfferNotStanding');
  });

  const withdraw = (of: Reply) => reply('WithdrawOffer', { reason: 'Two carers left.' }, of);

  it('is withdrawn at any time before it is accepted (X5)', () => {
    withdraw({ events: [submitted] }).then(withdrawn);
    withdraw({ events: [submitted], at: '2026-03-20T09:00:00.000Z' }).thenLike({
      type: 'OfferWithdrawn',
    });
    withdraw({ events: [submitted, accepted] }).thenRejected('OfferNotStanding');
    withdraw({ events: [submitted, withdrawn] }).thenRejected('OfferNotStanding');
    withdraw({}).thenRejected('OfferUnknown');
  });

  const accept = (...events: OfferEvent[]) => reply('AcceptOffer', {}, { events });

  it('is accepted once the package is awarded to it (X5)', () => {
    accept(submitted).then(accepted);
    accept(submitted, accepted).thenNothing();
  });

  it('cannot be accepted after its withdrawal, and that is told (X5)', () => {
    accept(submitted, withdrawn).then({
      type: 'OfferAcceptanceFailed',
      data: { ...subject, reason: 'withdrawn' },
    });
    accept().thenRejected('OfferUnknown');
  });
});

describe('A decline', () => {
  it.each(['no-staff', 'area', 'time', 'double-up', 'skill', 'price'])(
    'may give the reason %s (X6)',
    (reason) => {
      decline({ fields: { reason } }).then({
        type: 'RequestDeclined',
        data: { ...subject, reason, receivedAt: now },
      });
    },
  );

  it('for another reason says which (X6)', () => {
    decline({ fields: { reason: 'other' } }).thenRejected('DeclineNoteRequired');
    decline({ fields: { reason: 'other', note: 'Flooded office.' } }).thenLike({
      type: 'RequestDeclined',
      data: { note: 'Flooded office.' },
    });
  });

  it('comes in place of an offer, not beside it (X6)', () => {
    decline({ events: [submitted] }).thenRejected('OfferAlreadySubmitted');
    decline({ events: [submitted, withdrawn] }).thenLike({ type: 'RequestDeclined' });
    const declined = decline().events() as OfferEvent[];
    decline({ events: declined }).thenRejected('OfferAlreadySubmitted');
  });

  it('may still be followed by an offer in the window (X6)', () => {
    const declined = decline().events() as OfferEvent[];
    submit({ events: declined }).thenLike({ type: 'OfferSubmitted' });
    submit({ events: declined, at: closesAt }).thenRejected('ResponseWindowClosed');
  });
});
