import {
  broker,
  confirmed,
  directPayment,
  issued,
  morning,
  offerAccepted,
  offerAmended,
  offerId,
  offerSubmitted,
  offerWithdrawn,
  otherOfferId,
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
  windowExtended,
  withdrawn,
} from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { requests } from './requests.projection.js';
import { RequestReads } from './requests.queries.js';

const beforeClose = '2026-03-03T09:59:59.999Z';
const atClose = '2026-03-03T10:00:00.000Z';

const pageOf = (
  viewer: typeof broker,
  events: readonly SpecEvent[],
  { now = beforeClose, open }: { now?: string; open?: boolean } = {},
) => {
  const { projector } = projectorOver({ requests: givenEvents(requests).given(...events) });
  const reads = new RequestReads(projector, { simulated: true, now: () => now });
  return reads.page(viewer, open === undefined ? {} : { open }, { first: 10 });
};
const seenBy = (...args: Parameters<typeof pageOf>) =>
  pageOf(...args).edges.map(({ node }) => node);
const own = (...events: readonly SpecEvent[]) => seenBy(providerUser, [issued(), ...events])[0];

/** The rule's allow-list, and what says how to answer. */
const allowed = [
  ...['requestNumber', 'postcodeDistrict', 'patch', 'ageBand', 'gender', 'carerGenderNeed'],
  ...['schedule', 'skills', 'languages', 'access', 'household', 'startOn', 'durationWeeks'],
  ...['requestId', 'lot', 'urgent', 'issuedAt', 'closesAt', 'open', 'reply', 'outcome', 'text'],
];
const allowedOfVisit = [
  ...['line', 'days', 'start', 'latestStart', 'minutes', 'carers', 'tasks', 'critical'],
];

describe('A provider’s requests', () => {
  it('hold nothing that is not on the allow-list (S1-9)', () => {
    const planted = { name: 'Edith Planted', fullPostcode: 'ZZ7 7ZZ' };
    const pack = {
      ...issued().data.pack,
      ...{ ...planted, durationWeeks: 6 },
      schedule: [{ ...morning, ...planted, criticalReason: 'insulin' }],
    };
    const [seen] = seenBy(providerUser, [referred(), issued({ pack })]);
    expect(allowed).toEqual(expect.arrayContaining(Object.keys(seen ?? {})));
    expect(allowedOfVisit).toEqual(expect.arrayContaining(Object.keys(seen?.schedule[0] ?? {})));
    const told = JSON.stringify(seen);
    for (const secret of [
      ...Object.values(planted),
      packageId,
      personId,
      ...Object.values(reference),
    ]) {
      expect(told).not.toContain(secret);
    }
    expect(told).not.toContain('insulin');
  });

  it('hold all that is on it (S1-9)', () => {
    expect(own()).toMatchObject({
      ...{ requestNumber: 'R-7F3K-92QD', postcodeDistrict: 'ZZ7', patch: 'north', lot: 'lot-1' },
      ...{ ageBand: '75-84', gender: 'female', carerGenderNeed: 'any', startOn: '2026-03-09' },
      access: ['key-safe'],
      schedule: [
        { line: 1, start: '08:00', minutes: 45, carers: 2, latestStart: '10:00', critical: false },
        { line: 2, start: '12:00', minutes: 30, carers: 1, critical: true },
      ],
    });
  });

  it('tell the postcode sector where the pack has it, and not otherwise (S1-9)', () => {
    const pack = { ...issued().data.pack, postcodeSector: 'ZZ7 1' };
    expect(seenBy(providerUser, [issued({ pack })])[0]?.postcodeSector).toBe('ZZ7 1');
    expect(own()).not.toHaveProperty('postcodeSector');
  });

  it('are seen by invited providers alone (S1-9)', () => {
    const invited = [{ providerId, contractId: 'c' }];
    expect(seenBy(providerUser, [issued({ invited })])).toHaveLength(1);
    expect(seenBy(otherProviderUser, [issued({ invited })])).toHaveLength(0);
    expect(seenBy(broker, [issued({ invited })])).toHaveLength(0);
  });

  it('are open until before the close, not at it (X4)', () => {
    expect(seenBy(providerUser, [issued()], { now: beforeClose })).toMatchObject([{ open: true }]);
    expect(seenBy(providerUser, [issued()], { now: atClose })).toMatchObject([{ open: false }]);
    const extended = [issued(), windowExtended('2026-03-03T10:00:00.001Z')];
    expect(seenBy(providerUser, extended, { now: atClose })).toMatchObject([{ open: true }]);
  });

  it.each([
    ['is closed', requestClosed],
    ['has its offers presented', presented(presentedOffer)],
    ['is followed by another', issued({ requestId: 'next', invited: [] })],
    ['loses its referral', withdrawn],
    ['ends in a direct payment', directPayment('2026-03-09')],
  ])('are no longer open when a request %s', (_, event) => {
    expect(own(event)).toMatchObject({ requestId, open: false });
  });

  it('are found by whether replies count, with their total', () => {
    const later = { requestId: 'later', issuedAt: '2026-03-02T11:00:00.000Z' };
    const events = [issued(), issued({ ...later, packageId: 'other' }), requestClosed];
    expect(seenBy(providerUser, events).map((seen) => seen.requestId)).toEqual([
      'later',
      requestId,
    ]);
    expect(seenBy(providerUser, events, { open: true })).toMatchObject([{ requestId: 'later' }]);
    expect(seenBy(providerUser, events, { open: false })).toMatchObject([{ requestId }]);
    expect(pageOf(providerUser, events, { open: true }).totalCount).toBe(1);
    expect(pageOf(providerUser, events).totalCount).toBe(2);
  });
});

describe('A provider’s reply', () => {
  it('is shown to itself, as it stands', () => {
    expect(own()).not.toHaveProperty('reply');
    expect(own(offerSubmitted())?.reply).toEqual({
      ...{ offerId, status: 'offered', startOn: '2026-03-09', times: presentedOffer.times },
      ...{ receivedAt: '2026-03-02T12:00:00.000Z', nonCompliance: [], weeklyCostPence: 27_300 },
    });
    expect(own(offerSubmitted(), offerAmended({ startOn: '2026-03-10' }))?.reply).toMatchObject({
      startOn: '2026-03-10',
    });
    expect(own(offerSubmitted(), offerWithdrawn)?.reply).toMatchObject({ status: 'withdrawn' });
    expect(own(offerSubmitted(), offerAccepted)?.reply).toMatchObject({ status: 'accepted' });
  });

  it('may be a decline (X6)', () => {
    const [seen] = seenBy(otherProviderUser, [issued(), requestDeclined]);
    expect(seen?.reply).toMatchObject({ status: 'declined', declineReason: 'no-staff' });
  });

  it('is not shown to another provider (S1-12)', () => {
    const other = offerSubmitted({ offerId: otherOfferId, providerId: otherProviderId });
    const seen = own(other);
    expect(seen).not.toHaveProperty('reply');
    expect(JSON.stringify(seen)).not.toContain(otherProviderId);
  });
});

describe('The outcome of a request', () => {
  const won = [issued(), offerSubmitted(), presented(presentedOffer), offerAccepted, confirmed()];

  it('names the package to the provider who has the award, from then on (S1-9)', () => {
    expect(seenBy(providerUser, won)).toMatchObject([{ outcome: 'awarded', packageId }]);
    expect(seenBy(providerUser, won.slice(0, -1))[0]).not.toHaveProperty('packageId');
  });

  it('tells the others no more than that it is not theirs (S1-12)', () => {
    const [seen] = seenBy(otherProviderUser, won);
    expect(seen).toMatchObject({ outcome: 'not-awarded' });
    expect(seen).not.toHaveProperty('packageId');
    expect(JSON.stringify(seen)).not.toContain(providerId);
  });

  it('may be that no one was awarded it', () => {
    expect(own(withdrawn)).toMatchObject({ outcome: 'ended-without-award' });
    expect(own(requestClosed, directPayment('2026-03-09'))).toMatchObject({
      outcome: 'ended-without-award',
    });
    expect(own(requestClosed)).not.toHaveProperty('outcome');
  });
});
