import { specFor } from '#kernel/spec-dsl.js';
import { packageDecider } from './package.decider.js';
import * as care from './package.fixtures.js';
import { packageId, personId, referral, referred } from './package.fixtures.js';

const { given } = specFor(packageDecider);
const { directPayment: _, ...unanswered } = referred.data;
const silent = { type: 'PackageReferred', data: unanswered } as const;
const answer = (fields: object, ...events: (typeof silent)[]) =>
  given(...events).when('RecordDirectPaymentDiscussion', { packageId, answer: fields });
const goodAward = {
  offer: {
    ...{ standing: true, compliant: true, receivedAt: '2026-03-02T15:00:00.000Z' },
    ...{ startOn: care.offerOfAcorn.startOn, times: care.offerOfAcorn.times },
  },
  contract: { type: 'framework', liveOnStart: true, admittedOnStart: true },
  provider: { suspended: false },
};
const taken = {
  type: 'DirectPaymentTaken',
  data: { packageId, personId, fromOn: '2026-03-16' },
} as const;
const back = (returnedOn: string) => ({
  ...{ packageId, returnedOn, reason: 'The carer left.' },
});

describe('The question about a direct payment', () => {
  it('is answered with the referral or later (S3-8)', () => {
    answer({ outcome: 'not-wanted' }, silent).then({
      type: 'DirectPaymentDiscussed',
      data: { packageId, personId, outcome: 'not-wanted' },
    });
    given()
      .when('ReferPackage', referral)
      .thenLike({ type: 'PackageReferred', data: { directPayment: { outcome: 'not-wanted' } } });
  });

  it('has a reason where it was not discussed, and silence is none (S3-8)', () => {
    answer({ outcome: 'not-discussed' }, silent).thenRejected('DirectPaymentReasonMissing');
    answer({ outcome: 'not-discussed', reason: ' ' }, silent).thenRejected(
      'DirectPaymentReasonMissing',
    );
    answer({ outcome: 'not-discussed', reason: 'Unconscious.' }, silent).thenLike({
      type: 'DirectPaymentDiscussed',
    });
  });

  it('is answered before an award (S3-8)', () => {
    const award = (first: typeof silent | typeof referred) =>
      given(first, care.issued, care.presented, care.choseAcorn).when(
        'AwardPackage',
        { packageId },
        { facts: goodAward },
      );
    award(silent).thenRejected('DirectPaymentNotAnswered');
    award(referred).thenLike({ type: 'PackageAwarded' });
  });
});

describe('A direct payment', () => {
  const stages = [
    ['a new referral', [referred]],
    ['an open request', [referred, care.issued]],
    ['offers before the person', [referred, care.issued, care.presented]],
    ['care that is given', [care.takenOn]],
  ] as const;

  it.each(stages)('leads out of %s (S3-8)', (_stage, events) => {
    given(...events)
      .when('TakeDirectPayment', { packageId, fromOn: '2026-03-16' })
      .thenLike({ type: 'DirectPaymentTaken', data: { fromOn: '2026-03-16' } });
  });

  it('is no way out of a package that is over (S3-8)', () => {
    given(referred, taken)
      .when('TakeDirectPayment', { packageId, fromOn: '2026-03-16' })
      .thenRejected('PackageIsOver');
  });

  it('can be returned from, on its first day at the earliest (S4-9)', () => {
    given(referred, taken)
      .when('ReturnFromDirectPayment', back('2026-03-16'))
      .thenLike({ type: 'DirectPaymentReturned', data: { returnedOn: '2026-03-16' } });
    given(referred, taken)
      .when('ReturnFromDirectPayment', back('2026-03-15'))
      .thenRejected('ReturnBeforeDirectPayment');
    given(referred)
      .when('ReturnFromDirectPayment', back('2026-03-16'))
      .thenRejected('NotOnDirectPayment');
  });

  it('leaves nothing of the award behind: providers are asked anew (S4-9)', () => {
    const returned = given(referred, care.issued, care.presented, taken)
      .when('ReturnFromDirectPayment', back('2026-05-04'))
      .events() as never[];
    given(referred, care.issued, care.presented, taken, ...returned)
      .when('ChooseOffer', {
        packageId,
        offerId: care.acorn,
        chosenBy: { name: 'Ada', relationship: 'person' },
        reasons: [],
      })
      .thenRejected('PackageNotAwaitingChoice');
    given(referred, taken, ...returned)
      .when(
        'IssueRequest',
        { packageId, commandId: care.commandId },
        { facts: { ...care.sendable } },
      )
      .thenLike({ type: 'RequestIssued' });
  });
});
