import type { Actor } from '#kernel/actor.js';
import { idOfKey } from '#kernel/ids.js';
import type { ProviderRegistered } from '#brokerage/provider/provider.events.js';
import {
  agreedSchedule,
  awarded,
  broker,
  caseSystem,
  chosen,
  chosenByException,
  confirmed,
  contractId,
  directPayment,
  ended,
  fellThrough,
  issued,
  morning,
  needs,
  offerAccepted,
  offerAmended,
  offerId,
  offersRefused,
  offerSubmitted,
  offerWithdrawn,
  otherOfferId,
  otherPresentedOffer,
  otherProviderId,
  otherProviderUser,
  packageId,
  personId,
  presented,
  presentedOffer,
  providerId,
  providerUser,
  reference,
  referred,
  requestClosed,
  requestDeclined,
  requestId,
  startConfirmed,
  started,
  takenOn,
  windowExtended,
  withdrawn,
} from '../care.fixtures.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { packages } from './package.projection.js';
import { PackageReads } from './package.queries.js';
import { PackagesSort } from './package.view.js';

const registered = (id: string, legalName: string): ProviderRegistered => ({
  type: 'ProviderRegistered',
  data: { providerId: id, legalName, tradingNames: [], cqcLocationIds: [] },
});
const acme = registered(providerId, 'Acme Care');
const birch = registered(otherProviderId, 'Birch Homecare');
const given = (...events: readonly SpecEvent[]) =>
  givenEvents(packages).given(acme, birch, ...events);

const submitted = offerSubmitted();
const otherSubmitted = offerSubmitted({ offerId: otherOfferId, providerId: otherProviderId });
const toOffers = [referred(), issued(), submitted, otherSubmitted];
const toPresented = [...toOffers, presented(otherPresentedOffer, presentedOffer)];
const toAward = [...toPresented, chosen(), awarded()];
const toConfirmed = [...toAward, offerAccepted, confirmed()];

const contractUntil = (endsBefore: string): SpecEvent => ({
  type: 'ContractOpened',
  data: {
    ...{ contractId, providerId, type: 'spot', startsOn: '2020-01-01', endsBefore, patches: [] },
  },
});
const readsOf = (events: readonly SpecEvent[], now = '2026-04-01T09:00:00.000Z') => {
  const folded = given(...events);
  const register = givenEvents(contractRegister).given(...events);
  const { projector } = projectorOver({ package: folded, 'contract-register': register });
  return new PackageReads(projector, { simulated: true, now: () => now });
};

describe('A package', () => {
  it('begins with its referral and the ids of the case system (S1-8)', () => {
    const row = given(referred()).rowSeenBy(broker, 'packages', packageId);
    expect(row).toMatchObject({
      ...{ packageId, personId, reference, stage: 'awaiting-request', takenOn: false },
      ...{ weeklyMinutes: 780, offersPutForward: [] },
      needs: { patch: 'north' },
    });
  });

  it('that is taken on is live with its provider, without a request (X30)', () => {
    const row = given(takenOn()).rowSeenBy(broker, 'packages', packageId);
    expect(row).toMatchObject({
      ...{ stage: 'live', takenOn: true, startedOn: '2025-06-02', weeklyCostPence: 27_300 },
      award: { providerId, providerName: 'Acme Care', contractId, contractType: 'framework' },
    });
    expect(row).not.toHaveProperty('request');
  });

  it('shows its request with who was invited and until when (X4)', () => {
    const story = given(
      ...[referred(), issued({ restrictedBecause: 'a trial' })],
      windowExtended('2026-03-04T10:00:00.000Z'),
    );
    const shown = () => story.rowSeenBy(broker, 'packages', packageId);
    expect(shown()).toMatchObject({
      stage: 'request-open',
      request: {
        ...{ requestId, requestNumber: 'R-7F3K-92QD', issuedAt: '2026-03-02T10:00:00.000Z' },
        ...{ closesAt: '2026-03-04T10:00:00.000Z', closed: false, restrictedBecause: 'a trial' },
        invited: [{ providerId, providerName: 'Acme Care' }, { providerName: 'Birch Homecare' }],
      },
    });
    story.given(requestClosed);
    expect(shown()).toMatchObject({ stage: 'request-closed', request: { closed: true } });
  });

  it('shows the offers in the order in which the person sees them (S1-11)', () => {
    const row = given(...toPresented).rowSeenBy(broker, 'packages', packageId);
    expect(row?.stage).toBe('offers-presented');
    expect(row?.offersPutForward.map((offer) => offer.providerName)).toEqual([
      'Birch Homecare',
      'Acme Care',
    ]);
  });

  it.each([
    ['a choice', chosen()],
    ['a choice by exception', chosenByException],
  ])('keeps %s', (_, choice) => {
    given(...toPresented, choice)
      .row('packages', packageId)
      .isLike({ stage: 'choice-recorded', chosenOfferId: offerId })
      .row('offers', offerId)
      .isLike({ chosen: true })
      .row('offers', otherOfferId)
      .isLike({ chosen: false });
  });

  it('loses offers and choice when all are refused (S1-11)', () => {
    const row = given(...toPresented, chosen(), offersRefused).rowSeenBy(
      broker,
      'packages',
      packageId,
    );
    expect(row).toMatchObject({ stage: 'awaiting-request', offersPutForward: [] });
    expect(row).not.toHaveProperty('chosenOfferId');
  });

  it('has the offer’s times as agreed starts from the award on (S1-12)', () => {
    const story = given(...toAward);
    expect(story.rowSeenBy(broker, 'packages', packageId)).toMatchObject({
      stage: 'award-pending',
      schedule: agreedSchedule.map(({ start }) => ({ start })),
      weeklyCostPence: 27_300,
      award: { offerId, providerName: 'Acme Care' },
    });
    story.given(confirmed()).row('packages', packageId).isLike({ stage: 'awaiting-start' });
  });

  it('has the wanted starts and no award again when the award falls through (X5)', () => {
    const row = given(...toAward, fellThrough()).rowSeenBy(broker, 'packages', packageId);
    expect(row).toMatchObject({
      stage: 'offers-presented',
      schedule: needs.schedule,
      offersPutForward: [{ offerId: otherOfferId }],
    });
    for (const gone of ['award', 'weeklyCostPence', 'chosenOfferId']) {
      expect(row).not.toHaveProperty(gone);
    }
  });

  it('starts, and ends with an inclusive last day (S2-20, X20)', () => {
    given(...toConfirmed, startConfirmed)
      .row('packages', packageId)
      .isLike({ stage: 'awaiting-start' })
      .given(started())
      .row('packages', packageId)
      .isLike({ stage: 'live', startedOn: '2026-03-09' })
      .given(ended('2026-03-16'))
      .row('packages', packageId)
      .isLike({ stage: 'ended', lastDay: '2026-03-15', outcome: 'moved-away' });
  });

  it('leaves without an award when withdrawn or with a direct payment (S3-8)', () => {
    given(referred(), withdrawn).row('packages', packageId).isLike({ stage: 'withdrawn' });
    given(referred(), directPayment('2026-03-16'))
      .row('packages', packageId)
      .isLike({ stage: 'direct-payment', lastDay: '2026-03-15' });
  });
});

describe('An offer', () => {
  it('shows each time beside the wanted one (S1-12)', () => {
    given(...toOffers)
      .row('offers', offerId)
      .isLike({
        ...{ status: 'offered', providerName: 'Acme Care', startOn: '2026-03-09' },
        times: [
          {
            ...{ line: 1, wantedStart: '08:00', offeredStart: '08:30', differenceMinutes: 30 },
            breaksLatestStart: false,
          },
          {
            ...{ line: 2, wantedStart: '12:00', offeredStart: '12:00', differenceMinutes: 0 },
            breaksLatestStart: false,
          },
        ],
      });
  });

  it('is marked where it is later than the person can take, not at exactly that time (X2)', () => {
    const breaks = (start: string) =>
      given(
        referred(),
        issued(),
        offerAmended({ times: [{ line: morning.line, start }] }),
      ).rowSeenBy(broker, 'offers', offerId)?.times[0]?.breaksLatestStart;
    expect(breaks('10:00')).toBe(false);
    expect(breaks('10:01')).toBe(true);
  });

  it('tells its place among the presented, and how it ended', () => {
    given(...toPresented)
      .row('offers', otherOfferId)
      .isLike({ presentedAs: 1 })
      .row('offers', offerId)
      .isLike({ presentedAs: 2 })
      .given(offerAccepted)
      .row('offers', offerId)
      .isLike({ status: 'accepted' });
    given(...toOffers, offerWithdrawn)
      .row('offers', offerId)
      .isLike({ status: 'withdrawn' });
  });

  it('may be a decline with its reason (X6)', () => {
    given(referred(), issued(), requestDeclined)
      .row('offers', otherOfferId)
      .isLike({ status: 'declined', declineReason: 'no-staff', providerName: 'Birch Homecare' });
  });

  it('is seen by no other provider (S1-12)', () => {
    const story = given(...toOffers);
    expect(story.rowSeenBy(otherProviderUser, 'offers', offerId)).toBeUndefined();
    expect(story.rowSeenBy(providerUser, 'offers', offerId)).toBeDefined();
  });
});

describe('Who sees a package', () => {
  it('is its provider only once the award stands (S1-9)', () => {
    expect(given(...toAward).rowSeenBy(providerUser, 'packages', packageId)).toBeUndefined();
    const story = given(...toConfirmed);
    expect(story.rowSeenBy(providerUser, 'packages', packageId)).toBeDefined();
    expect(story.rowSeenBy(otherProviderUser, 'packages', packageId)).toBeUndefined();
    expect(story.reader.count(providerUser, 'packages')).toBe(1);
    expect(story.reader.count(otherProviderUser, 'packages')).toBe(0);
  });

  it('tells its provider nothing of the request, the other offers and the choice (S1-12)', () => {
    const shown = readsOf([...toConfirmed, started()]).package(providerUser, packageId);
    expect(shown).toMatchObject({ stage: 'live', offersPutForward: [] });
    expect(shown).not.toHaveProperty('request');
    expect(shown).not.toHaveProperty('chosenOfferId');
    expect(shown?.history.map(({ type }) => type)).toEqual(['AwardConfirmed', 'PackageStarted']);
    expect(JSON.stringify(shown)).not.toContain(otherProviderId);
    expect(JSON.stringify(shown?.history)).not.toContain('Birch');
  });

  it('is the case system, and an external broker for its own cases (S3-4)', () => {
    const external: Actor = { id: 'x', roles: ['external-broker'], organisation: 'org-1' };
    const own = given(
      referred({ origin: { kind: 'external-broker', brokerOrganisation: 'org-1' } }),
      issued(),
    );
    expect(own.rowSeenBy(caseSystem, 'packages', packageId)).toBeDefined();
    expect(own.rowSeenBy(external, 'packages', packageId)).toBeDefined();
    expect(own.reader.count(external, 'packages')).toBe(1);
    expect(own.reader.select(external, 'lines')).toHaveLength(2);
    expect(given(referred()).rowSeenBy(external, 'packages', packageId)).toBeUndefined();
    expect(given(referred()).reader.count(external, 'packages')).toBe(0);
  });
});

describe('The history of a package', () => {
  const everything: readonly SpecEvent[] = [
    ...toOffers,
    ...[windowExtended('2026-03-03T11:00:00.000Z'), requestDeclined, requestClosed],
    ...[presented(presentedOffer, otherPresentedOffer), offersRefused, issued(), offerAmended()],
    ...[presented(presentedOffer), chosenByException, chosen(), awarded()],
    ...[{ ...offerAccepted, type: 'OfferAcceptanceFailed' }, fellThrough(), offerWithdrawn],
    ...[awarded(), offerAccepted, confirmed(), startConfirmed, started(), ended('2026-03-16')],
  ];

  it('has a line for each event, with who and when', () => {
    const { history } = readsOf(everything).package(broker, packageId) ?? { history: [] };
    expect(history).toHaveLength(everything.length);
    expect(history[0]).toEqual({
      ...{ packageId, position: '3', type: 'PackageReferred', by: 'system' },
      ...{ eventId: idOfKey('spec', 3), at: '2026-03-02T09:02:00.000Z' },
      summary: 'Referred: 12 visits and 13 h 0 min of care a week, wanted from 2026-03-09.',
    });
    expect(history.map(({ summary }) => summary)).toContain(
      'Awarded to Acme Care from 2026-03-09: 13 h 0 min a week, £273.00 a week.',
    );
  });

  it('repeats nothing that is sealed, and no id of the case system (S1-9)', () => {
    const reads = readsOf([...everything, { ...withdrawn }, directPayment('2026-03-16')]);
    const told = JSON.stringify(reads.package(broker, packageId)?.history);
    expect(told).not.toMatch(/sealed/i);
    expect(told).not.toContain(reference.personRef);
    expect(told).not.toContain(reference.referralRef);
  });

  it('is as it was known at a past position (X21)', () => {
    const reads = readsOf(toAward);
    const past = reads.package(broker, packageId, 4);
    expect(past).toMatchObject({ stage: 'request-open', asOf: { position: '4' } });
    expect(past?.history.map(({ type }) => type)).toEqual(['PackageReferred', 'RequestIssued']);
    expect(reads.package(broker, packageId, 2)).toBeUndefined();
  });
});

describe('A list of packages', () => {
  it('finds the case system’s ids (S1-8)', () => {
    const reads = readsOf([
      referred(),
      takenOn({
        packageId: 'taken',
        reference: { ...reference, referralRef: 'R-9', personRef: 'P-9' },
      }),
    ]);
    const found = (filter: Parameters<typeof reads.packages>[1]) =>
      reads
        .packages(broker, filter, PackagesSort.OLDEST_FIRST, { first: 10 })
        .edges.map(({ node }) => node.packageId);
    expect(found({})).toEqual([packageId, 'taken']);
    expect(found({ referralRef: 'R-9' })).toEqual(['taken']);
    expect(found({ personRef: 'P-1001' })).toEqual([packageId]);
    expect(found({ stage: ['live'] })).toEqual(['taken']);
    expect(found({ providerId })).toEqual(['taken']);
    expect(found({ patch: 'south' })).toEqual([]);
  });

  it('flags live care whose contract is over, from the day after its last one (S1-7)', () => {
    const flagged = (endsBefore: string, ...events: readonly SpecEvent[]) =>
      readsOf([contractUntil(endsBefore), takenOn(), ...events]).package(broker, packageId)
        ?.needsTransition;
    expect(flagged('2026-04-02')).toBe(false);
    expect(flagged('2026-04-01')).toBe(true);
    expect(flagged('2026-04-01', ended('2026-03-16'))).toBe(false);
  });
});
