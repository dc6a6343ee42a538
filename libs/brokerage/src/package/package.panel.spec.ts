import { shippedPolicy } from '#kernel/council-policy.js';
import { fold, type Event } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { specFor } from '#kernel/spec-dsl.js';
import { packageDecider } from './package.decider.js';
import {
  acorn,
  awarded,
  broker,
  choseAcorn,
  commandId,
  invitations,
  issued,
  needs,
  offerOfAcorn,
  packageId,
  presented,
  referred,
  sendable,
  seniorBroker,
} from './package.fixtures.js';
import { isOverLevel, panelFigure, standingOf } from './package.panel.rules.js';

const { given } = specFor(packageDecider);
const now = '2026-03-02T09:00:00.000Z';
const caseId = deriveId(commandId, 'panelCase');
const panelMember = { id: 'panel-1', roles: ['panel-member'] } as const;
const policyOf = (panel: object) => ({
  ...shippedPolicy,
  panel: { ...shippedPolicy.panel, ...panel },
});
/** Acorn's offer of 21,500 pence a week is a penny over this level. */
const policy = policyOf({ level: 21_499 });
const exactly = policyOf({ level: 21_500 });
const joint = policyOf({ level: 21_499, agencies: ['adult-social-care', 'nhs'] });

const priced = (pence: number | null) => ({
  ...sendable,
  eligible: invitations.map((one, at) => ({ ...one, weeklyCostPence: at === 1 ? pence : 20_000 })),
});
const asked = { commandId, packageId, on: 'estimate' };
const estimated = (estimatePence: number | null) => ({ estimatePence, variation: null });
const openedBy = (on: string, facts: object, by = policy, ...before: Event[]) =>
  given(...before)
    .when('OpenPanelCase', { ...asked, on }, { facts, policy: by, actor: broker })
    .events();
const estimate = openedBy('estimate', estimated(21_500), policy, referred);
const jointly = openedBy('estimate', estimated(21_500), joint, referred);
const urgently: Event = {
  ...referred,
  data: { ...referred.data, needs: { ...referred.data.needs, urgent: true } },
};
const decide = (before: readonly Event[], outcome = 'approved', more: object = {}) =>
  given(...before).when(
    'DecidePanelCase',
    {
      ...{ packageId, caseId, agency: 'adult-social-care', outcome, reason: 'Care is needed.' },
      ...more,
    },
    { actor: panelMember, policy, now },
  );
const approvedEstimate = [referred, ...estimate, ...decide([referred, ...estimate]).events()];
const issue = (before: readonly Event[], pence: number | null, by = policy) =>
  given(...before).when(
    'IssueRequest',
    { commandId, packageId, route: 'framework' },
    { now, policy: by, facts: priced(pence) },
  );
const stageAfter = (events: readonly Event[]) => fold(packageDecider, events).stage;

describe('The panel’s level', () => {
  it('lets a request of exactly the level go without a panel (S3-7)', () => {
    issue([referred], 21_500, exactly).thenLike({ type: 'RequestIssued' });
  });

  it('stops a request whose dearest provider is a penny over, and says what to do (S3-7)', () => {
    issue([referred], 21_500).thenRejected('PanelApprovalRequired');
  });

  it('is no matter where the council has none (S3-7)', () => {
    const { level: _, ...none } = shippedPolicy.panel;
    issue([referred], 9_999_999, { ...shippedPolicy, panel: none }).thenLike({
      type: 'RequestIssued',
    });
  });

  it('is measured in carer minutes a week where policy says so (S3-7)', () => {
    issue([referred], null, policyOf({ measure: 'weekly-hours', level: 630 })).thenLike({
      type: 'RequestIssued',
    });
    issue([referred], null, policyOf({ measure: 'weekly-hours', level: 629 })).thenRejected(
      'PanelApprovalRequired',
    );
  });

  it('is measured in pence a year of 52 weeks where policy says so (S3-7)', () => {
    const figures = { schedule: referred.data.needs.schedule, weeklyCostPence: 21_500 };
    const yearly = policyOf({ measure: 'yearly-cost', level: 1_118_000 });
    expect(panelFigure(figures, yearly)).toBe(1_118_000);
    expect(isOverLevel(1_118_000, yearly)).toBe(false);
    expect(isOverLevel(1_118_001, yearly)).toBe(true);
  });
});

describe('A panel case', () => {
  it('freezes the estimate, and the package waits for the panel (S3-7)', () => {
    expect(estimate).toMatchObject([
      {
        type: 'PanelCaseOpened',
        data: { caseId, on: 'estimate', figure: 21_500, level: 21_499, openedBy: broker.id },
      },
    ]);
    expect(stageAfter([referred, ...estimate])).toBe('awaiting-panel');
    issue([referred, ...estimate], 21_500).thenRejected('PanelCasePending');
  });

  it('is refused for a figure of exactly the level (S3-7)', () => {
    given(referred)
      .when('OpenPanelCase', asked, { facts: estimated(21_500), policy: exactly })
      .thenRejected('PanelNotNeeded');
  });

  it('is opened once at a time, and not again for what was approved (S3-7)', () => {
    const open = (before: readonly Event[], pence: number) =>
      given(...before).when('OpenPanelCase', asked, { facts: estimated(pence), policy });
    open([referred, ...estimate], 21_501).thenRejected('PanelCasePending');
    open(approvedEstimate, 21_500).thenRejected('PanelFigureApproved');
    open(approvedEstimate, 21_501).thenLike({ data: { figure: 21_501 }, type: 'PanelCaseOpened' });
  });

  it('lets a request go up to the approved figure, and no dearer one (S3-7)', () => {
    expect(stageAfter(approvedEstimate)).toBe('awaiting-request');
    issue(approvedEstimate, 21_500).thenLike({ type: 'RequestIssued' });
    issue(approvedEstimate, 21_501).thenRejected('PanelApprovalRequired');
  });

  it('that is refused lets nothing go, and the package leaves the panel (S3-7)', () => {
    const refused = [referred, ...estimate, ...decide([referred, ...estimate], 'refused').events()];
    expect(stageAfter(refused)).toBe('awaiting-request');
    issue(refused, 21_500).thenRejected('PanelApprovalRequired');
    decide(refused).thenRejected('PanelCaseNotPending');
  });

  it('is deferred with conditions only, and comes back (S3-7)', () => {
    const open = [referred, ...estimate];
    decide(open, 'deferred').thenRejected('PanelConditionsMissing');
    const deferred = decide(open, 'deferred', { conditions: ['A review of nights.'] }).events();
    expect(stageAfter([...open, ...deferred])).toBe('awaiting-panel');
    decide([...open, ...deferred]).thenLike({
      type: 'PanelCaseDecided',
      data: { standing: 'approved' },
    });
  });

  it('is not decided by whoever opened it, but by another (S3-7)', () => {
    const fields = {
      packageId,
      caseId,
      agency: 'adult-social-care',
      outcome: 'approved',
      reason: 'R',
    };
    const open = given(referred, ...estimate);
    open
      .when('DecidePanelCase', fields, { actor: { id: broker.id, roles: ['panel-member'] } })
      .thenRejected('PanelAuthorDecides');
    open
      .when('DecidePanelCase', fields, { actor: panelMember })
      .thenLike({ type: 'PanelCaseDecided' });
  });

  it('of a joint panel is approved once each agency approves, each by its own member (S3-7)', () => {
    const first = decide([referred, ...jointly]).events();
    expect(first).toMatchObject([{ data: { standing: 'pending' } }]);
    const half = [referred, ...jointly, ...first];
    issue(half, 21_500, joint).thenRejected('PanelCasePending');
    decide(half, 'approved', { agency: 'nhs' }).thenRejected('PanelMemberOfTwoAgencies');
    decide(half, 'approved', { agency: 'housing' }).thenRejected('PanelAgencyUnknown');
    const nhs = { packageId, caseId, agency: 'nhs', outcome: 'approved', reason: 'Shared.' };
    given(...half)
      .when('DecidePanelCase', nhs, { actor: { id: 'nhs-1', roles: ['panel-member'] } })
      .thenLike({ type: 'PanelCaseDecided', data: { standing: 'approved' } });
    expect(standingOf(['a', 'b'], { a: { outcome: 'refused', by: 'x' } })).toBe('refused');
  });

  it('that is sent back leaves the package where it was (S3-7)', () => {
    const back = given(referred, ...estimate)
      .when('SendBackCase', { packageId, caseId, reason: 'A night visit is missing.' })
      .events();
    expect(stageAfter([referred, ...estimate, ...back])).toBe('awaiting-request');
    decide([referred, ...estimate, ...back]).thenRejected('PanelCaseNotPending');
  });

  it('is taken back when the needs it was about are corrected (S3-7)', () => {
    given(referred, ...estimate)
      .when('CorrectReferral', {
        ...{ packageId, needs: { ...needs, startOn: '2026-03-10' }, reason: 'Discharge moved.' },
      })
      .thenLike(
        { type: 'PanelCaseWithdrawn', data: { because: 'referral-corrected' } },
        { type: 'ReferralCorrected' },
      );
  });
});

describe('Interim authority', () => {
  const open = [urgently, ...estimate];
  const give = (before: readonly Event[], actor: object = seniorBroker, at = now) =>
    given(...before).when(
      'GiveInterimAuthority',
      { packageId, caseId, reason: 'Discharge today.' },
      { actor: actor as typeof seniorBroker, now: at, policy },
    );

  it('lets urgent care go on, with the panel due in five working days (S3-7)', () => {
    const given5 = give(open).events();
    expect(given5).toMatchObject([{ data: { panelDueOn: '2026-03-09' } }]);
    issue([...open, ...given5], 21_500).thenLike({ type: 'RequestIssued' });
    issue([...open, ...given5], 21_501).thenRejected('PanelApprovalRequired');
  });

  it('counts no weekend and no bank holiday to its due date (S3-7)', () => {
    give(open, seniorBroker, '2026-04-02T09:00:00.000Z').thenLike({
      type: 'InterimAuthorityGiven',
      data: { panelDueOn: '2026-04-13' },
    });
  });

  it('is for urgent care alone, and not by whoever opened the case (S3-7)', () => {
    give([referred, ...estimate]).thenRejected('InterimAuthorityOnlyUrgent');
    give(open, { ...seniorBroker, id: broker.id }).thenRejected('PanelAuthorDecides');
    give([...open, ...give(open).events()]).thenRejected('InterimAuthorityGivenAlready');
  });

  it('ends when the panel refuses (S3-7)', () => {
    const authorised = [...open, ...give(open).events()];
    const refused = [...authorised, ...decide(authorised, 'refused').events()];
    issue(refused, 21_500).thenRejected('PanelApprovalRequired');
  });
});

describe('The chosen offer', () => {
  const chosen = [issued, presented, choseAcorn];
  const facts = {
    offer: {
      ...{ standing: true, compliant: true, receivedAt: '2026-03-02T10:00:00.000Z' },
      ...{ startOn: offerOfAcorn.startOn, times: offerOfAcorn.times },
    },
    contract: { type: 'framework', liveOnStart: true, admittedOnStart: true },
    provider: { suspended: false },
  };
  const award = (before: readonly Event[], by = policy) =>
    given(...before, ...chosen).when('AwardPackage', { packageId }, { facts, policy: by });

  it('at exactly the level, or the figure last approved, is awarded (S3-7, X5)', () => {
    award([referred], exactly).thenLike({ data: { providerId: acorn }, type: 'PackageAwarded' });
    award(approvedEstimate).thenLike({ data: { weeklyCostPence: 21_500 }, type: 'PackageAwarded' });
  });

  it('over the level and dearer than was approved waits for the panel (S3-7, X5)', () => {
    award([referred]).thenRejected('OfferOverPanelApproval');
  });

  it('goes to the panel by its own frozen figure, and is awarded once approved (S3-7, X5)', () => {
    const dearer = [referred, ...chosen];
    const asking = openedBy('offer', estimated(null), policy, ...dearer);
    expect(asking).toMatchObject([
      { data: { on: 'offer', figure: 21_500, concerns: offerOfAcorn.offerId } },
    ]);
    const yes = decide([...dearer, ...asking]).events();
    given(...dearer, ...asking, ...yes)
      .when('AwardPackage', { packageId }, { facts, policy })
      .thenLike({ type: 'PackageAwarded' });
  });

  it('is asked about only while it is chosen (S3-7)', () => {
    given(...awarded)
      .when('OpenPanelCase', { ...asked, on: 'offer' }, { facts: estimated(null), policy })
      .thenRejected('PanelSubjectNotAtHand');
  });
});
