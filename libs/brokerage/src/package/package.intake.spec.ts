import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import type { CareNeedsInput } from './package.care-needs.commands.js';
import { packageDecider } from './package.decider.js';
import * as care from './package.fixtures.js';
import { needs, packageId, personId, referral, referred } from './package.fixtures.js';

const { given } = specFor(packageDecider);
const [morning, lunch] = needs.schedule as [
  CareNeedsInput['schedule'][number],
  CareNeedsInput['schedule'][number],
];
const refer = (changed: Partial<CareNeedsInput>, more: object = {}) =>
  given().when('ReferPackage', { ...referral, ...more, needs: { ...needs, ...changed } });
const agreement = { task: 'medication-administration', agreedOn: '2026-02-20' } as const;
const short = { ...morning, minutes: 29 };
const gaps = { schedule: [{ start: '08:00' }, { ...lunch, minutes: 15 }] };
const asBroker = (organisation: string): Actor => ({
  ...{ id: `x-${organisation}`, roles: ['external-broker'], organisation },
});

describe('A visit under half an hour', () => {
  it('needs a recorded prior agreement (X3)', () => {
    refer({ schedule: [short] }).thenRejected('ShortVisitAgreementMissing');
    refer({ schedule: [{ ...short, shortVisitAgreement: agreement }] }).thenLike({
      type: 'PackageReferred',
      data: { needs: { schedule: [{ shortVisitAgreement: agreement }] } },
    });
  });

  it('ends where half an hour begins (X3)', () => {
    refer({ schedule: [{ ...short, minutes: 30 }] }).thenLike({ type: 'PackageReferred' });
  });

  it('is agreed for one of its own tasks, on a day that exists (X3)', () => {
    const other = { ...agreement, task: 'shopping' as const };
    refer({ schedule: [{ ...short, shortVisitAgreement: other }] }).thenRejected(
      'ShortVisitTaskNotInVisit',
    );
    const never = { ...agreement, agreedOn: '2026-02-30' };
    refer({ schedule: [{ ...short, shortVisitAgreement: never }] }).thenRejected(
      'DateDoesNotExist',
    );
  });

  it('is as short as council policy says (X3)', () => {
    const policy = { ...shippedPolicy, shortVisitMinutes: 15 };
    given()
      .when('ReferPackage', { ...referral, needs: { ...needs, schedule: [short] } }, { policy })
      .thenLike({ type: 'PackageReferred' });
  });
});

describe('A referral with gaps', () => {
  const missing = [
    { path: 'needs.schedule.0.days', code: 'VisitDaysMissing' },
    { path: 'needs.schedule.0.minutes', code: 'VisitMinutesMissing' },
    { path: 'needs.schedule.0.carers', code: 'VisitCarersMissing' },
    { path: 'needs.schedule.0.tasks', code: 'VisitTasksMissing' },
    { path: 'needs.schedule.0.critical', code: 'VisitCriticalMissing' },
    { path: 'needs.schedule.1.shortVisitAgreement', code: 'ShortVisitAgreementMissing' },
  ];
  const kept = refer(gaps, { keepIncomplete: true });
  const incomplete = kept.events() as never[];

  it('is refused with all of them, unless it is to be kept (X1, X3)', () => {
    refer(gaps).thenRejected(...missing.map(({ code }) => code));
    kept.thenLike({ type: 'IncompleteReferralReceived', data: { packageId, personId, missing } });
  });

  it('keeps what the referrer knew, and invents nothing (X1)', () => {
    kept.thenLike({
      type: 'IncompleteReferralReceived',
      data: {
        draft: {
          schedule: [
            { line: 1, start: '08:00' },
            { line: 2, minutes: 15 },
          ],
        },
      },
    });
    expect(JSON.stringify(incomplete)).not.toContain('"minutes":0');
  });

  it('is a plain referral when nothing is missing (X1)', () => {
    refer({}, { keepIncomplete: true }).then(referred);
  });

  it('is not kept where it contradicts itself', () => {
    const torn = { schedule: [{ days: [1, 1], start: '08:00' }] };
    refer(torn, { keepIncomplete: true }).thenRejected('VisitDaysRepeated');
  });

  it('waits for its completion before providers are asked (X1)', () => {
    given(...incomplete)
      .when('IssueRequest', { packageId }, { facts: { ...care.sendable } })
      .thenRejected('PackageUnknown');
    const completed = given(...incomplete).when('CompleteReferral', { packageId, needs });
    completed.thenLike({ type: 'ReferralCompleted', data: { packageId, personId } });
    given(...incomplete, ...(completed.events() as never[]))
      .when(
        'IssueRequest',
        { packageId, commandId: care.commandId },
        {
          facts: { ...care.sendable },
        },
      )
      .thenLike({ type: 'RequestIssued' });
  });

  it('is completed by what is complete alone, and once (X1)', () => {
    given(...incomplete)
      .when('CompleteReferral', { packageId, needs: { ...needs, ...gaps } })
      .thenRejected(...missing.map(({ code }) => code));
    given(referred)
      .when('CompleteReferral', { packageId, needs })
      .thenRejected('ReferralNotIncomplete');
  });

  it('goes back to the referrer with all that is missing (X1)', () => {
    const reason = 'The ward knows the days.';
    const returned = given(...incomplete).when('ReturnReferral', { packageId, reason });
    returned.then({ type: 'ReferralReturned', data: { packageId, personId, missing, reason } });
    given(...incomplete, ...(returned.events() as never[]))
      .when('CompleteReferral', { packageId, needs })
      .thenLike({ type: 'ReferralCompleted' });
  });
});

describe('A complete referral', () => {
  const reason = 'A call with the daughter.';
  const later = { ...needs, startOn: '2026-03-16' };

  it('is returned before providers are asked, not after (X1)', () => {
    given(referred)
      .when('ReturnReferral', { packageId, reason })
      .thenLike({ type: 'ReferralReturned', data: { missing: [] } });
    given(referred, care.issued)
      .when('ReturnReferral', { packageId, reason })
      .thenRejected('ReferralNotReturnable');
  });

  it('is corrected while no provider is asked, and says what changed', () => {
    given(referred)
      .when('CorrectReferral', { packageId, needs: later, reason })
      .thenLike({ type: 'ReferralCorrected', data: { changed: ['startOn'] } });
    given(referred).when('CorrectReferral', { packageId, needs, reason }).thenNothing();
    given(referred, care.issued)
      .when('CorrectReferral', { packageId, needs: later, reason })
      .thenRejected('ReferralNotCorrectable');
  });

  it('keeps its service line: another one is another referral (S4-1)', () => {
    const shortTerm = {
      ...needs,
      ...{ serviceLine: 'short-term', purpose: 'reablement', plannedLastDay: '2026-03-20' },
    } as const;
    given(referred)
      .when('CorrectReferral', { packageId, needs: shortTerm, reason })
      .thenRejected('ServiceLineFixed');
  });
});

describe('Short-term care', () => {
  const shortTerm = { serviceLine: 'short-term', purpose: 'discharge-to-assess' } as const;

  it('has a purpose; long-term care needs none (S4-2)', () => {
    const { purpose: _, ...aimless } = shortTerm;
    refer({ ...aimless, plannedLastDay: '2026-03-20' }).thenRejected('PurposeMissing');
    refer({ ...shortTerm, plannedLastDay: '2026-03-20' }).thenLike({
      type: 'PackageReferred',
      data: { needs: { purpose: 'discharge-to-assess' } },
    });
    refer({}).then(referred);
  });

  it('without its purpose is a referral with a gap (S4-2)', () => {
    const { purpose: _, ...aimless } = shortTerm;
    refer({ ...aimless, plannedLastDay: '2026-03-20' }, { keepIncomplete: true }).thenLike({
      type: 'IncompleteReferralReceived',
      data: { missing: [{ path: 'needs.purpose', code: 'PurposeMissing' }] },
    });
    refer({ ...shortTerm, plannedLastDay: '2026-03-20' }, { keepIncomplete: true }).thenLike({
      type: 'PackageReferred',
    });
  });

  it('ends within six weeks: the last day of the sixth is the last one (S4-5)', () => {
    refer(shortTerm).thenRejected('PlannedLastDayMissing');
    refer({ ...shortTerm, plannedLastDay: '2026-04-19' }).thenLike({
      type: 'PackageReferred',
      data: { needs: { plannedEndsBefore: '2026-04-20' } },
    });
    refer({ ...shortTerm, plannedLastDay: '2026-04-20' }).thenRejected('ShortTermTooLong');
  });

  it('may be longer where council policy says so, and long-term care always (S4-5)', () => {
    const policy = { ...shippedPolicy, shortTermWeeks: 7 };
    const longer = { ...needs, ...shortTerm, plannedLastDay: '2026-04-20' };
    given()
      .when('ReferPackage', { ...referral, needs: longer }, { policy })
      .thenLike({ type: 'PackageReferred' });
    refer({ plannedLastDay: '2027-03-20' }).thenLike({ type: 'PackageReferred' });
  });

  it('does not end before it starts (S4-5)', () => {
    refer({ ...shortTerm, plannedLastDay: '2026-03-08' }).thenRejected('PlannedLastDayBeforeStart');
    refer({ ...shortTerm, plannedLastDay: '2026-03-09' }).thenLike({ type: 'PackageReferred' });
  });
});

describe('Joint funding', () => {
  const half = { payer: 'council', basisPoints: 5_000, ledgerCode: 'ASC-1' };
  const nhs = { payer: 'nhs', basisPoints: 5_000, ledgerCode: 'ICB-9' };

  it('is whole: shares that sum to less or more are refused (S2-21)', () => {
    refer({ funding: [half, nhs] }).thenLike({
      type: 'PackageReferred',
      data: { needs: { funding: [half, nhs] } },
    });
    refer({ funding: [half, { ...nhs, basisPoints: 4_999 }] }).thenRejected('FundingNotWhole');
    refer({ funding: [half, { ...nhs, basisPoints: 5_001 }] }).thenRejected('FundingNotWhole');
  });

  it('names each payer once (S2-21)', () => {
    refer({ funding: [half, { ...nhs, payer: 'council' }] }).thenRejected('PayerRepeated');
  });

  it('changes from a day on, until the package is over (S2-21, S3-3)', () => {
    const change = {
      ...{ packageId, fundingStatus: 'nhs' as const, funding: [half, nhs] },
      ...{ fromOn: '2026-04-01', reason: 'The NHS agreed to half.' },
    };
    const { packageId: _, ...fields } = change;
    given(referred)
      .when('ChangeFunding', change)
      .then({ type: 'FundingChanged', data: { packageId, personId, ...fields } });
    given(referred)
      .when('ChangeFunding', { ...change, funding: [half] })
      .thenRejected('FundingNotWhole');
    given(referred, { type: 'ReferralWithdrawn', data: { packageId, personId, reason: 'Moved.' } })
      .when('ChangeFunding', change)
      .thenRejected('PackageIsOver');
  });
});

describe('An external broker organisation', () => {
  const own = refer({}, {}).events() as (typeof referred)[];
  const theirs = {
    ...referred,
    data: { ...referred.data, origin: { kind: 'external-broker', brokerOrganisation: 'org-1' } },
  };
  const withdraw = { packageId, reason: 'The person moved away.' };

  it('refers for itself, and for no other one (S3-4)', () => {
    given()
      .when('ReferPackage', referral, { actor: asBroker('org-1') })
      .then(theirs);
    const other = { kind: 'external-broker' as const, brokerOrganisation: 'org-2' };
    given()
      .when('ReferPackage', { ...referral, origin: other }, { actor: asBroker('org-1') })
      .thenRejected('CaseOfAnotherBroker');
  });

  it('acts on its own cases; another one’s do not exist for it (S3-4)', () => {
    given(theirs)
      .when('WithdrawReferral', withdraw, { actor: asBroker('org-1') })
      .thenLike({ type: 'ReferralWithdrawn' });
    given(theirs)
      .when('WithdrawReferral', withdraw, { actor: asBroker('org-2') })
      .thenRejected('PackageUnknown');
    given(...own)
      .when('WithdrawReferral', withdraw, { actor: asBroker('org-1') })
      .thenRejected('PackageUnknown');
  });

  it('is named by whoever enters its referral (S3-4)', () => {
    refer({}, { origin: { kind: 'external-broker' } }).thenRejected('BrokerOrganisationMissing');
    refer({}, { origin: { kind: 'right-to-control' } }).thenLike({
      type: 'PackageReferred',
      data: { origin: { kind: 'right-to-control' } },
    });
  });

  it('is not the social worker, who refers through the case system (S3-4)', () => {
    given()
      .when('ReferPackage', referral, { actor: { id: 'case-system', roles: ['case-system'] } })
      .thenLike({ type: 'PackageReferred', data: { origin: { kind: 'social-worker' } } });
  });
});
