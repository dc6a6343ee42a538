import type { Viewer } from '#kernel/actor.js';
import type { Clock } from '#platform/commands/clock.js';
import {
  awarded,
  broker,
  confirmed,
  contractId,
  directPayment,
  ended,
  fellThrough,
  offerId,
  otherProviderId,
  otherProviderUser,
  packageId,
  personId,
  providerId,
  providerUser,
  referred,
  requestId,
  started,
  takenOn,
} from '../care.fixtures.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { chase } from './chase.projection.js';
import { ChaseReads, packagesOfProvider } from './chase.queries.js';
import { AgeSort, AwardsToChaseSort, OverdueFor } from './chase.view.js';

const given = (...events: readonly SpecEvent[]) => givenEvents(chase).given(...events);
const at = (recordedAt: string, event: SpecEvent): SpecEvent => ({ ...event, recordedAt });
const readsOf = (events: readonly SpecEvent[], today: string) => {
  const clock: Clock = { simulated: true, now: () => `${today}T12:00:00.000Z` };
  const folded = { chase: given(...events), 'council-policy': givenEvents(councilPolicy).given() };
  return new ChaseReads(projectorOver(folded).projector, clock);
};
const reversed: SpecEvent = {
  type: 'AwardReversed',
  data: {
    ...{ packageId, personId, requestId, offerId, providerId, contractId },
    ...{ startOn: '2026-03-09', by: 'provider', reason: 'sealed', reversedOn: '2026-03-08' },
  },
};
const acknowledged: SpecEvent = {
  type: 'AwardAcknowledged',
  data: { packageId, requestId, offerId, providerId, acknowledgedAt: '2026-03-06T10:00:00.000Z' },
};
/** A Thursday; the agreed start is Monday 9 March. */
const award = at('2026-03-05T10:00:00.000Z', confirmed());

describe('The chase list', () => {
  const overdue = (what: OverdueFor, today: string, ...more: readonly SpecEvent[]) =>
    readsOf([award, ...more], today)
      .awards(broker, { overdueFor: what }, AwardsToChaseSort.START_FIRST, { first: 10 })
      .edges.map(({ node }) => node.packageId);

  it('has an award that was not acknowledged after the policy’s working days (X24)', () => {
    const late = (today: string, ...more: readonly SpecEvent[]) =>
      overdue(OverdueFor.ACKNOWLEDGEMENT, today, ...more);
    expect(late('2026-03-06')).toEqual([]);
    expect(late('2026-03-07')).toEqual([packageId]);
    expect(late('2026-03-07', acknowledged)).toEqual([]);
  });

  it('counts no weekend and no bank holiday among working days (X24)', () => {
    const easter = readsOf([at('2026-04-02T10:00:00.000Z', confirmed())], '2026-04-07');
    const page = (reads: ChaseReads, overdueFor?: OverdueFor) =>
      reads.awards(broker, overdueFor ? { overdueFor } : {}, AwardsToChaseSort.CONFIRMED_FIRST, {
        first: 10,
      });
    expect(page(easter).edges).toMatchObject([{ node: { acknowledgementDueOn: '2026-04-07' } }]);
    expect(page(easter, OverdueFor.ACKNOWLEDGEMENT).edges).toEqual([]);
    const after = readsOf([at('2026-04-02T10:00:00.000Z', confirmed())], '2026-04-08');
    expect(page(after, OverdueFor.ACKNOWLEDGEMENT).totalCount).toBe(1);
  });

  it('has an award that was not started the policy’s days after its date (X24)', () => {
    expect(overdue(OverdueFor.START, '2026-03-10')).toEqual([]);
    expect(overdue(OverdueFor.START, '2026-03-11')).toEqual([packageId]);
  });

  it.each([
    ['it has started', started()],
    ['it is reversed', reversed],
    ['the package ends', ended('2026-03-10')],
    ['a direct payment is taken', directPayment('2026-03-10')],
  ])('lets an award go when %s (X24)', (_, event) => {
    given(award).row('awards', packageId).isLike({ confirmedOn: '2026-03-05', chases: 0 });
    given(award, event).row('awards', packageId).isAbsent();
  });

  it('counts how often a provider was asked (X24)', () => {
    const chased: SpecEvent = {
      type: 'StartChased',
      data: {
        ...{ packageId, personId, providerId, outcome: 'no-answer' },
        chasedAt: '2026-03-11T10:00:00.000Z',
      },
    };
    given(award, chased, chased)
      .row('awards', packageId)
      .isLike({ chases: 2, lastOutcome: 'no-answer', lastChasedAt: '2026-03-11T10:00:00.000Z' });
  });

  it('shows a provider its own awards alone', () => {
    const seenBy = (viewer: Viewer) =>
      readsOf([award], '2026-03-10').awards(viewer, {}, AwardsToChaseSort.START_FIRST, {
        first: 10,
      });
    expect(seenBy(providerUser).totalCount).toBe(1);
    expect(seenBy(otherProviderUser).totalCount).toBe(0);
    expect(seenBy(otherProviderUser).edges).toEqual([]);
  });
});

const gap = (fromOn: string, gapId = 'g1', reason = 'notice-expired'): SpecEvent => ({
  type: 'GapOpened',
  data: { packageId, personId, gapId, fromOn, reason, owner: 'duty-desk' },
});

describe('Open gaps', () => {
  const open = (today: string, viewer: Viewer, ...events: readonly SpecEvent[]) =>
    readsOf(events, today)
      .gaps(viewer, {}, AgeSort.OLDEST_FIRST, { first: 10 })
      .edges.map(({ node }) => node);

  it('have an owner, a reason and an age (S4-14)', () => {
    const assigned: SpecEvent = {
      type: 'GapAssigned',
      data: { packageId, personId, gapId: 'g1', owner: 'senior-1', previousOwner: 'duty-desk' },
    };
    expect(open('2026-03-12', broker, gap('2026-03-10'), assigned)).toEqual([
      {
        ...{ gapId: 'g1', packageId, fromOn: '2026-03-10', reason: 'notice-expired' },
        ...{ owner: 'senior-1', ageDays: 2 },
      },
    ]);
    expect(open('2026-03-12', providerUser, gap('2026-03-10'))).toEqual([]);
  });

  it('are open until the day before they close (S4-14)', () => {
    const closed: SpecEvent = {
      type: 'GapClosed',
      data: { packageId, personId, gapId: 'g1', closedOn: '2026-03-12', how: 'started' },
    };
    expect(open('2026-03-11', broker, gap('2026-03-10'), closed)).toHaveLength(1);
    expect(open('2026-03-12', broker, gap('2026-03-10'), closed)).toEqual([]);
  });
});

describe('Suspended packages', () => {
  const suspended: SpecEvent = {
    type: 'PackageSuspended',
    data: {
      ...{ packageId, personId, suspensionId: 's1', reason: 'hospital', fromOn: '2026-03-02' },
      expectedReturnOn: '2026-03-09',
    },
  };
  const overdue = (today: string, ...more: readonly SpecEvent[]) =>
    readsOf([suspended, ...more], today)
      .suspended(broker, { overdue: true }, AgeSort.OLDEST_FIRST, { first: 10 })
      .edges.map(({ node }) => node.overdueDays);

  it('are overdue from the day after the expected return (X17)', () => {
    expect(overdue('2026-03-09')).toEqual([]);
    expect(overdue('2026-03-10')).toEqual([1]);
    const later: SpecEvent = {
      type: 'ExpectedReturnChanged',
      data: { packageId, suspensionId: 's1', expectedReturnOn: '2026-03-20' },
    };
    expect(overdue('2026-03-10', later)).toEqual([]);
    const unknown = { ...later, data: { ...(later.data as object), expectedReturnOn: null } };
    expect(overdue('2026-03-10', unknown)).toEqual([0]);
  });

  it.each([
    ['care goes on', 'PackageRestarted', { restartOn: '2026-03-09' }],
    ['the provider declines', 'RestartDeclined', { restartOn: '2026-03-09', reason: 'no-answer' }],
    [
      'the person returns to no provider',
      'GapOpened',
      { fromOn: '2026-03-09', owner: 'o', reason: 'returned-without-provider' },
    ],
  ])('leave the list when %s (X17)', (_, type, data) => {
    const event = { type, data: { packageId, providerId, gapId: 'g', ...data } };
    given(suspended, event).row('suspensions', packageId).isAbsent();
    given(suspended, gap('2026-03-10'))
      .row('suspensions', packageId)
      .isLike({ reason: 'hospital' });
  });
});

describe('The packages of a provider', () => {
  const partsOf = async (of: string, ...events: readonly SpecEvent[]) => {
    const { projector, store } = projectorOver({ chase: given(...events) });
    const { value } = await packagesOfProvider(projector, store, { providerId: of });
    return value.map(({ part }) => part);
  };
  const handedBack: SpecEvent = {
    type: 'PackageHandedBack',
    data: { packageId, providerId, contractId, effectiveOn: '2026-03-30' },
  };

  it('are those it is responsible for, is to start or is leaving (X19)', async () => {
    expect(await partsOf(providerId, takenOn())).toEqual(['responsible']);
    expect(await partsOf(providerId, awarded())).toEqual(['pending']);
    expect(await partsOf(providerId, awarded(), confirmed())).toEqual(['awarded']);
    expect(await partsOf(providerId, awarded(), confirmed(), started())).toEqual(['responsible']);
    expect(await partsOf(providerId, takenOn(), handedBack)).toEqual(['leaving']);
    expect(await partsOf(otherProviderId, takenOn())).toEqual([]);
  });

  it('are no longer its when another one starts, nor what is over (X19)', async () => {
    const other = [
      awarded({ providerId: otherProviderId }),
      confirmed({ providerId: otherProviderId }),
    ];
    const both = [takenOn(), handedBack, ...other];
    expect(await partsOf(providerId, ...both)).toEqual(['leaving']);
    const starts = started({ providerId: otherProviderId });
    expect(await partsOf(providerId, ...both, starts)).toEqual([]);
    expect(await partsOf(otherProviderId, ...both, starts)).toEqual(['responsible']);
    for (const over of [ended('2026-03-10'), directPayment('2026-03-10')]) {
      expect(await partsOf(providerId, takenOn(), over)).toEqual([]);
    }
    expect(await partsOf(providerId, takenOn(), handedBack, gap('2026-03-30'))).toEqual([]);
  });

  it('are not its after an award that fell through or was reversed (X24)', async () => {
    expect(await partsOf(providerId, awarded(), fellThrough())).toEqual([]);
    expect(await partsOf(providerId, awarded(), confirmed(), reversed)).toEqual([]);
    const both = [takenOn({ providerId: otherProviderId }), awarded(), confirmed(), reversed];
    expect(await partsOf(otherProviderId, ...both)).toEqual(['responsible']);
  });
});

describe('An external broker', () => {
  const external = (organisation: string): Viewer => ({
    ...{ id: `x-${organisation}`, roles: ['external-broker'], organisation },
  });
  const sent = referred({
    origin: { kind: 'external-broker', brokerOrganisation: 'harbour-brokers' },
  });
  const suspended: SpecEvent = {
    type: 'PackageSuspended',
    data: { packageId, personId, suspensionId: 's', reason: 'hospital', fromOn: '2026-03-09' },
  };
  const listed = (viewer: Viewer, origin: SpecEvent) => {
    const reads = readsOf([origin, award, gap('2026-03-09'), suspended], '2026-03-10');
    const page = { first: 10 };
    return [
      reads.awards(viewer, {}, AwardsToChaseSort.START_FIRST, page),
      reads.gaps(viewer, {}, AgeSort.OLDEST_FIRST, page),
      reads.suspended(viewer, {}, AgeSort.OLDEST_FIRST, page),
    ].map(({ edges, totalCount }) => [edges.length, totalCount]);
  };
  const all = [1, 1, 1].map((one) => [one, one]);
  const none = [0, 0, 0].map((zero) => [zero, zero]);

  it('follows up its own cases, and no other one’s (S3-4)', () => {
    expect(listed(external('harbour-brokers'), sent)).toEqual(all);
    expect(listed(external('other-brokers'), sent)).toEqual(none);
    expect(listed(external('harbour-brokers'), referred())).toEqual(none);
    expect(listed(broker, referred())).toEqual(all);
  });
});
