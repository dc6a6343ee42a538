import type { Viewer } from '#kernel/actor.js';
import {
  auditor,
  awarded,
  broker,
  commissioner,
  directPayment,
  fellThrough,
  issued,
  offerSubmitted,
  offersRefused,
  offerWithdrawn,
  otherPresentedOffer,
  otherProviderId,
  packageId,
  presented,
  presentedOffer,
  providerId,
  providerUser,
  requestClosed,
  requestDeclined,
  requestId,
  withdrawn,
} from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { market } from './market.projection.js';
import { MarketReads, type MarketWanted } from './market.queries.js';

const seniorBroker: Viewer = { id: 'senior', roles: ['senior-broker'] };
const qualityOfficer: Viewer = { id: 'quality', roles: ['quality-officer'] };
const march = { from: '2026-03-01', to: '2026-03-31' };

const registered = (id: string, legalName: string): SpecEvent => ({
  type: 'ProviderRegistered',
  data: { providerId: id, legalName, tradingNames: [], cqcLocationIds: [] },
});
const reportOf = (
  events: readonly SpecEvent[],
  viewer: Viewer = commissioner,
  wanted: MarketWanted = march,
) => {
  const names = [
    registered(providerId, 'Birch Homecare'),
    registered(otherProviderId, 'Acme Care'),
  ];
  const folded = givenEvents(market).given(...names, ...events);
  return new MarketReads(projectorOver({ market: folded }).projector).report(viewer, wanted);
};
const totalOf = (...events: readonly SpecEvent[]) => reportOf([issued(), ...events]).total;
const cancelled: SpecEvent = {
  type: 'RequestCancelled',
  data: { packageId, requestId, reason: 'needs-changed', cancelledAt: '2026-03-02T11:00:00.000Z' },
};
const closed = (...unanswered: readonly string[]): SpecEvent => ({
  ...requestClosed,
  data: { ...requestClosed.data, unanswered },
});
const secondClosed = (...unanswered: readonly string[]): SpecEvent => ({
  ...requestClosed,
  data: { ...requestClosed.data, requestId: 'r2', unanswered },
});

describe('The market report', () => {
  it('counts declines by reason, offers and no responses (S2-19, X6)', () => {
    const otherDeclines = {
      ...requestDeclined,
      data: { ...requestDeclined.data, requestId: 'r2' },
    };
    const second = issued({ requestId: 'r2', packageId: 'p2' });
    const time: SpecEvent = { ...otherDeclines, data: { ...otherDeclines.data, reason: 'time' } };
    const events = [issued(), offerSubmitted(), requestDeclined, second, time];
    expect(reportOf([...events, secondClosed(providerId)]).total).toMatchObject({
      ...{ requests: 2, invitations: 4, offers: 1, withdrawnOffers: 0, declines: 2 },
      ...{ noResponses: 1, notJudged: 0 },
      declinesByReason: [
        { reason: 'no-staff', declines: 1 },
        { reason: 'time', declines: 1 },
      ],
    });
  });

  it('calls silence a no response only once the window closed (S2-19)', () => {
    expect(totalOf()).toMatchObject({ noResponses: 0, notJudged: 2 });
    expect(totalOf(closed(providerId, otherProviderId))).toMatchObject({
      ...{ noResponses: 2, notJudged: 0 },
    });
    expect(totalOf(requestDeclined, requestClosed)).toMatchObject({ noResponses: 1, declines: 1 });
    expect(totalOf(cancelled)).toMatchObject({ noResponses: 0, notJudged: 2 });
  });

  it('takes an answer received in time and entered after the close for an answer (S1-10)', () => {
    const late = [closed(providerId, otherProviderId), requestDeclined];
    expect(totalOf(...late)).toMatchObject({ noResponses: 1, declines: 1 });
  });

  it('counts the last answer of a provider to a request (X6)', () => {
    expect(totalOf(offerSubmitted())).toMatchObject({ offers: 1, withdrawnOffers: 0 });
    expect(totalOf(offerSubmitted(), offerWithdrawn)).toMatchObject({
      ...{ offers: 0, withdrawnOffers: 1 },
    });
    expect(totalOf(offerSubmitted(), offerWithdrawn, offerSubmitted())).toMatchObject({
      offers: 1,
    });
  });

  it('is by patch and by the hours in which the request wants care (S2-19)', () => {
    const south = { ...issued().data.pack, patch: 'south' };
    const { byPatch, byHour } = reportOf([
      issued({ requestId: 'r2', packageId: 'p2', pack: south }),
      issued(),
      requestDeclined,
    ]);
    expect(byPatch).toMatchObject([
      { patch: 'north', requests: 1, declines: 1 },
      { patch: 'south', requests: 1, declines: 0 },
    ]);
    // 08:00 for 45 minutes by two carers on seven days, 12:00 for 30 minutes on five.
    expect(byHour).toMatchObject([
      { hour: 8, requests: 2, declines: 1, wantedWeeklyMinutes: 1_260 },
      { hour: 12, requests: 2, declines: 1, wantedWeeklyMinutes: 300 },
    ]);
    expect(byHour[0]?.declinesByReason).toEqual([{ reason: 'no-staff', declines: 1 }]);
  });

  it('is of requests sent on the days of the period, the last one included (S2-19)', () => {
    const requests = (from: string, to: string) =>
      reportOf([issued()], commissioner, { from, to }).total.requests;
    expect(requests('2026-03-02', '2026-03-02')).toBe(1);
    expect(requests('2026-03-01', '2026-03-01')).toBe(0);
    expect(requests('2026-03-03', '2026-03-31')).toBe(0);
    const elsewhere = { ...march, patch: 'south' };
    expect(reportOf([issued()], commissioner, elsewhere).total.requests).toBe(0);
    expect(reportOf([issued()], commissioner, { ...march, lot: 'lot-1' }).total.requests).toBe(1);
  });
});

describe('Hours left unfilled', () => {
  const offer = offerSubmitted();
  const nonCompliant = offerSubmitted({ nonCompliance: ['later-than-latest-start:1'] });
  const chosenAmong = [offer, closed(), presented(presentedOffer, otherPresentedOffer), awarded()];

  it.each<[string, readonly SpecEvent[]]>([
    ['nobody offered', [requestClosed]],
    ['no offer was compliant', [nonCompliant, requestClosed]],
    ['the offer was withdrawn', [offer, offerWithdrawn, requestClosed]],
    ['the person wants none', [offer, closed(), presented(presentedOffer), offersRefused]],
    [
      'the award fell through and no other offer is left',
      [offer, closed(), presented(presentedOffer), awarded(), fellThrough()],
    ],
    ['the person took a direct payment after that', [requestClosed, directPayment('2026-03-09')]],
  ])('are those of a request where %s (S2-19)', (_, events) => {
    expect(totalOf(...events)).toMatchObject({
      ...{ requestsUnfilled: 1, wantedWeeklyMinutes: 780, unfilledWeeklyMinutes: 780 },
    });
  });

  it.each<[string, readonly SpecEvent[]]>([
    ['providers may still answer', []],
    ['an offer is still to be put to the person', [offer, requestClosed]],
    ['it was awarded', chosenAmong],
    ['the award fell through and another offer is left', [...chosenAmong, fellThrough()]],
    ['it was called back', [cancelled]],
    ['the referral was withdrawn before the close', [withdrawn]],
  ])('are not those of a request where %s (S2-19)', (_, events) => {
    expect(totalOf(...events)).toMatchObject({
      ...{ requestsUnfilled: 0, wantedWeeklyMinutes: 780, unfilledWeeklyMinutes: 0 },
    });
  });

  it('count a package once, by its last request of the period (S2-19)', () => {
    const again = issued({ requestId: 'r2', issuedAt: '2026-03-04T10:00:00.000Z' });
    const failedTwice = [requestClosed, again, secondClosed()];
    expect(totalOf(...failedTwice)).toMatchObject({
      requestsUnfilled: 2,
      unfilledWeeklyMinutes: 780,
    });
    const found = awarded({ requestId: 'r2' });
    expect(totalOf(...failedTwice, found)).toMatchObject({
      ...{ requestsUnfilled: 1, wantedWeeklyMinutes: 780, unfilledWeeklyMinutes: 0 },
    });
  });
});

describe('The in-house service', () => {
  it('is not the market: who it takes was left unfilled by it (S2-19, S4-4)', () => {
    const inHouse = { requestId: 'r2', route: 'in-house', issuedAt: '2026-03-04T10:00:00.000Z' };
    const taken = [requestClosed, issued(inHouse), awarded({ requestId: 'r2' })];
    expect(totalOf(...taken)).toMatchObject({ requests: 1, unfilledWeeklyMinutes: 780 });
    const spot = issued({ ...inHouse, route: 'spot' });
    const found = totalOf(requestClosed, spot, awarded({ requestId: 'r2' }));
    expect(found).toMatchObject({ requests: 2, unfilledWeeklyMinutes: 0 });
  });
});

describe('Each provider’s answers', () => {
  const events = [issued(), requestDeclined, offerSubmitted()];

  it.each([
    ['a commissioner', commissioner],
    ['a quality officer', qualityOfficer],
  ])('are shown to %s by name (S2-19)', (_, viewer) => {
    expect(reportOf(events, viewer).byProvider).toMatchObject([
      { providerName: 'Acme Care', invitations: 1, declines: 1, offers: 0 },
      { providerName: 'Birch Homecare', invitations: 1, declines: 0, offers: 1 },
    ]);
  });

  it('are not shown to a senior broker, who sees the market as a whole (S2-19, S1-13)', () => {
    const report = reportOf(events, seniorBroker);
    expect(report.total).toMatchObject({ requests: 1, declines: 1 });
    expect(report).not.toHaveProperty('byProvider');
    expect(JSON.stringify(report)).not.toMatch(/Acme|Birch/);
  });

  it.each([
    ['a broker', broker],
    ['an auditor', auditor],
    ['a provider', providerUser],
  ])('are nothing that %s reads, nor is the rest (S2-3)', (_, viewer) => {
    expect(reportOf(events, viewer).total.requests).toBe(0);
  });
});
