import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { packageDecider } from './package.decider.js';
import type { PackageEvent } from './package.events.js';
import {
  acorn,
  birch,
  broker,
  commandId,
  contractOf,
  packageId,
  personId,
  referred,
  sendable,
  takenOn,
  userOf,
} from './package.fixtures.js';
import type {
  GapOpened,
  PackageHandedBack,
  PackageSuspended,
  RestartOffered,
} from './package.service.events.js';

const { given } = specFor(packageDecider);
const now = '2026-03-02T09:00:00.000Z';
const suspensionId = '01932e1c-0a10-7000-8000-0000000000e1';
const suspended: PackageSuspended = {
  type: 'PackageSuspended',
  data: {
    ...{ packageId, personId, suspensionId, reason: 'hospital', fromOn: '2026-03-02' },
    expectedReturnOn: '2026-03-09',
  },
};
const offered: RestartOffered = {
  type: 'RestartOffered',
  data: {
    ...{ packageId, personId, suspensionId, providerId: acorn, restartOn: '2026-03-09' },
    ...{ offeredAt: now, closesAt: '2026-03-03T09:00:00.000Z' },
  },
};
const handedBack = (effectiveOn: string): PackageHandedBack => ({
  type: 'PackageHandedBack',
  data: {
    ...{ packageId, personId, providerId: acorn, contractId: contractOf(acorn) },
    ...{ cause: 'handback', reason: 'No carers', noticedOn: '2026-03-02', effectiveOn },
    ...{ shortNotice: true, urgent: true, owner: 'broker-1' },
  },
});

describe('A suspension', () => {
  const suspend = (fields: object, ...events: readonly PackageEvent[]) =>
    given(takenOn, ...events).when(
      'SuspendPackage',
      { commandId, packageId, reason: 'hospital', fromOn: '2026-03-02', ...fields },
      { now },
    );

  it('has a reason and an expected return, and may be dated back (X17)', () => {
    suspend({ expectedReturnOn: '2026-03-09' }).thenLike({
      type: 'PackageSuspended',
      data: { reason: 'hospital', fromOn: '2026-03-02', expectedReturnOn: '2026-03-09' },
    });
    suspend({ fromOn: '2026-02-02' }).thenLike({
      type: 'PackageSuspended',
      data: { fromOn: '2026-02-02', expectedReturnOn: null },
    });
  });

  it('begins no earlier than the present provider did (X17)', () => {
    suspend({ fromOn: '2025-11-03' }).thenLike({ type: 'PackageSuspended' });
    suspend({ fromOn: '2025-11-02' }).thenRejected('SuspensionBeforeCare');
  });

  it('expects the person back after its first day (X17)', () => {
    suspend({ expectedReturnOn: '2026-03-03' }).thenLike({ type: 'PackageSuspended' });
    suspend({ expectedReturnOn: '2026-03-02' }).thenRejected('ReturnBeforeSuspension');
  });

  it('for another reason says which (X17)', () => {
    suspend({ reason: 'other', note: 'Away with family' }).thenLike({ type: 'PackageSuspended' });
    suspend({ reason: 'other' }).thenRejected('SuspensionNoteRequired');
  });

  it('is of a package with care, once at a time (X17)', () => {
    suspend({}, suspended).thenRejected('PackageAlreadySuspended');
    given(referred)
      .when('SuspendPackage', { commandId, packageId, reason: 'hospital', fromOn: '2026-03-02' })
      .thenRejected('CareNotBegun');
  });

  it('has its expected return changed while it lasts (X17)', () => {
    const change = (...events: readonly PackageEvent[]) =>
      given(takenOn, ...events).when('ChangeExpectedReturn', {
        ...{ packageId, expectedReturnOn: '2026-03-20' },
      });
    change(suspended).then({
      type: 'ExpectedReturnChanged',
      data: { packageId, suspensionId, expectedReturnOn: '2026-03-20' },
    });
    change().thenRejected('PackageNotSuspended');
  });
});

describe('The restart after a suspension', () => {
  const offer = (restartOn: string, ...events: readonly PackageEvent[]) =>
    given(takenOn, ...events).when('OfferRestart', { packageId, restartOn }, { now });

  it('is offered to the previous provider first, for the policy’s window (X17)', () => {
    offer('2026-03-09', suspended).then(offered);
    offer('2026-03-01', suspended).thenRejected('RestartBeforeSuspension');
    offer('2026-03-02', suspended).thenLike({ type: 'RestartOffered' });
    offer('2026-03-09', suspended, offered).thenRejected('RestartAlreadyOffered');
  });

  it('is not offered to a provider that has left (X17)', () => {
    offer('2026-03-09', suspended, handedBack('2026-03-30')).thenRejected('PreviousProviderIsGone');
  });

  const answer = (
    fields: object,
    { at = now, actor = userOf(acorn) }: { at?: string; actor?: Actor } = {},
    ...events: readonly PackageEvent[]
  ) =>
    given(takenOn, suspended, offered, ...events).when(
      'AnswerRestart',
      { packageId, ...fields },
      { now: at, actor },
    );

  it('is accepted before the window closes, not at its close (X17)', () => {
    answer({ accepts: true }, { at: '2026-03-03T08:59:59.999Z' }).then({
      type: 'PackageRestarted',
      data: { packageId, personId, suspensionId, providerId: acorn, restartOn: '2026-03-09' },
    });
    answer({ accepts: true }, { at: '2026-03-03T09:00:00.000Z' }).thenRejected(
      'RestartWindowClosed',
    );
  });

  it('is declined with a reason, and the package waits for another provider (X17)', () => {
    const declined = answer({ accepts: false, reason: 'No carers' });
    declined.thenLike({ type: 'RestartDeclined', data: { reason: 'No carers' } });
    answer({ accepts: false }).thenRejected('DeclineReasonRequired');
    const events = declined.events() as PackageEvent[];
    given(takenOn, suspended, offered, ...events)
      .when(
        'IssueRequest',
        { commandId, packageId },
        {
          now,
          facts: { ...sendable, eligible: [{ providerId: birch, contractId: contractOf(birch) }] },
        },
      )
      .thenLike({ type: 'RequestIssued', data: { pack: { startOn: '2026-03-09' } } });
  });

  it('is answered by that provider, or by a broker with receipt and evidence (X17)', () => {
    answer({ accepts: true }, { actor: userOf(birch) }).thenRejected('PackageOfAnotherProvider');
    const entered = { accepts: true, receivedAt: '2026-03-02T12:00:00Z', evidence: 'Call' };
    const later = { actor: broker, at: '2026-03-04T09:00:00.000Z' };
    answer(entered, later).thenLike({ type: 'PackageRestarted', data: { evidence: 'Call' } });
    answer({ ...entered, receivedAt: '2026-03-03T09:00:00Z' }, later).thenRejected(
      'RestartWindowClosed',
    );
    answer({ accepts: true, evidence: 'Call' }, later).thenRejected('ReceiptTimeRequired');
    answer({ ...entered, evidence: undefined }, later).thenRejected('RestartEvidenceRequired');
  });

  it('lapses at the close of its window without an answer (X17)', () => {
    const lapse = (at: string) =>
      given(takenOn, suspended, offered).when('LapseRestart', { packageId }, { now: at });
    lapse('2026-03-03T08:59:59.999Z').thenRejected('RestartWindowNotOver');
    lapse('2026-03-03T09:00:00.000Z').thenLike({
      type: 'RestartDeclined',
      data: { reason: 'no-answer', restartOn: '2026-03-09' },
    });
    given(takenOn).when('LapseRestart', { packageId }).thenNothing();
  });
});

describe('The return of a suspended person whose provider is leaving', () => {
  const back = (returnedOn: string, ...events: readonly PackageEvent[]) =>
    given(takenOn, suspended, ...events).when('RecordReturn', {
      ...{ commandId, packageId, returnedOn },
    });

  it('is to that provider while its notice runs, a gap from its last day on (S4-14)', () => {
    back('2026-03-29', handedBack('2026-03-30')).thenLike({
      type: 'PackageRestarted',
      data: { providerId: acorn, restartOn: '2026-03-29' },
    });
    back('2026-03-30', handedBack('2026-03-30')).thenLike({
      type: 'GapOpened',
      data: {
        ...{ fromOn: '2026-03-30', reason: 'returned-without-provider', owner: 'broker-1' },
      } satisfies Partial<GapOpened['data']>,
    });
  });

  it('waits for the answer of a provider that is not leaving (X17)', () => {
    back('2026-03-09').thenRejected('RestartComesFirst');
  });
});
