import { specFor } from '#kernel/spec-dsl.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import {
  awarded,
  awardedToAcorn,
  cedar,
  choseAcorn,
  chosenBy,
  commandId,
  issued,
  offerOfAcorn,
  offerOfBirch,
  packageId,
  personId,
  presented,
  referred,
  requestId,
  sendable,
} from './package.fixtures.js';

const { given } = specFor(packageDecider);
const { offerId } = offerOfAcorn;
const now = '2026-03-04T10:00:00.000Z';
const reasons = ['Knows the carers.'];

describe('The choice of the person', () => {
  const choose = (offer: string, ...events: readonly PackageEvent[]) =>
    given(...events).when('ChooseOffer', { packageId, offerId: offer, chosenBy, reasons }, { now });

  it('is recorded with who chose, why and when (S1-11)', () => {
    choose(offerId, referred, issued, presented).then(choseAcorn);
  });

  it('falls on an offer that was presented (X5)', () => {
    choose(offerOfBirch.offerId, referred, issued, presented).thenLike({ type: 'OfferChosen' });
    choose(cedar, referred, issued, presented).thenRejected('OfferNotPresented');
  });

  it('comes after offers were presented and before the award (S1-11)', () => {
    choose(offerId, referred, issued).thenRejected('PackageNotAwaitingChoice');
    choose(offerId, referred, issued, presented, choseAcorn, awardedToAcorn).thenRejected(
      'PackageNotAwaitingChoice',
    );
    choose(offerId).thenRejected('PackageUnknown');
  });

  it('may change until the award (S1-11)', () => {
    choose(offerOfBirch.offerId, referred, issued, presented, choseAcorn).thenLike({
      type: 'OfferChosen',
      data: { offerId: offerOfBirch.offerId },
    });
  });
});

describe('A choice by exception', () => {
  const except = (fields: object, ...events: readonly PackageEvent[]) =>
    given(...events).when(
      'ChooseOfferByException',
      { packageId, offerId, decisionMaker: 'Sam Fictional', reasons, ...fields },
      { now },
    );
  const waiting = [referred, issued, presented];

  it.each(['urgent', 'declined-to-choose'])('is coded as %s, with who decided (S1-11)', (code) => {
    except({ exception: code }, ...waiting).then({
      type: 'OfferChosenByException',
      data: {
        ...{ packageId, personId, requestId, offerId, exception: code },
        ...{ decisionMaker: 'Sam Fictional', reasons, chosenAt: now },
      },
    });
  });

  it('in best interests names the date of the capacity assessment (S1-11)', () => {
    const exception = 'best-interests';
    except({ exception }, ...waiting).thenRejected('CapacityAssessmentMissing');
    except({ exception, capacityAssessedOn: '2026-02-20' }, ...waiting).thenLike({
      type: 'OfferChosenByException',
      data: { capacityAssessedOn: '2026-02-20' },
    });
    except({ exception, capacityAssessedOn: '2026-02-30' }, ...waiting).thenRejected(
      'DateDoesNotExist',
    );
  });

  it('falls on a presented offer, after the presentation (X5)', () => {
    except({ exception: 'urgent', offerId: cedar }, ...waiting).thenRejected('OfferNotPresented');
    except({ exception: 'urgent' }, referred, issued).thenRejected('PackageNotAwaitingChoice');
  });
});

describe('The refusal of all offers', () => {
  const refuse = (...events: readonly PackageEvent[]) =>
    given(...events).when('RefuseOffers', { packageId, refusedBy: chosenBy, reasons });
  const refused: PackageEvent = {
    type: 'OffersRefused',
    data: { packageId, personId, requestId, refusedBy: chosenBy, reasons },
  };

  it('is the person’s right, even of a single offer (S1-11)', () => {
    const single: PackageEvent = {
      ...presented,
      data: { ...presented.data, offers: [offerOfAcorn] },
    };
    refuse(referred, issued, single).then(refused);
  });

  it('is possible until the award, after a choice too (S1-11)', () => {
    refuse(referred, issued).thenRejected('PackageNotAwaitingChoice');
    refuse(referred, issued, presented, choseAcorn).then(refused);
    refuse(...awarded).thenRejected('PackageNotAwaitingChoice');
  });

  it('leaves the package to a new request (S1-11)', () => {
    given(referred, issued, presented, refused)
      .when('IssueRequest', { commandId, packageId, route: 'framework' }, { now, facts: sendable })
      .thenLike({ type: 'RequestIssued' });
    given(referred, issued, presented, refused)
      .when('ChooseOffer', { packageId, offerId, chosenBy, reasons }, { now })
      .thenRejected('PackageNotAwaitingChoice');
  });
});
