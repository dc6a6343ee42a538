import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { careNeeds } from '../package/package.schedule.rules.js';
import {
  acorn,
  birch,
  broker,
  closesAt,
  commandId,
  contractOf,
  issuedAt,
  needs,
  packageId,
  personId,
  requestId,
  seniorBroker,
  userOf,
} from '../package/package.fixtures.js';
import { offerDecider, type OfferFacts } from './offer.decider.js';
import type { OfferEvent, OfferSubmitted } from './offer.events.js';
import { offerIdOf } from './offer.facts.js';

const { given } = specFor(offerDecider);
const offerId = offerIdOf(requestId, acorn);
const subject = {
  ...{ offerId, requestId, packageId, personId, providerId: acorn, contractId: contractOf(acorn) },
};
const times = [
  { line: 1, start: '08:15' },
  { line: 2, start: '12:30' },
];
const now = '2026-03-02T15:00:00.000Z';
const justBefore = '2026-03-03T08:59:59.999Z';
const facts: OfferFacts['SubmitOffer'] = {
  request: {
    ...{ known: true, packageId, personId, stage: 'request-open', isCurrent: true },
    ...{ issuedAt, closesAt, startOn: '2026-03-09', schedule: careNeeds(needs).schedule },
    invited: [{ providerId: acorn, contractId: contractOf(acorn) }],
  },
  rateCards: [
    { effectiveOn: '2025-10-13', rates: [{ dayKind: 'weekday-day', pencePerHour: 2_100 }] },
  ],
  provider: { id: acorn, offerId },
};
/** 630 carer minutes at £21.00 an hour. */
const submitted: OfferSubmitted = {
  type: 'OfferSubmitted',
  data: {
    ...{ ...subject, startOn: '2026-03-09', times, receivedAt: now, channel: 'portal' },
    ...{ nonCompliance: [], weeklyCostPence: 22_050 },
  },
};
const withdrawn: OfferEvent = {
  type: 'OfferWithdrawn',
  data: { ...subject, reason: 'Two carers left.', withdrawnAt: now },
};
const accepted: OfferEvent = { type: 'OfferAccepted', data: { ...subject, acceptedAt: now } };

interface Reply {
  readonly fields?: object;
  readonly request?: object;
  readonly other?: object;
  readonly at?: string;
  readonly actor?: Actor;
  readonly events?: readonly OfferEvent[];
}
const reply = (command: string, terms: object, of: Reply) =>
  given(...(of.events ?? [])).when(
    command,
    { commandId, requestId, offerId, ...terms, ...of.fields },
    {
      now: of.at ?? now,
      actor: of.actor ?? userOf(acorn),
      facts: { ...facts, ...of.other, request: { ...facts.request, ...of.request } },
    },
  );
const submit = (of: Reply = {}) => reply('SubmitOffer', { startOn: '2026-03-09', times }, of);
const amend = (of: Reply = {}) => reply('AmendOffer', { startOn: '2026-03-09', times }, of);
const decline = (of: Reply = {}) => reply('DeclineRequest', { reason: 'no-staff' }, of);
const entered = (receivedAt: string, of: Reply = {}) =>
  submit({ actor: broker, ...of, fields: { receivedAt, evidence: 'mail 4711', ...of.fields } });

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

describe('The receipt of a reply', () => {
  it('through the portal is the server’s clock: a millisecond before the close counts (X4)', () => {
    submit({ at: justBefore }).thenLike({
      type: 'OfferSubmitted',
      data: { receivedAt: justBefore, channel: 'portal' },
    });
    submit({ at: closesAt }).thenRejected('ResponseWindowClosed');
    decline({ at: justBefore }).thenLike({ type: 'RequestDeclined' });
    decline({ at: closesAt }).thenRejected('ResponseWindowClosed');
  });

  it('is never stated by a provider’s own user (X4)', () => {
    submit({ fields: { receivedAt: issuedAt } }).thenRejected('ReceiptTimeNotAllowed');
  });

  it('that a broker enters judges lateness, whenever it is entered (S1-10)', () => {
    const later = '2026-03-03T16:00:00.000Z';
    const closed = { stage: 'request-closed' };
    entered(justBefore, { at: later, request: closed }).thenLike({
      type: 'OfferSubmitted',
      data: { receivedAt: justBefore, channel: 'entered', evidence: 'mail 4711' },
    });
    entered(closesAt, { at: later, request: closed }).thenRejected('ResponseWindowClosed');
  });

  it('that a broker enters has its offset read (S1-10)', () => {
    entered('2026-03-02T15:30:00+01:00').thenLike({
      type: 'OfferSubmitted',
      data: { receivedAt: '2026-03-02T14:30:00.000Z' },
    });
    entered('2026-03-02T24:30:00Z').thenRejected('InstantUnreadable');
  });

  it('lies between the issue of the request and now (S1-10)', () => {
    entered(issuedAt).thenLike({ type: 'OfferSubmitted' });
    entered('2026-03-02T08:59:59.999Z').thenRejected('ResponseBeforeRequest');
    entered(now).thenLike({ type: 'OfferSubmitted' });
    entered('2026-03-02T15:00:00.001Z').thenRejected('ReceiptTimeInFuture');
  });

  it('that a broker enters has a time and evidence (S1-10)', () => {
    submit({ actor: broker }).thenRejected('ReceiptTimeRequired');
    submit({ actor: broker, fields: { receivedAt: now } }).thenRejected('EvidenceRequired');
    decline({ actor: broker }).thenRejected('ReceiptTimeRequired');
    decline({ actor: broker, fields: { receivedAt: now } }).thenLike({ type: 'RequestDeclined' });
  });

  it.each(['offers-presented', 'choice-recorded'])(
    'counts no longer once the request is at %s, but for a senior broker (S1-10)',
    (stage) => {
      const at = '2026-03-03T16:00:00.000Z';
      entered(justBefore, { at, request: { stage } }).thenRejected('OffersAlreadyPresented');
      entered(justBefore, { at, request: { stage }, actor: seniorBroker }).thenLike({
        type: 'OfferSubmitted',
      });
    },
  );

  it('counts no longer after the award, for anyone (S1-10)', () => {
    const late = { at: '2026-03-05T09:00:00.000Z', request: { stage: 'award-pending' } };
    entered(justBefore, late).thenRejected('OffersAlreadyPresented');
    entered(justBefore, { ...late, actor: seniorBroker }).thenRejected('OffersAlreadyPresented');
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
