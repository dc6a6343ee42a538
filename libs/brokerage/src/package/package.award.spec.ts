import { specFor } from '#kernel/spec-dsl.js';
import type { AwardFacts } from './package.award.decider.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import type { PackageAwarded } from './package.award.events.js';
import {
  acorn,
  agreedSchedule,
  awarded,
  awardedToAcorn,
  choseAcorn,
  chosenBy,
  confirmedToAcorn,
  contractOf,
  issued,
  offerOfAcorn,
  offerOfBirch,
  packageId,
  personId,
  presented,
  referred,
  requestId,
} from './package.fixtures.js';

const { given } = specFor(packageDecider);
const { offerId } = offerOfAcorn;
const chosen = [referred, issued, presented, choseAcorn] as const;
type Facts = AwardFacts['AwardPackage'];

const good: Facts = {
  offer: {
    standing: true,
    compliant: true,
    receivedAt: '2026-03-02T15:00:00.000Z',
    startOn: offerOfAcorn.startOn,
    times: offerOfAcorn.times,
  },
  contract: { type: 'framework', liveOnStart: true, admittedOnStart: true },
  provider: { suspended: false },
};
const award = (facts: Facts, ...events: readonly PackageEvent[]) =>
  given(...events).when('AwardPackage', { packageId }, { facts, now: '2026-03-04T11:00:00.000Z' });
const withOffer = (changed: Partial<Facts['offer']>): Facts => ({
  ...good,
  offer: { ...good.offer, ...changed },
});
const withContract = (changed: Partial<Facts['contract']>): Facts => ({
  ...good,
  contract: { ...good.contract, ...changed },
});

describe('An award', () => {
  it('goes to the chosen offer at its frozen figure (X5)', () => {
    award(good, ...chosen).then(awardedToAcorn);
  });

  it('needs a recorded choice (X5)', () => {
    award(good, referred, issued, presented).thenRejected('PackageNotAwaitingAward');
    award(good, referred, issued).thenRejected('PackageNotAwaitingAward');
    award(good).thenRejected('PackageUnknown');
  });

  it('may rest on a coded exception instead (X5)', () => {
    const exception: PackageEvent = {
      type: 'OfferChosenByException',
      data: {
        ...{ packageId, personId, requestId, offerId, exception: 'urgent' },
        ...{ decisionMaker: 'Sam Fictional', reasons: [], chosenAt: '2026-03-04T10:00:00.000Z' },
      },
    };
    award(good, referred, issued, presented, exception).thenLike({ type: 'PackageAwarded' });
  });

  it('stands alone: a second one is refused (X5)', () => {
    award(good, ...chosen, awardedToAcorn).thenRejected('PackageNotAwaitingAward');
    award(good, ...awarded).thenRejected('PackageNotAwaitingAward');
  });

  it('goes to no offer that was withdrawn (X5)', () => {
    award(withOffer({ standing: false }), ...chosen).thenRejected('OfferWithdrawn');
  });

  it('goes to no offer that breaks a hard need (X5)', () => {
    award(withOffer({ compliant: false }), ...chosen).thenRejected('OfferNotCompliant');
  });

  it('goes to no offer from outside the window [issued, closes) (X5)', () => {
    const at = (receivedAt: string) => award(withOffer({ receivedAt }), ...chosen);
    at('2026-03-02T08:59:59.999Z').thenRejected('OfferOutsideWindow');
    at('2026-03-02T09:00:00.000Z').thenLike({ type: 'PackageAwarded' });
    at('2026-03-03T08:59:59.999Z').thenLike({ type: 'PackageAwarded' });
    at('2026-03-03T09:00:00.000Z').thenRejected('OfferOutsideWindow');
  });

  it('goes to the offer that the person saw, not to a changed one (X5)', () => {
    award(withOffer({ startOn: '2026-03-10' }), ...chosen).thenRejected(
      'OfferChangedSincePresented',
    );
    const moved = offerOfAcorn.times.map((time) => ({ ...time, start: '10:00' }));
    award(withOffer({ times: moved }), ...chosen).thenRejected('OfferChangedSincePresented');
    award(withOffer({ times: offerOfAcorn.times.slice(0, 1) }), ...chosen).thenRejected(
      'OfferChangedSincePresented',
    );
  });

  it('uses a contract that is live on the start date (X5)', () => {
    award(withContract({ liveOnStart: false }), ...chosen).thenRejected('ContractNotLive');
  });

  it('under a framework goes to a provider admitted to the lot (X5)', () => {
    award(withContract({ admittedOnStart: false }), ...chosen).thenRejected('NotAdmittedToLot');
  });

  it('goes to no suspended provider (X7)', () => {
    award({ ...good, provider: { suspended: true } }, ...chosen).thenRejected(
      'ProviderIsSuspended',
    );
    award({ ...good, provider: { suspended: false } }, ...chosen).thenLike({
      type: 'PackageAwarded',
    });
  });
});

describe('The schedule of an award', () => {
  const [event] = award(good, ...chosen).events() as readonly PackageAwarded[];

  it('has the offer’s times as agreed starts (S1-12)', () => {
    expect(event?.data.schedule.map(({ start }) => start)).toEqual(['08:15', '12:30']);
    expect(event?.data.schedule).toEqual(agreedSchedule);
  });

  it('keeps days, minutes, carers, tasks and critical flags as referred (S1-12)', () => {
    const wanted = referred.data.needs.schedule;
    const kept = event?.data.schedule.map((line, at) => ({ ...line, start: wanted[at]?.start }));
    expect(kept).toEqual(wanted);
    expect(event?.data.weeklyMinutes).toBe(7 * 30 + 5 * 42 * 2);
  });

  it('takes nothing else that an offer might say (S1-12)', () => {
    const times = offerOfAcorn.times.map((time) => ({ ...time, minutes: 15, carers: 1 }));
    const planted: PackageEvent = {
      ...presented,
      data: { ...presented.data, offers: [{ ...offerOfAcorn, times }] },
    };
    award(good, referred, issued, planted, choseAcorn).then(awardedToAcorn);
  });
});

describe('An award whose offer was withdrawn meanwhile', () => {
  const pending = [...chosen, awardedToAcorn] as const;
  const fail = (...events: readonly PackageEvent[]) =>
    given(...events).when('RecordAwardFellThrough', { packageId, offerId, reason: 'withdrawn' });
  const fellThrough: PackageEvent = {
    type: 'AwardFellThrough',
    data: {
      ...{ packageId, requestId, offerId, reason: 'withdrawn' },
      ...{ contractId: contractOf(acorn), startOn: '2026-03-09' },
    },
  };

  it('falls through, and the person chooses again among the others (X5)', () => {
    fail(...pending).then(fellThrough);
    const choose = (offer: string) =>
      given(...pending, fellThrough).when('ChooseOffer', {
        ...{ packageId, offerId: offer, chosenBy, reasons: [] },
      });
    choose(offerOfBirch.offerId).thenLike({ type: 'OfferChosen' });
    choose(offerId).thenRejected('OfferNotPresented');
    award(good, ...pending, fellThrough).thenRejected('PackageNotAwaitingAward');
  });

  it('waits for a new request when no other offer was presented (X5)', () => {
    const single: PackageEvent = {
      ...presented,
      data: { ...presented.data, offers: [offerOfAcorn] },
    };
    given(referred, issued, single, choseAcorn, awardedToAcorn, fellThrough)
      .when('ChooseOffer', { packageId, offerId, chosenBy, reasons: [] })
      .thenRejected('PackageNotAwaitingChoice');
  });

  it('stays when it was confirmed, and when it is another offer’s (X5)', () => {
    fail(...awarded).thenNothing();
    given(...pending)
      .when('RecordAwardFellThrough', { packageId, offerId: offerOfBirch.offerId, reason: 'x' })
      .thenNothing();
  });

  it('is confirmed once its offer is accepted, however often that is said (X24)', () => {
    const confirm = (offer: string, ...events: readonly PackageEvent[]) =>
      given(...events).when('ConfirmAward', { packageId, offerId: offer });
    confirm(offerId, ...pending).then(confirmedToAcorn);
    confirm(offerId, ...awarded).thenNothing();
    confirm(offerOfBirch.offerId, ...pending).thenNothing();
  });
});
