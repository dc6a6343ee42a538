import { broker, closesAt, issuedAt, seniorBroker } from '../package/package.fixtures.js';
import { now, justBefore, submit, decline, entered } from './offer.fixtures.js';

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
