import type { Viewer } from '#kernel/actor.js';
import type { ProviderRegistered } from '#brokerage/provider/provider.events.js';
import {
  agreedSchedule,
  awarded,
  broker,
  caseSystem,
  chosen,
  confirmed,
  ended,
  insulin,
  issued,
  needs,
  offerSubmitted,
  otherContractId,
  otherOfferId,
  otherPresentedOffer,
  otherProviderId,
  otherProviderUser,
  packageId,
  personId,
  presented,
  providerId,
  providerUser,
  referred,
  requestClosed,
  requestId,
  started,
  takenOn,
} from '../care.fixtures.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { packages } from './package.projection.js';
import { PackageReads } from './package.queries.js';
import { PackagesSort, type PackagesFilter } from './package.view.js';

const registered = (id: string, legalName: string): ProviderRegistered => ({
  type: 'ProviderRegistered',
  data: { providerId: id, legalName, tradingNames: [], cqcLocationIds: [] },
});
const names = [registered(providerId, 'Acme Care'), registered(otherProviderId, 'Birch Homecare')];
const readsOf = (events: readonly SpecEvent[], today: string) => {
  const folded = givenEvents(packages).given(...names, ...events);
  const register = givenEvents(contractRegister).given();
  const { projector } = projectorOver({ package: folded, 'contract-register': register });
  return new PackageReads(projector, { simulated: true, now: () => `${today}T12:00:00.000Z` });
};
const shown = (viewer: Viewer, events: readonly SpecEvent[], today = '2026-03-05') =>
  readsOf(events, today).package(viewer, packageId);
const countOf = (viewer: Viewer, events: readonly SpecEvent[], filter: PackagesFilter = {}) => {
  const page = readsOf(events, '2026-03-05').packages(
    ...([viewer, filter, PackagesSort.OLDEST_FIRST, { first: 10 }] as const),
  );
  expect(page.edges).toHaveLength(page.totalCount);
  return page.totalCount;
};
const event = (type: string, data: object): SpecEvent => ({
  type,
  data: { packageId, personId, ...data },
});

/** Acme has the package since June 2025 and leaves on Monday 9 March. */
const handedBack = event('PackageHandedBack', {
  ...{ providerId, contractId: 'c', cause: 'handback', reason: 'sealed', owner: 'o' },
  ...{ noticedOn: '2026-03-02', effectiveOn: '2026-03-09', shortNotice: false, urgent: false },
});
const leaving = [takenOn(), handedBack];
const resourced = [
  ...[...leaving, issued({ route: 'framework' })],
  offerSubmitted({ offerId: otherOfferId, providerId: otherProviderId }),
  ...[requestClosed, presented(otherPresentedOffer), chosen({ offerId: otherOfferId })],
];
const other = { offerId: otherOfferId, providerId: otherProviderId };
const award = awarded({ ...other, contractId: otherContractId });
const transferred = [...resourced, award, confirmed(other)];
const begun = [...transferred, started({ providerId: otherProviderId })];
const gap = event('GapOpened', {
  ...{ gapId: 'g', fromOn: '2026-03-09', reason: 'notice-expired', owner: 'duty-desk' },
});

describe('A package that moves to another provider', () => {
  it('is seen by the old one until the new one started, not after (S4-14)', () => {
    for (const events of [leaving, resourced, [...resourced, award], transferred]) {
      expect(shown(providerUser, events)).toBeDefined();
      expect(countOf(providerUser, events)).toBe(1);
    }
    expect(shown(providerUser, begun)).toBeUndefined();
    expect(countOf(providerUser, begun)).toBe(0);
  });

  it('is seen by the new one from the confirmed award on (S1-9, S4-14)', () => {
    expect(shown(otherProviderUser, [...resourced, award])).toBeUndefined();
    expect(countOf(otherProviderUser, [...resourced, award])).toBe(0);
    for (const events of [transferred, begun]) {
      expect(shown(otherProviderUser, events)).toBeDefined();
      expect(countOf(otherProviderUser, events)).toBe(1);
    }
  });

  it('shows the old one its own care, and nothing of who comes (S1-12, S4-14)', () => {
    const old = shown(providerUser, transferred);
    expect(old).toMatchObject({
      ...{ stage: 'live', startedOn: '2025-06-02', weeklyCostPence: 27_300, routesAsked: [] },
      ...{ award: { providerId, startOn: '2025-06-02' }, schedule: needs.schedule },
      responsible: { providerName: 'Acme Care', sinceOn: '2025-06-02' },
    });
    expect(old?.history.map(({ type }) => type)).toEqual(['PackageTakenOn', 'PackageHandedBack']);
    expect(JSON.stringify(old)).not.toMatch(/Birch/);
    expect(JSON.stringify(old)).not.toContain(otherProviderId);
  });

  it('shows the new one its agreed times, and nothing of who leaves (S1-12, S4-14)', () => {
    const next = shown(otherProviderUser, transferred);
    expect(next).toMatchObject({
      ...{ stage: 'awaiting-start', schedule: agreedSchedule },
      award: { providerId: otherProviderId, startOn: '2026-03-09' },
    });
    for (const none of ['responsible', 'startedOn']) expect(next).not.toHaveProperty(none);
    expect(next?.history.map(({ type }) => type)).toEqual(['AwardConfirmed']);
    const after = shown(otherProviderUser, begun, '2026-03-10');
    expect(after).toMatchObject({
      ...{ stage: 'live', startedOn: '2026-03-09' },
      responsible: { providerName: 'Birch Homecare', sinceOn: '2026-03-09' },
    });
    for (const seen of [next, after]) {
      expect(JSON.stringify(seen)).not.toMatch(/Acme/);
      expect(JSON.stringify(seen)).not.toContain(providerId);
    }
  });

  it('is found by a provider by what it sees of it alone (S1-12)', () => {
    expect(countOf(providerUser, transferred, { stage: ['live'] })).toBe(1);
    expect(countOf(providerUser, transferred, { stage: ['awaiting-start'] })).toBe(0);
    expect(countOf(providerUser, transferred, { providerId: otherProviderId })).toBe(0);
    expect(countOf(providerUser, transferred, { providerId })).toBe(1);
    expect(countOf(otherProviderUser, transferred, { stage: ['awaiting-start'] })).toBe(1);
    expect(countOf(otherProviderUser, transferred, { stage: ['live'] })).toBe(0);
    expect(countOf(broker, transferred, { stage: ['awaiting-start'] })).toBe(1);
  });

  it('is out of the old one’s sight once its notice is over, and in the interim one’s (S4-14)', () => {
    expect(shown(providerUser, [...leaving, gap])).toBeUndefined();
    const holder = { providerId: otherProviderId, contractId: 'i', contractType: 'spot' };
    const cover = event('InterimCoverRecorded', { cover: 'x', fromOn: '2026-03-10', holder });
    expect(shown(otherProviderUser, [...leaving, gap])).toBeUndefined();
    expect(shown(otherProviderUser, [...leaving, gap, cover], '2026-03-11')).toMatchObject({
      responsible: { providerId: otherProviderId, sinceOn: '2026-03-10' },
    });
  });

  it('is out of sight of a provider whose award was reversed, and stays with the old one', () => {
    const reversal = { ...other, requestId, startOn: '2026-03-09', reversedOn: '2026-03-06' };
    const reversed = event('AwardReversed', { ...reversal, by: 'provider', reason: 'sealed' });
    expect(shown(otherProviderUser, [...transferred, reversed])).toBeUndefined();
    expect(shown(providerUser, [...transferred, reversed])).toMatchObject({ stage: 'live' });
  });
});

describe('Who is responsible', () => {
  const responsibleOn = (today: string, events: readonly SpecEvent[], viewer: Viewer = broker) =>
    shown(viewer, events, today)?.responsible;

  it('is the old provider until the new one’s first day, then the new one (S4-14)', () => {
    expect(responsibleOn('2026-03-08', begun)).toMatchObject({ providerId });
    expect(responsibleOn('2026-03-09', begun)).toEqual({
      ...{ providerId: otherProviderId, providerName: 'Birch Homecare', sinceOn: '2026-03-09' },
    });
    expect(responsibleOn('2026-03-09', begun, caseSystem)).toBeDefined();
  });

  it('is nobody before care begins, in a pause, in a gap and after the end (S4-14)', () => {
    expect(responsibleOn('2026-03-05', [referred()])).toBeUndefined();
    const suspended = event('PackageSuspended', {
      ...{ suspensionId: 's', reason: 'hospital', fromOn: '2026-03-05', expectedReturnOn: null },
    });
    expect(responsibleOn('2026-03-04', [takenOn(), suspended])).toBeDefined();
    expect(responsibleOn('2026-03-05', [takenOn(), suspended])).toBeUndefined();
    expect(responsibleOn('2026-03-08', [...leaving, gap])).toBeDefined();
    expect(responsibleOn('2026-03-09', [...leaving, gap])).toBeUndefined();
    expect(responsibleOn('2026-03-15', [takenOn(), ended('2026-03-16')])).toBeDefined();
    expect(responsibleOn('2026-03-16', [takenOn(), ended('2026-03-16')])).toBeUndefined();
  });

  it('has been so since its first day, pauses apart (S4-14)', () => {
    const suspension = { suspensionId: 's', reason: 'hospital', fromOn: '2026-02-02' };
    const paused = event('PackageSuspended', { ...suspension, expectedReturnOn: '2026-02-16' });
    const back = { suspensionId: 's', providerId, restartOn: '2026-02-16' };
    const events = [takenOn(), paused, event('PackageRestarted', back)];
    expect(responsibleOn('2026-03-05', events)).toMatchObject({ sinceOn: '2025-06-02' });
    expect(shown(broker, events)).not.toHaveProperty('suspension');
  });
});

describe('A package', () => {
  const suspended = event('PackageSuspended', {
    ...{ suspensionId: 's', reason: 'hospital', fromOn: '2026-03-04', note: 'sealed' },
    expectedReturnOn: '2026-03-20',
  });
  const variation = {
    ...{ variationId: 'v', kind: 'temporary', fromOn: '2026-03-02', endsBefore: '2026-03-09' },
    ...{ schedule: [insulin], weeklyMinutes: 150, weeklyCostPence: 5_250, reason: 'sealed' },
  };

  it('shows its pause with the expected return, to its provider too (X17)', () => {
    const changed = { suspensionId: 's', expectedReturnOn: null };
    expect(shown(broker, [takenOn(), suspended, ended('2026-03-05')])).not.toHaveProperty(
      'suspension',
    );
    for (const viewer of [broker, providerUser]) {
      expect(shown(viewer, [takenOn(), suspended])?.suspension).toEqual({
        ...{ suspensionId: 's', reason: 'hospital', fromOn: '2026-03-04' },
        expectedReturnOn: '2026-03-20',
      });
      const later = shown(viewer, [takenOn(), suspended, event('ExpectedReturnChanged', changed)]);
      expect(later?.suspension).not.toHaveProperty('expectedReturnOn');
    }
  });

  it('shows its open gap and who sees to it, to no provider (S4-14)', () => {
    const assigned = event('GapAssigned', { gapId: 'g', owner: 'ben', previousOwner: 'duty-desk' });
    const events = [...leaving, gap, assigned];
    expect(shown(broker, events)?.openGap).toEqual({
      ...{ gapId: 'g', fromOn: '2026-03-09', reason: 'notice-expired', owner: 'ben' },
    });
    const closed = event('GapClosed', { gapId: 'g', closedOn: '2026-03-12', how: 'started' });
    expect(shown(broker, [...events, closed], '2026-03-11')).toHaveProperty('openGap');
    expect(shown(broker, [...events, closed], '2026-03-12')).not.toHaveProperty('openGap');
    const interim = event('InterimCoverRecorded', {
      ...{ cover: 'x', fromOn: '2026-03-10' },
      holder: { providerId: otherProviderId, contractId: 'i', contractType: 'spot' },
    });
    expect(shown(otherProviderUser, [...events, interim])).not.toHaveProperty('openGap');
  });

  it('shows a temporary variation up to its last day, and its usual care beside it (X18)', () => {
    const events = [takenOn(), event('PackageVaried', variation)];
    const on = (today: string, ...more: readonly SpecEvent[]) =>
      shown(broker, [...events, ...more], today);
    expect(on('2026-03-08')?.temporaryVariations).toEqual([
      {
        ...{ variationId: 'v', fromOn: '2026-03-02', lastDay: '2026-03-08' },
        ...{ weeklyMinutes: 150, weeklyCostPence: 5_250, schedule: [insulin] },
      },
    ]);
    expect(on('2026-03-08')?.weeklyMinutes).toBe(780);
    expect(on('2026-03-09')?.temporaryVariations).toEqual([]);
    const early = event('VariationEndedEarly', { variationId: 'v', endsBefore: '2026-03-05' });
    expect(on('2026-03-05', early)?.temporaryVariations).toEqual([]);
    expect(on('2026-03-04', early)?.temporaryVariations).toMatchObject([{ lastDay: '2026-03-04' }]);
  });

  it('shows the routes asked and those left out, to no provider (S3-17)', () => {
    const excused = event('RouteStepExcused', {
      ...{ route: 'framework', reason: 'no-capacity', evidence: 'sealed', reviewOn: '2026-04-01' },
    });
    const events = [referred(), excused, issued({ route: 'spot' })];
    expect(shown(broker, events)?.routesAsked).toMatchObject([
      { route: 'framework', excusedBecause: 'no-capacity', reviewOn: '2026-04-01' },
      { route: 'spot', requestId, requestNumber: 'R-7F3K-92QD' },
    ]);
    expect(shown(providerUser, transferred)?.routesAsked).toEqual([]);
    expect(shown(otherProviderUser, transferred)?.routesAsked).toEqual([]);
  });

  it('shows when its award was acknowledged (X24)', () => {
    const acknowledgedAt = '2026-03-06T10:00:00.000Z';
    const acknowledged = event('AwardAcknowledged', { ...other, requestId, acknowledgedAt });
    for (const viewer of [broker, otherProviderUser]) {
      expect(shown(viewer, transferred)?.award).not.toHaveProperty('acknowledgedAt');
      expect(shown(viewer, [...transferred, acknowledged])?.award).toMatchObject({
        acknowledgedAt,
      });
    }
    expect(shown(providerUser, [...transferred, acknowledged])?.award).not.toHaveProperty(
      'acknowledgedAt',
    );
  });

  it('is seen by an external broker with all of it, its own case alone (S3-4)', () => {
    const external = (organisation: string): Viewer => ({
      ...{ id: 'x', roles: ['external-broker'], organisation },
    });
    const origin = { kind: 'external-broker', brokerOrganisation: 'harbour-brokers' };
    const events = [referred({ origin }), issued({ route: 'framework' })];
    expect(shown(external('harbour-brokers'), events)?.routesAsked).toHaveLength(1);
    expect(shown(external('other-brokers'), events)).toBeUndefined();
  });
});
