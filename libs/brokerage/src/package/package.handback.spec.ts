import type { Actor } from '#kernel/actor.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import {
  acorn,
  awarded,
  birch,
  broker,
  commandId,
  contractOf,
  offerOfAcorn,
  packageId,
  personId,
  presented,
  referred,
  sendable,
  takenOn,
  userOf,
} from './package.fixtures.js';

const { given } = specFor(packageDecider);
const now = '2026-03-02T09:00:00.000Z';
const handBack = (
  fields: object,
  {
    events = [takenOn],
    actor = broker,
    noticeDays = null,
    at = now,
  }: {
    events?: readonly PackageEvent[];
    actor?: Actor;
    noticeDays?: number | null;
    at?: string;
  } = {},
) =>
  given(...events).when(
    'HandBackPackage',
    { commandId, packageId, effectiveOn: '2026-03-30', reason: 'No carers', ...fields },
    { now: at, actor, facts: { contract: { noticeDays } } },
  );
const eventsOf = (decided: ReturnType<typeof handBack>) => decided.events() as PackageEvent[];

describe('A handback', () => {
  it('is the provider’s own, or entered by a broker, with its date and reason (X19)', () => {
    handBack({}, { actor: userOf(acorn) }).then({
      type: 'PackageHandedBack',
      data: {
        ...{ packageId, personId, providerId: acorn, contractId: contractOf(acorn) },
        ...{ cause: 'handback', reason: 'No carers', noticedOn: '2026-03-02' },
        ...{ effectiveOn: '2026-03-30', shortNotice: false, urgent: false, owner: 'duty-desk' },
      },
    });
    handBack({}).thenLike({ type: 'PackageHandedBack', data: { owner: 'broker-1' } });
    handBack({}, { actor: userOf(birch) }).thenRejected('PackageOfAnotherProvider');
    handBack({ cause: 'provider-failure' }, { actor: userOf(acorn) }).thenRejected(
      'CauseNotOfProvider',
    );
  });

  it('is urgent when the notice is a day shorter than the policy’s, not when it is kept (X19)', () => {
    handBack({ effectiveOn: '2026-03-30' }).thenLike({
      type: 'PackageHandedBack',
      data: { urgent: false },
    });
    handBack({ effectiveOn: '2026-03-29' }).thenLike({
      type: 'PackageHandedBack',
      data: { urgent: true, shortNotice: true },
    });
  });

  it('keeps the notice of its contract or not, apart from the policy’s (X19)', () => {
    handBack({ effectiveOn: '2026-03-30' }, { noticeDays: 29 }).thenLike({
      type: 'PackageHandedBack',
      data: { shortNotice: true, urgent: false },
    });
    handBack({ effectiveOn: '2026-03-29' }, { noticeDays: 27 }).thenLike({
      type: 'PackageHandedBack',
      data: { shortNotice: false, urgent: true },
    });
  });

  it('brings the package back to the awaiting-care list at once (X19)', () => {
    const urgent = eventsOf(handBack({ effectiveOn: '2026-03-10' }));
    given(takenOn, ...urgent)
      .when('IssueRequest', { commandId, packageId }, { now, facts: sendable })
      .thenLike({
        type: 'RequestIssued',
        data: { urgent: true, pack: { startOn: '2026-03-10' } },
      });
    given(takenOn)
      .when('IssueRequest', { commandId, packageId }, { now, facts: sendable })
      .thenRejected('PackageNotAwaitingRequest');
  });

  it('takes effect from today on; a failure may lie in the past, not before the start (X19)', () => {
    const both = [{ type: 'PackageHandedBack' }, { type: 'GapOpened' }] as const;
    handBack({ effectiveOn: '2026-03-02' }).thenLike(...both);
    handBack({ effectiveOn: '2026-03-01' }).thenRejected('HandbackInPast');
    const failed = { cause: 'provider-failure' };
    handBack({ ...failed, effectiveOn: '2025-11-03' }).thenLike(...both);
    handBack({ ...failed, effectiveOn: '2025-11-02' }).thenRejected('HandbackBeforeStart');
  });

  it('is given once; only a failure before its day changes it (X19)', () => {
    const events = [takenOn, ...eventsOf(handBack({}))];
    handBack({ effectiveOn: '2026-03-20' }, { events }).thenRejected('AlreadyHandedBack');
    const failed = { cause: 'provider-failure' };
    handBack({ ...failed, effectiveOn: '2026-03-30' }, { events }).thenRejected(
      'AlreadyHandedBack',
    );
    handBack({ ...failed, effectiveOn: '2026-03-29' }, { events }).thenLike({
      type: 'PackageHandedBack',
    });
  });

  it('is of the provider that was listed, not of one that took over meanwhile (X19)', () => {
    handBack({ providerId: acorn }).thenLike({ type: 'PackageHandedBack' });
    handBack({ providerId: birch }).thenRejected('PackageOfAnotherProvider');
    handBack({}, { events: [referred] }).thenRejected('NobodyInCharge');
  });

  it('of an award that has not started reverses it (X19, X24)', () => {
    handBack({ providerId: acorn, cause: 'bulk-handback' }, { events: awarded }).thenLike({
      type: 'AwardReversed',
      data: { providerId: acorn, offerId: offerOfAcorn.offerId, reversedOn: '2026-03-02' },
    });
    handBack({ providerId: birch }, { events: awarded }).thenRejected('NobodyInCharge');
  });
});

describe('The end of a notice', () => {
  const noticed = eventsOf(handBack({ effectiveOn: '2026-03-10' }));
  const openGap = (at: string, ...events: readonly PackageEvent[]) =>
    given(takenOn, ...noticed, ...events).when('OpenGap', { commandId, packageId }, { now: at });

  it('opens a gap with owner and reason when nobody has started, not before it (S4-14)', () => {
    openGap('2026-03-09T23:59:59.999Z').thenNothing();
    openGap('2026-03-10T00:00:00.000Z').thenLike({
      type: 'GapOpened',
      data: { fromOn: '2026-03-10', reason: 'notice-expired', owner: 'broker-1' },
    });
  });

  const transferred: PackageEvent[] = [
    ...([presented] as PackageEvent[]),
    ...(awarded.slice(3) as PackageEvent[]),
  ];
  const started: PackageEvent = {
    type: 'PackageStarted',
    data: { packageId, providerId: acorn, startedOn: '2026-03-09', evidence: 'first-visit' },
  };

  it('opens none when another provider has started, and closes one when it does (S4-14)', () => {
    const events = [...transferred, started];
    openGap('2026-03-10T00:00:00.000Z', ...events).thenNothing();
    const gap = openGap('2026-03-10T00:00:00.000Z').events() as PackageEvent[];
    given(takenOn, ...noticed, ...transferred, ...gap)
      .when('RecordFirstVisit', { packageId, providerId: acorn, deliveredOn: '2026-03-12' })
      .thenLike(
        { type: 'PackageStarted', data: { startedOn: '2026-03-12' } },
        { type: 'GapClosed', data: { closedOn: '2026-03-12', how: 'started' } },
      );
  });

  it('is at once where the provider has failed (S4-14)', () => {
    handBack({ cause: 'provider-failure', effectiveOn: '2026-03-02' }).thenLike(
      { type: 'PackageHandedBack' },
      { type: 'GapOpened', data: { fromOn: '2026-03-02', reason: 'provider-failure' } },
    );
    handBack({ cause: 'provider-failure', effectiveOn: '2026-03-03' }).thenLike({
      type: 'PackageHandedBack',
    });
  });
});

describe('A gap', () => {
  const failed = eventsOf(handBack({ cause: 'provider-failure', effectiveOn: '2026-03-02' }));

  it('is given to someone, and stays open (S4-14)', () => {
    const assign = (owner: string, ...events: PackageEvent[]) =>
      given(takenOn, ...events).when('AssignGap', { packageId, owner }, { now });
    assign('senior-1', ...failed).thenLike({
      type: 'GapAssigned',
      data: { owner: 'senior-1', previousOwner: 'broker-1' },
    });
    assign('broker-1', ...failed).thenNothing();
    assign('senior-1').thenRejected('NoOpenGap');
  });

  const cover = (fields: object, contract: object | null) =>
    given(takenOn, ...failed).when(
      'RecordInterimCover',
      { commandId, packageId, cover: 'other-provider', fromOn: '2026-03-02', ...fields },
      { now, facts: { contract } },
    );
  const spot = { known: true, providerId: birch, type: 'spot', liveOn: true };

  it('is closed by a provider that covers, not by family that does (S4-14)', () => {
    cover({ contractId: contractOf(birch) }, spot).thenLike(
      { type: 'InterimCoverRecorded', data: { holder: { providerId: birch } } },
      { type: 'GapClosed', data: { closedOn: '2026-03-02', how: 'interim-cover' } },
    );
    const family = cover({ cover: 'family-or-friends' }, null);
    family.thenLike({ type: 'InterimCoverRecorded' });
    expect(family.events()).toHaveLength(1);
  });

  it('is covered under a contract in force, from a day in the gap on (S4-14)', () => {
    const contractId = contractOf(birch);
    cover({ contractId }, { ...spot, liveOn: false }).thenRejected('InterimContractNotLive');
    cover({ contractId, fromOn: '2026-03-01' }, spot).thenRejected('CoverBeforeGap');
    cover({ contractId, fromOn: '2026-03-03' }, spot).thenRejected('CoverInFuture');
  });

  it('ends with the package (S4-14, X20)', () => {
    given(takenOn, ...failed)
      .when('EndPackage', { packageId, lastDay: '2026-03-05', outcome: 'deceased' })
      .thenLike(
        { type: 'PackageEnded', data: { endsBefore: '2026-03-06' } },
        { type: 'GapClosed', data: { closedOn: '2026-03-06', how: 'ended' } },
      );
  });
});

describe('The life of a person who waits', () => {
  const waiting = [takenOn, ...eventsOf(handBack({}))];
  const review = (fields: object, events: readonly PackageEvent[] = waiting) =>
    given(...events).when(
      'RecordRiskReview',
      { packageId, reviewedOn: '2026-03-02', outcome: 'safe-to-wait', ...fields },
      { now, policy: { ...shippedPolicy, riskReviewDays: 7 } },
    );

  it('is reviewed for risk, the next time within the policy’s days (S2-20)', () => {
    review({}).thenLike({ type: 'RiskReviewed', data: { nextDueOn: '2026-03-09' } });
    review({ nextDueOn: '2026-03-09' }).thenLike({ type: 'RiskReviewed' });
    review({ nextDueOn: '2026-03-10' }).thenRejected('NextReviewTooLate');
    review({ nextDueOn: '2026-03-02' }).thenRejected('NextReviewNotLater');
    review({ reviewedOn: '2026-03-03' }).thenRejected('ReviewInFuture');
    review({}, [takenOn]).thenRejected('PackageNotWaiting');
  });

  it('has a reason for waiting, another one with a note (S2-20)', () => {
    const because = (fields: object) =>
      given(referred).when('RecordWaitingReason', { packageId, ...fields });
    because({ reason: 'no-capacity' }).thenLike({ type: 'WaitingReasonRecorded' });
    because({ reason: 'other' }).thenRejected('WaitingNoteRequired');
    because({ reason: 'other', note: 'Moves next week' }).thenLike({
      type: 'WaitingReasonRecorded',
    });
  });

  it('is not withdrawn while the provider still cares; it is ended (X20)', () => {
    given(...waiting)
      .when('WithdrawReferral', { packageId, reason: 'No need' })
      .thenRejected('CareAlreadyAwarded');
    given(referred)
      .when('WithdrawReferral', { packageId, reason: 'No need' })
      .thenLike({ type: 'ReferralWithdrawn' });
    given(...waiting)
      .when('EndPackage', { packageId, lastDay: '2026-03-05', outcome: 'moved-away' })
      .thenLike({ type: 'PackageEnded' });
  });
});
