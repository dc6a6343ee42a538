import type { Actor } from '#kernel/actor.js';
import type { PackageEvent, PresentedOffer } from '#brokerage/package/package.events.js';
import type { ProviderRegistered } from '#brokerage/provider/provider.events.js';
import {
  auditor,
  broker,
  caseSystem,
  contractId,
  directPayment,
  ended,
  fellThrough,
  issued,
  needs,
  offerId,
  offerWithdrawn,
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
  requestId,
  started,
  takenOn,
  windowExtended,
} from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { requests } from '../requests/requests.projection.js';
import { offerSheets } from './offer-sheet.projection.js';
import { OfferSheetReads } from './offer-sheet.queries.js';
import { differenceInWords, letterOf } from './offer-sheet.rules.js';

const registered = (id: string, legalName: string): ProviderRegistered => ({
  type: 'ProviderRegistered',
  data: { providerId: id, legalName, tradingNames: [], cqcLocationIds: [] },
});
const names = [registered(providerId, 'Zinnia Care'), registered(otherProviderId, 'Acorn Care')];
const both = presented(presentedOffer, otherPresentedOffer);
const harbour: Actor = { id: 'h', roles: ['external-broker'], organisation: 'harbour' };

const readsOver = (events: readonly SpecEvent[], now = '2026-03-03T12:00:00.000Z') => {
  const { projector } = projectorOver({
    'offer-sheet': givenEvents(offerSheets).given(...names, ...events),
    requests: givenEvents(requests).given(...names, ...events),
  });
  return new OfferSheetReads(projector, { simulated: true, now: () => now });
};
const sheetOver = (events: readonly SpecEvent[], now?: string) =>
  readsOver(events, now).sheet(broker, requestId);
const offersOver = (...events: readonly SpecEvent[]) =>
  sheetOver([referred(), issued(), both, ...events])?.offers ?? [];

describe('An offer sheet', () => {
  it('lists the offers by letter in the order presented, not by name or price (S1-11)', () => {
    const cheaper = { ...otherPresentedOffer, weeklyCostPence: 1 };
    const orderOf = (...offers: readonly PresentedOffer[]) =>
      sheetOver([referred(), issued(), presented(...offers)])?.offers.map(
        ({ label, providerName }) => `${label} ${providerName}`,
      );
    expect(orderOf(presentedOffer, cheaper)).toEqual(['A Zinnia Care', 'B Acorn Care']);
    expect(orderOf(cheaper, presentedOffer)).toEqual(['A Acorn Care', 'B Zinnia Care']);
  });

  it('holds no rank and no score (S1-13)', () => {
    const told = JSON.stringify(sheetOver([referred(), issued(), both]));
    expect(told).not.toMatch(/rank|score|league|kpi/i);
  });

  it('is refused before the offers are presented (S1-11)', () => {
    expect(() => sheetOver([referred(), issued()])).toThrow('not before the person yet');
    expect(sheetOver([referred(), issued(), both])).toMatchObject({ requestId, packageId });
  });

  it('compares each visit’s time with the wanted one, in words (S1-12)', () => {
    const [first] = offersOver();
    expect(first?.visits).toEqual([
      {
        ...{ line: 1, days: 'every day', wantedStart: '08:00', offeredStart: '08:30' },
        ...{ differenceMinutes: 30, difference: '30 minutes later than wanted' },
        ...{ minutes: 45, carers: 2 },
        sentence: 'Every day at 8:30am, 30 minutes later than wanted: 45 minutes with 2 carers.',
      },
      {
        ...{ line: 2, days: 'Monday to Friday', wantedStart: '12:00', offeredStart: '12:00' },
        ...{ differenceMinutes: 0, difference: 'at the time wanted', minutes: 30, carers: 1 },
        sentence: 'Monday to Friday at midday, at the time wanted: 30 minutes with 1 carer.',
      },
    ]);
    expect(first).toMatchObject({ startOn: '2026-03-09', firstDay: 'Monday 9 March 2026' });
  });

  it.each([
    [-75, '1 hour 15 minutes earlier than wanted'],
    [-1, '1 minute earlier than wanted'],
    [0, 'at the time wanted'],
    [1, '1 minute later than wanted'],
    [60, '1 hour later than wanted'],
  ])('says %i minutes as “%s” (S1-12)', (minutes, words) =>
    expect(differenceInWords(minutes)).toBe(words),
  );

  it('puts a single offer to the person too, who may refuse it (S1-11)', () => {
    const sheet = sheetOver([referred(), issued(), presented(presentedOffer)]);
    expect(sheet?.offers).toHaveLength(1);
    expect(sheet?.introduction.join(' ')).toContain('You may refuse it.');
    expect(sheetOver([referred(), issued(), both])?.introduction.join(' ')).toContain('random');
  });

  it.each([
    ['withdrawn', offerWithdrawn],
    ['fell through', fellThrough()],
  ])('keeps the letter of an offer that %s, and says that it is gone (X5)', (_, event) => {
    expect(offersOver(event)).toMatchObject([
      { label: 'A', offerId, stands: false },
      { label: 'B', stands: true },
    ]);
  });

  it('goes on after Z with two letters', () => {
    expect([0, 25, 26, 27, 52].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AB', 'BA']);
  });
});

describe('The price on an offer sheet', () => {
  const priced = (fundingStatus: string, ...events: readonly SpecEvent[]) =>
    sheetOver([referred({ needs: { ...needs, fundingStatus } }), issued(), both, ...events])
      ?.offers[0];

  it.each([
    ['part', '£273.00 a week. You pay a part of it.'],
    ['full-cost', '£273.00 a week. You pay all of it.'],
  ])('is shown to a person who pays: %s (S1-11)', (status, price) => {
    expect(priced(status)).toMatchObject({ weeklyCostPence: 27_300, price });
  });

  it.each(['council', 'nhs', 'unknown'])('is not shown where others pay: %s (S1-11)', (status) => {
    const told = JSON.stringify(priced(status));
    expect(told).not.toMatch(/cost|price|£/i);
  });

  it('follows a change of who pays (S3-3)', () => {
    const changed = (fundingStatus: string): SpecEvent => ({
      type: 'FundingChanged',
      data: {
        ...{ packageId, personId, fundingStatus, funding: [] },
        ...{ fromOn: '2026-03-02', reason: 'assessed' },
      },
    });
    expect(priced('council', changed('part'))).toHaveProperty('price');
    expect(priced('part', changed('council'))).not.toHaveProperty('price');
  });

  it('is not guessed where there is none', () => {
    const free = presented({ ...presentedOffer, weeklyCostPence: null });
    const offer = priced('full-cost', free);
    expect(offer?.price).toBe('No price is stated. Ask your broker.');
    expect(offer).not.toHaveProperty('weeklyCostPence');
  });
});

describe('Familiarity', () => {
  const before = 'before';
  /** Another package of the same person, with the first provider. */
  const other = takenOn({
    ...{ packageId: before, startedOn: '2025-06-02' },
    reference: { ...reference, referralRef: 'R-before' },
  });
  const end = (endsBefore: string): SpecEvent => {
    const event = ended(endsBefore);
    return { ...event, data: { ...event.data, packageId: before } };
  };
  const known = (events: readonly SpecEvent[], now?: string) =>
    sheetOver([...events, referred(), issued(), both], now)?.offers.map(
      (offer) => offer.familiarity,
    );

  it('is new where nobody of the provider ever came (S1-12)', () => {
    expect(known([])).toEqual(['new', 'new']);
    const someone = takenOn({ packageId: before, personId: 'someone-else' });
    expect(known([someone])).toEqual(['new', 'new']);
  });

  it('says who cares for the person now, under any package (S1-12)', () => {
    expect(known([other])).toEqual(['cares-now', 'new']);
    const [first] = sheetOver([other, referred(), issued(), both])?.offers ?? [];
    expect(first?.familiarityInWords).toBe('Cares for you now.');
  });

  it('turns to “before” on the day after the last one (S1-12)', () => {
    expect(known([other, end('2026-03-04')])).toEqual(['cares-now', 'new']);
    expect(known([other, end('2026-03-03')])).toEqual(['has-cared', 'new']);
  });

  it('begins with the first day of care (S1-12)', () => {
    const later = takenOn({ packageId: before, startedOn: '2026-03-04' });
    expect(known([later])).toEqual(['new', 'new']);
    expect(known([later], '2026-03-04T00:00:00.000Z')).toEqual(['cares-now', 'new']);
  });

  const subject = { packageId: before, personId };
  const handedBack: PackageEvent = {
    type: 'PackageHandedBack',
    data: {
      ...{ ...subject, providerId, contractId, cause: 'handback', reason: 'staff' },
      ...{ noticedOn: '2026-02-01', effectiveOn: '2026-03-01', shortNotice: false },
      ...{ urgent: false, owner: 'duty-desk' },
    },
  };
  const restart = { ...subject, suspensionId: 's', restartOn: '2026-02-20', providerId };
  const declined: PackageEvent = {
    type: 'RestartDeclined',
    data: { ...restart, reason: 'no-staff' },
  };
  const direct = directPayment('2026-03-01');

  it.each([
    ['a handback', handedBack],
    ['a declined restart', declined],
    ['a direct payment', { ...direct, data: { ...direct.data, packageId: before } }],
  ])('ends with %s (S1-12)', (_, event) => {
    expect(known([other, event])).toEqual(['has-cared', 'new']);
  });

  it('passes on to the provider that starts next (S1-12)', () => {
    const next = started({
      ...{ packageId: before, providerId: otherProviderId, startedOn: '2026-03-02' },
    });
    const referral = referred({ packageId: before });
    expect(known([referral, other, next])).toEqual(['has-cared', 'cares-now']);
  });

  it('goes on when the provider comes back after a suspension (S1-12)', () => {
    const restarted: PackageEvent = { type: 'PackageRestarted', data: restart };
    expect(known([other, handedBack, restarted])).toEqual(['cares-now', 'new']);
  });

  it('counts interim cover by a provider while it lasts (S1-12)', () => {
    const cover = (endsBefore: string): PackageEvent => ({
      type: 'InterimCoverRecorded',
      data: {
        ...{ ...subject, cover: 'other-provider', fromOn: '2026-03-01', endsBefore },
        holder: { providerId: otherProviderId, contractId, contractType: 'spot' },
      },
    });
    expect(known([other, cover('2026-03-04')])).toEqual(['has-cared', 'cares-now']);
    expect(known([other, cover('2026-03-03')])).toEqual(['has-cared', 'has-cared']);
    const byFamily: PackageEvent = {
      type: 'InterimCoverRecorded',
      data: { ...subject, cover: 'family-or-friends', fromOn: '2026-03-01' },
    };
    expect(known([other, byFamily])).toEqual(['cares-now', 'new']);
  });
});

describe('Who reads', () => {
  const own = referred({
    origin: { kind: 'external-broker', brokerOrganisation: 'harbour' },
  });
  const reads = readsOver([own, issued(), both]);
  const elsewhere: Actor = { ...harbour, organisation: 'elsewhere' };

  it('an offer sheet: brokers and auditors, an external broker its own case (S3-4)', () => {
    for (const viewer of [broker, auditor, harbour]) {
      expect(reads.sheet(viewer, requestId)?.offers).toHaveLength(2);
    }
    expect(reads.sheet(elsewhere, requestId)).toBeUndefined();
  });

  it('an offer sheet: no provider, not even one that was invited (S1-12)', () => {
    for (const viewer of [providerUser, otherProviderUser, caseSystem]) {
      expect(reads.sheet(viewer, requestId)).toBeUndefined();
    }
  });

  it('a pack: an invited provider and no other, before the offers are presented too (S1-9)', () => {
    const open = readsOver([own, issued({ invited: [{ providerId, contractId }] })]);
    expect(open.pack(providerUser, requestId)?.text).toContain('R-7F3K-92QD');
    expect(open.pack(otherProviderUser, requestId)).toBeUndefined();
    expect(open.packPage(otherProviderUser, requestId)).toBeUndefined();
    expect(open.pack(broker, requestId)?.text).toBe(open.pack(providerUser, requestId)?.text);
    expect(open.pack(elsewhere, requestId)).toBeUndefined();
  });

  it('a pack with the window as it was extended (X4)', () => {
    const closesAt = '2026-03-04T10:00:00.000Z';
    const extended = readsOver([own, issued(), windowExtended(closesAt)]);
    for (const viewer of [broker, providerUser]) {
      expect(extended.pack(viewer, requestId)).toMatchObject({ closesAt });
    }
  });

  it('a pack that holds nothing of the case (S1-9)', () => {
    const told = JSON.stringify(reads.pack(providerUser, requestId));
    for (const secret of [packageId, personId, ...Object.values(reference)]) {
      expect(told).not.toContain(secret);
    }
  });
});
