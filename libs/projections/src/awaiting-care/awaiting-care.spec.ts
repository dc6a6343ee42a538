import type { Actor } from '#kernel/actor.js';
import type { Clock } from '#platform/commands/clock.js';
import {
  awarded,
  broker,
  chosen,
  chosenByException,
  confirmed,
  directPayment,
  ended,
  fellThrough,
  issued,
  morning,
  needs,
  offersRefused,
  otherPresentedOffer,
  packageId,
  personId,
  contractId,
  presented,
  presentedOffer,
  providerId,
  providerUser,
  referred,
  requestClosed,
  requestId,
  started,
  takenOn,
  windowExtended,
  withdrawn,
} from '../care.fixtures.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { awaitingCare } from './awaiting-care.projection.js';
import { AwaitingCareReads } from './awaiting-care.queries.js';
import { AwaitingCareSort, type AwaitingCareFilter } from './awaiting-care.view.js';

const given = (...events: readonly SpecEvent[]) => givenEvents(awaitingCare).given(...events);
const at = (recordedAt: string, event: SpecEvent): SpecEvent => ({ ...event, recordedAt });
const toChoice = [referred(), issued(), presented(presentedOffer, otherPresentedOffer)];
const toAward = [...toChoice, chosen(), awarded()];

const readsOf = (events: readonly SpecEvent[], now = '2026-03-02T12:00:00.000Z') => {
  const clock: Clock = { simulated: true, now: () => now };
  const { projector } = projectorOver({
    ...{ 'awaiting-care': given(...events), 'council-policy': givenEvents(councilPolicy).given() },
  });
  return new AwaitingCareReads(projector, clock);
};

describe('The awaiting-care list', () => {
  it('begins its clock with the complete referral (S2-20)', () => {
    given(at('2026-03-02T09:30:00.000Z', referred()))
      .row('waiting', packageId)
      .is({
        ...{ packageId, referralRef: 'R-2001', stage: 'awaiting-request' },
        stageSince: '2026-03-02T09:30:00.000Z',
        waitingSince: '2026-03-02T09:30:00.000Z',
        ...{ weeklyMinutes: 780, patch: 'north', postcodeDistrict: 'ZZ7', lot: 'lot-1' },
        ...{ serviceLine: 'long-term', urgent: false, hospitalDischarge: false },
        ...{ startOn: '2026-03-09', presentedOfferIds: [], wantedStartOn: '2026-03-09' },
        waitingOn: '2026-03-02',
        clocks: [{ stage: 'awaiting-request', since: '2026-03-02T09:30:00.000Z' }],
        minutesByHour: { 8: 630, 12: 150 },
      });
  });

  const incomplete: SpecEvent = {
    type: 'IncompleteReferralReceived',
    data: {
      ...{ packageId, personId, origin: { kind: 'hospital' }, missing: [] },
      ...{ reference: { system: 's', personRef: 'p', referralRef: 'R-2001' }, draft: needs },
    },
  };
  const completed = { type: 'ReferralCompleted', data: { packageId, personId, needs } } as const;

  it('has no incomplete referral, and begins its clock once it is complete (S2-20)', () => {
    const story = given(at('2026-03-01T09:00:00.000Z', incomplete));
    story.row('waiting', packageId).isAbsent();
    story
      .given(at('2026-03-02T09:00:00.000Z', completed))
      .row('waiting', packageId)
      .isLike({
        ...{ stage: 'awaiting-request', waitingSince: '2026-03-02T09:00:00.000Z' },
        weeklyMinutes: 780,
        clocks: [
          {
            ...{ stage: 'referral-incomplete', since: '2026-03-01T09:00:00.000Z' },
            until: '2026-03-02T09:00:00.000Z',
          },
          { stage: 'awaiting-request', since: '2026-03-02T09:00:00.000Z' },
        ],
      });
  });

  it('shows the needs as corrected, and its clock goes on (S2-20)', () => {
    const corrected: SpecEvent = {
      type: 'ReferralCorrected',
      data: {
        ...{ packageId, personId, reason: 'sealed', changed: ['patch'] },
        needs: { ...needs, patch: 'south' },
      },
    };
    given(at('2026-03-02T09:00:00.000Z', referred()), corrected)
      .row('waiting', packageId)
      .isLike({ patch: 'south', waitingSince: '2026-03-02T09:00:00.000Z' });
  });

  it('begins a new clock when a person returns from a direct payment (S3-8)', () => {
    const returned: SpecEvent = {
      type: 'DirectPaymentReturned',
      data: { packageId, personId, returnedOn: '2026-04-01', reason: 'sealed' },
    };
    const returnedAt = '2026-04-01T09:00:00.000Z';
    given(referred(), directPayment('2026-03-09'), at(returnedAt, returned))
      .row('waiting', packageId)
      .isLike({ stage: 'awaiting-request', waitingSince: returnedAt });
    given(incomplete, directPayment('2026-03-09'), returned).row('waiting', packageId).isAbsent();
  });

  it('splits a visit between the hours in which its minutes are wanted (S4-15)', () => {
    const line = { ...morning, days: [1, 2], start: '23:45', minutes: 45, carers: 2 };
    given(referred({ needs: { ...needs, schedule: [line] } }))
      .row('waiting', packageId)
      .isLike({ minutesByHour: { 23: 60, 0: 120 }, weeklyMinutes: 180 });
  });

  it('shows each stage with the time it began (S2-20)', () => {
    const story = given(
      referred(),
      at('2026-03-02T10:00:00.000Z', issued()),
      at('2026-03-02T11:00:00.000Z', windowExtended('2026-03-04T10:00:00.000Z')),
    );
    story.row('waiting', packageId).isLike({
      ...{ stage: 'request-open', stageSince: '2026-03-02T10:00:00.000Z', requestId },
      closesAt: '2026-03-04T10:00:00.000Z',
    });
    const stages = [
      [requestClosed, 'request-closed'],
      [presented(presentedOffer), 'offers-presented'],
      [chosen(), 'choice-recorded'],
      [chosenByException, 'choice-recorded'],
      [awarded(), 'award-pending'],
      [confirmed(), 'awaiting-start'],
    ] as const;
    for (const [event, stage] of stages) {
      story.given(event).row('waiting', packageId).isLike({ stage });
    }
    story.row('waiting', packageId).isLike({ providerId });
  });

  it('puts a package back to its other offers when an award falls through (X5)', () => {
    const row = given(...toAward, fellThrough()).rowSeenBy(broker, 'waiting', packageId);
    expect(row).toMatchObject({
      stage: 'offers-presented',
      presentedOfferIds: [otherPresentedOffer.offerId],
      startOn: needs.startOn,
    });
    expect(row).not.toHaveProperty('providerId');
  });

  it('puts a package back to the request when its only offer falls through (X5)', () => {
    given(referred(), issued(), presented(presentedOffer), chosen(), awarded(), fellThrough())
      .row('waiting', packageId)
      .isLike({ stage: 'awaiting-request', presentedOfferIds: [] });
  });

  it('puts a package back to the request when all offers are refused (S1-11)', () => {
    given(...toChoice, offersRefused)
      .row('waiting', packageId)
      .isLike({ stage: 'awaiting-request', presentedOfferIds: [] });
  });

  it('keeps an awarded package whose first visit is not delivered (S2-20)', () => {
    given(...toAward, confirmed())
      .row('waiting', packageId)
      .isLike({ stage: 'awaiting-start' });
  });

  it.each([
    ['at the first delivered visit', [...toAward, confirmed(), started()]],
    ['when an awarded package ends', [...toAward, confirmed(), ended('2026-03-10')]],
    ['when the referral is withdrawn', [referred(), withdrawn]],
    ['with a direct payment', [...toChoice, directPayment('2026-03-09')]],
  ])('lets a package go %s (S2-20)', (_, events) => {
    given(...events)
      .row('waiting', packageId)
      .isAbsent();
  });

  const handedBack = (urgent: boolean): SpecEvent => ({
    type: 'PackageHandedBack',
    data: {
      ...{ packageId, personId, providerId, contractId, cause: 'handback', reason: 'sealed' },
      ...{ noticedOn: '2026-05-01', effectiveOn: '2026-05-29', shortNotice: urgent, urgent },
      owner: 'broker-1',
    },
  });

  it('has a package again at once when it is handed back, covered until its day (X19)', () => {
    const handedBackAt = '2026-05-01T10:00:00.000Z';
    for (const before of [[takenOn()], [...toAward, confirmed(), started()]]) {
      given(...before, at(handedBackAt, handedBack(true)))
        .row('waiting', packageId)
        .isLike({
          ...{ stage: 'awaiting-request', waitingSince: handedBackAt, urgent: true },
          ...{ coveredUntilOn: '2026-05-29', startOn: '2026-05-29' },
        });
    }
    given(takenOn(), handedBack(false)).row('waiting', packageId).isLike({ urgent: false });
  });

  it('has a package again whose provider does not restart (X17)', () => {
    const declined: SpecEvent = {
      type: 'RestartDeclined',
      data: {
        ...{ packageId, personId, suspensionId: 's', providerId, contractId },
        ...{ restartOn: '2026-05-04', reason: 'no-answer' },
      },
    };
    given(takenOn(), declined).row('waiting', packageId).isLike({ startOn: '2026-05-04' });
  });

  it('puts a package back to its other offers when an award is reversed (X24)', () => {
    const reversed: SpecEvent = {
      type: 'AwardReversed',
      data: {
        ...{ packageId, personId, requestId, offerId: presentedOffer.offerId, providerId },
        ...{ contractId, startOn: '2026-03-09', by: 'provider', reason: 'sealed' },
        reversedOn: '2026-03-08',
      },
    };
    given(...toAward, confirmed(), reversed)
      .row('waiting', packageId)
      .isLike({ stage: 'offers-presented', presentedOfferIds: [otherPresentedOffer.offerId] });
  });

  it('never holds a package that was taken on (X30)', () => {
    given(takenOn()).row('waiting', packageId).isAbsent();
  });

  it('counts age in civil days up to today (S2-20)', () => {
    const ageAt = (now: string) =>
      readsOf([at('2026-03-02T23:30:00.000Z', referred())], now)
        .page(broker, {}, AwaitingCareSort.OLDEST_FIRST, { first: 1 })
        .edges.map(({ node }) => node.ageDays);
    expect(ageAt('2026-03-02T23:59:59.999Z')).toEqual([0]);
    expect(ageAt('2026-03-03T00:00:00.000Z')).toEqual([1]);
    expect(ageAt('2026-04-01T00:00:00.000Z')).toEqual([30]);
  });
});

describe('A waiting person', () => {
  const referredAt = '2026-03-02T09:00:00.000Z';
  const subject = { packageId, personId };
  const reviewed = (nextDueOn: string): SpecEvent => ({
    type: 'RiskReviewed',
    data: { ...subject, reviewedOn: '2026-03-04', outcome: 'safe-to-wait', nextDueOn },
  });
  const shownAt = (now: string, ...events: readonly SpecEvent[]) =>
    readsOf([at(referredAt, referred()), ...events], now)
      .page(broker, {}, AwaitingCareSort.OLDEST_FIRST, { first: 1 })
      .edges.at(0)?.node;
  const overdueAt = (now: string, ...events: readonly SpecEvent[]) => {
    const reads = readsOf([at(referredAt, referred()), ...events], now);
    const count = (riskReviewOverdue: boolean) =>
      reads.page(broker, { riskReviewOverdue }, AwaitingCareSort.RISK_REVIEW_FIRST, { first: 1 })
        .totalCount;
    return [count(true), count(false), shownAt(now, ...events)?.riskReviewOverdue];
  };

  it('has a clock of its own at each stage, and at each return to it (S2-20)', () => {
    const events = [
      at('2026-03-02T10:00:00.000Z', issued()),
      at('2026-03-02T11:30:59.000Z', requestClosed),
      at('2026-03-02T12:00:00.000Z', presented(presentedOffer)),
      at('2026-03-02T12:10:00.000Z', offersRefused),
    ];
    expect(shownAt('2026-03-02T12:15:30.000Z', ...events)?.stageClocks).toMatchObject([
      { stage: 'awaiting-request', since: referredAt, minutes: 60 },
      { stage: 'request-open', minutes: 90, until: '2026-03-02T11:30:59.000Z' },
      { stage: 'request-closed', minutes: 29 },
      { stage: 'offers-presented', minutes: 10 },
      { stage: 'awaiting-request', minutes: 5 },
    ]);
  });

  it('shows why it waits and how it is covered, without the notes (S2-20)', () => {
    const events: SpecEvent[] = [
      { type: 'WaitingReasonRecorded', data: { ...subject, reason: 'area', note: 'sealed' } },
      {
        type: 'InterimCoverRecorded',
        data: { ...subject, cover: 'family-or-friends', fromOn: '2026-03-02', note: 'sealed' },
      },
    ];
    const row = shownAt(referredAt, ...events);
    expect(row).toMatchObject({
      ...{ waitingReason: 'area', interimCover: 'family-or-friends' },
      interimCoverFromOn: '2026-03-02',
    });
    expect(JSON.stringify(row)).not.toContain('sealed');
    const reads = readsOf([referred(), ...events]);
    expect(reads.totals(broker, { waitingReason: ['area'] }).packages).toBe(1);
    expect(reads.totals(broker, { waitingReason: ['price'] }).packages).toBe(0);
    expect(reads.totals(broker, { interimCover: ['family-or-friends'] }).packages).toBe(1);
    expect(reads.totals(broker, { interimCover: ['none'] }).packages).toBe(0);
  });

  it('is to be reviewed first the policy’s days after the referral (S2-20)', () => {
    expect(shownAt(referredAt)?.nextRiskReviewOn).toBe('2026-03-09');
    expect(overdueAt('2026-03-09T23:59:59.999Z')).toEqual([0, 1, false]);
    expect(overdueAt('2026-03-10T00:00:00.000Z')).toEqual([1, 0, true]);
  });

  it('is to be reviewed next by the day that the last review named (S2-20)', () => {
    expect(shownAt(referredAt, reviewed('2026-03-11'))).toMatchObject({
      ...{ riskReviewedOn: '2026-03-04', riskOutcome: 'safe-to-wait' },
      nextRiskReviewOn: '2026-03-11',
    });
    expect(overdueAt('2026-03-11T12:00:00.000Z', reviewed('2026-03-11'))).toEqual([0, 1, false]);
    expect(overdueAt('2026-03-12T00:00:00.000Z', reviewed('2026-03-11'))).toEqual([1, 0, true]);
  });
});

describe('A reader of the awaiting-care list', () => {
  const line = needs.schedule[0];
  const other = (id: string, recordedAt: string, change: Partial<typeof needs>) =>
    at(recordedAt, referred({ packageId: id, needs: { ...needs, ...change } }));
  const three = [
    other('a', '2026-03-01T09:00:00.000Z', { patch: 'south', startOn: '2026-03-20' }),
    other('b', '2026-03-02T09:00:00.000Z', { urgent: true, hospitalDischarge: true }),
    other('c', '2026-03-03T09:00:00.000Z', {
      schedule: line ? [line] : [],
      serviceLine: 'short-term',
    }),
  ];
  const reads = readsOf(three);
  const listed = (filter: AwaitingCareFilter, sort = AwaitingCareSort.OLDEST_FIRST) =>
    reads.page(broker, filter, sort, { first: 10 }).edges.map(({ node }) => node.packageId);

  it.each([
    [AwaitingCareSort.OLDEST_FIRST, ['a', 'b', 'c']],
    [AwaitingCareSort.NEWEST_FIRST, ['c', 'b', 'a']],
    [AwaitingCareSort.URGENT_FIRST, ['b', 'a', 'c']],
    [AwaitingCareSort.MOST_CARE_FIRST, ['b', 'a', 'c']],
    [AwaitingCareSort.LEAST_CARE_FIRST, ['c', 'a', 'b']],
    [AwaitingCareSort.START_FIRST, ['b', 'c', 'a']],
    [AwaitingCareSort.RISK_REVIEW_FIRST, ['a', 'b', 'c']],
  ])('sorts by %s', (sort, expected) => {
    expect(listed({}, sort)).toEqual(expected);
  });

  it('filters by stage, patch, urgency, discharge, service line and care a week', () => {
    expect(listed({ stage: ['request-open'] })).toEqual([]);
    expect(listed({ patch: ['south', 'west'] })).toEqual(['a']);
    expect(listed({ urgent: true })).toEqual(['b']);
    expect(listed({ urgent: false })).toEqual(['a', 'c']);
    expect(listed({ hospitalDischarge: true })).toEqual(['b']);
    expect(listed({ serviceLine: 'short-term' })).toEqual(['c']);
    expect(listed({ minimumWeeklyMinutes: 780 })).toEqual(['a', 'b']);
    expect(listed({ minimumWeeklyMinutes: 781 })).toEqual([]);
  });

  it('pages, with totals of the whole filtered list (S4-15)', () => {
    const first = reads.page(broker, {}, AwaitingCareSort.OLDEST_FIRST, { first: 2 });
    expect(first).toMatchObject({ totalCount: 3, hasNextPage: true });
    const cursor = first.edges.at(-1)?.cursor;
    const rest = reads.page(broker, {}, AwaitingCareSort.OLDEST_FIRST, { first: 2, cursor });
    expect(rest.edges.map(({ node }) => node.packageId)).toEqual(['c']);
    const all = { packages: 3, weeklyMinutes: 780 + 780 + 630 };
    expect(reads.totals(broker, {})).toMatchObject(all);
    expect(reads.totals(broker, { patch: ['south'] })).toMatchObject({
      ...{ packages: 1, weeklyMinutes: 780 },
    });
  });

  it('counts the hours that are waited for and unfilled by patch and by hour (S4-15)', () => {
    const confirmedCare = [...toAward, confirmed()];
    const { byPatch, byHour, unfilled } = readsOf([...three, ...confirmedCare]).totals(broker, {});
    expect(unfilled).toEqual({ packages: 3, weeklyMinutes: 780 + 780 + 630 });
    expect(byPatch).toEqual([
      { patch: 'north', packages: 3, weeklyMinutes: 2190, unfilledWeeklyMinutes: 1410 },
      { patch: 'south', packages: 1, weeklyMinutes: 780, unfilledWeeklyMinutes: 780 },
    ]);
    expect(byHour).toEqual([
      { hour: 8, weeklyMinutes: 4 * 630, unfilledWeeklyMinutes: 3 * 630 },
      { hour: 12, weeklyMinutes: 3 * 150, unfilledWeeklyMinutes: 2 * 150 },
    ]);
  });

  it('counts a package as covered before its provider leaves, and not from then on (S2-20)', () => {
    const handedBack: SpecEvent = {
      type: 'PackageHandedBack',
      data: {
        ...{ packageId, personId, providerId, contractId, cause: 'handback', reason: 'sealed' },
        ...{ noticedOn: '2026-05-01', effectiveOn: '2026-05-29', shortNotice: false },
        ...{ urgent: false, owner: 'broker-1' },
      },
    };
    const on = (now: string) => readsOf([...three, takenOn(), handedBack], now);
    const before = on('2026-05-28T12:00:00.000Z');
    expect(before.totals(broker, {})).toMatchObject({
      covered: { packages: 1, weeklyMinutes: 780 },
      uncovered: { packages: 3, weeklyMinutes: 2190 },
    });
    expect(before.totals(broker, { covered: true }).packages).toBe(1);
    expect(before.totals(broker, { covered: false }).packages).toBe(3);
    const after = on('2026-05-29T12:00:00.000Z');
    expect(after.totals(broker, {})).toMatchObject({ covered: { packages: 0, weeklyMinutes: 0 } });
    expect(after.totals(broker, { covered: true }).packages).toBe(0);
    expect(after.totals(broker, { covered: false }).packages).toBe(4);
  });

  it('is no provider, and an external broker sees its own cases alone (S3-4)', () => {
    const external: Actor = { id: 'x', roles: ['external-broker'], organisation: 'org-1' };
    const stranger: Actor = { ...external, organisation: 'org-2' };
    const own = referred({ origin: { kind: 'external-broker', brokerOrganisation: 'org-1' } });
    const both = readsOf([...three, own]);
    const seen = (viewer: Actor) =>
      both.page(viewer, {}, AwaitingCareSort.OLDEST_FIRST, { first: 10 }).totalCount;
    expect(seen(broker)).toBe(4);
    expect(seen(external)).toBe(1);
    expect(both.totals(external, {})).toMatchObject({
      ...{ packages: 1, weeklyMinutes: 780 },
      byPatch: [{ patch: 'north', packages: 1 }],
      byHour: [{ hour: 8, weeklyMinutes: 630 }, { hour: 12 }],
    });
    expect(seen(stranger)).toBe(0);
    expect(seen(providerUser)).toBe(0);
    expect(given(own).rowSeenBy(providerUser, 'waiting', packageId)).toBeUndefined();
  });
});
