import { policyOn, shippedPolicy } from '#kernel/council-policy.js';
import { fold } from '#kernel/decider.js';
import { deriveId } from '#kernel/ids.js';
import { specFor } from '#kernel/spec-dsl.js';
import { councilPolicyDecider } from './council-policy.decider.js';
import type { PolicyChangeApproved, PolicyChangeProposed } from './council-policy.events.js';

const { given } = specFor(councilPolicyDecider);
const commandId = '01932e1c-0a10-7000-8000-000000000030';
const changeId = deriveId(commandId, 'policyChange');
const reason = 'Decided by cabinet.';
const author = { id: 'commissioner-1', roles: ['commissioner'] } as const;
const approver = { id: 'commissioner-2', roles: ['commissioner'] } as const;
const targetPercent = {
  ...{ punctualityStandard: 85, punctualityCritical: 95, continuity: 80, notMissed: 80 },
};
const leagueWeights = {
  ...{ punctualityStandard: 25, punctualityCritical: 25, continuity: 25, notMissed: 25 },
};
const change = (values: object, effectiveOn = '2026-04-01') =>
  given().when('ChangePolicy', { commandId, effectiveOn, values, reason }, { actor: author });
const proposed: PolicyChangeProposed = {
  type: 'PolicyChangeProposed',
  data: {
    ...{ changeId, effectiveOn: '2026-04-01', values: { targetPercent }, reason },
    proposedBy: author.id,
  },
};
const approved: PolicyChangeApproved = {
  type: 'PolicyChangeApproved',
  data: {
    ...{ changeId, version: 1, effectiveOn: '2026-04-01', values: { targetPercent } },
    approvedBy: approver.id,
  },
};
const accepted = { type: 'PolicyChangeProposed' };

describe('A change of council policy', () => {
  it('is proposed with its values, a date and a reason (S2-10)', () => {
    change({ targetPercent }).then(proposed);
  });

  it('names at least one value, and only those given', () => {
    change({}).thenRejected('NothingToChange');
    change({ targetPercent: undefined, planWeeksAhead: null }).thenRejected('NothingToChange');
    change({ targetPercent, planWeeksAhead: undefined }).then(proposed);
  });

  it('keeps lists as lists: bank holidays, targets by set of KPIs (S2-10, S3-12)', () => {
    const kpiSets = [{ kpiSet: 'extra-care', targetPercent }];
    const values = { bankHolidays: ['2026-12-25'], kpiSets };
    change(values).then({ ...proposed, data: { ...proposed.data, values } });
    const none = [{ kpiSet: 'extra-care', targetPercent: { ...targetPercent, notMissed: 0 } }];
    change({ kpiSets: none }).thenRejected('PercentOutOfRange');
  });

  it('sets targets from 1 to 100 percent (S2-10)', () => {
    const target = (notMissed: number) =>
      change({ targetPercent: { ...targetPercent, notMissed } });
    target(0).thenRejected('PercentOutOfRange');
    target(1).thenLike(accepted);
    target(100).thenLike(accepted);
    target(101).thenRejected('PercentOutOfRange');
    target(79.5).thenRejected('PercentOutOfRange');
  });

  it('sets weights of the league, at least one above zero (L1)', () => {
    const none = {
      ...{ punctualityStandard: 0, punctualityCritical: 0, continuity: 0, notMissed: 0 },
    };
    change({ leagueWeights }).thenLike({
      type: 'PolicyChangeProposed',
      data: { values: { leagueWeights } },
    });
    change({ leagueWeights: none }).thenRejected('WeightsAllZero');
    change({ leagueWeights: { ...none, continuity: 1 } }).thenLike(accepted);
  });

  it('sets windows of at least a minute (X4)', () => {
    change({ requestWindowMinutes: { standard: 1, urgent: 1 } }).thenLike(accepted);
    change({ requestWindowMinutes: { standard: 0, urgent: 1 } }).thenRejected('MinutesNotPositive');
    change({ requestWindowMinutes: { standard: 1, urgent: 0 } }).thenRejected('MinutesNotPositive');
  });

  it('sets tolerances and graces that are not negative (S2-9)', () => {
    change({ punctualityToleranceMinutes: { standard: 0, critical: 0 } }).thenLike(accepted);
    change({ punctualityToleranceMinutes: { standard: 30, critical: -1 } }).thenRejected(
      'MinutesNotPositive',
    );
    change({ missedGraceMinutes: { standard: -1, critical: 30 } }).thenRejected(
      'MinutesNotPositive',
    );
  });

  it('lets monitoring go live on a Monday (X30)', () => {
    change({ ecmGoLiveOn: '2026-04-06' }).thenLike(accepted);
    change({ ecmGoLiveOn: '2026-04-07' }).thenRejected('GoLiveNotMonday');
    change({ ecmGoLiveOn: '2026-02-30' }).thenRejected('DateDoesNotExist');
  });

  it('lets periods of pay begin on a Monday (S2-18)', () => {
    const pay = (periodsFromOn: string) => ({ pay: { ...shippedPolicy.pay, periodsFromOn } });
    change(pay('2026-04-06')).thenLike(accepted);
    change(pay('2026-04-07')).thenRejected('PayPeriodNotFromMonday');
    change(pay('2026-02-30')).thenRejected('DateDoesNotExist');
  });

  it('has a real date', () => {
    change({ targetPercent }, '2026-04-31').thenRejected('DateDoesNotExist');
  });
});

describe('The approval of a change of policy', () => {
  const approve = (actor: typeof author | typeof approver, ...events: object[]) =>
    given(...(events as [])).when('ApprovePolicyChange', { changeId }, { actor });

  it('is a second person’s (S2-10)', () => {
    approve(approver, proposed).then(approved);
    approve(author, proposed).thenRejected('ApproverIsAuthor');
  });

  it('comes once, to a proposed change (S2-10)', () => {
    approve(approver).thenRejected('ChangeUnknown');
    approve(approver, proposed, approved).thenRejected('ChangeAlreadyApproved');
  });

  it('counts versions from 1 (S2-10)', () => {
    const second = { ...proposed, data: { ...proposed.data, changeId: 'second' } };
    const otherApproved = { ...approved, data: { ...approved.data, changeId: 'second' } };
    approve(approver, proposed, second, otherApproved).thenLike({
      type: 'PolicyChangeApproved',
      data: { version: 2 },
    });
  });
});

describe('The policy in force', () => {
  const { approved: changes } = fold(councilPolicyDecider, [proposed, approved]);

  it('is the shipped one until a change takes effect on its date (S2-10)', () => {
    expect(policyOn(changes, '2026-03-31')).toEqual(shippedPolicy);
    expect(policyOn(changes, '2026-04-01')).toEqual({
      ...shippedPolicy,
      version: 1,
      targetPercent,
    });
  });

  it('is not changed by a proposal that nobody approved (S2-10)', () => {
    const { approved: none } = fold(councilPolicyDecider, [proposed]);
    expect(policyOn(none, '2026-04-01')).toEqual(shippedPolicy);
  });

  it('weighs the league 30, 30, 20 and 20 until the council decides otherwise (L1)', () => {
    expect(policyOn([], '2026-04-01').leagueWeights).toEqual({
      ...{ punctualityStandard: 30, punctualityCritical: 30, continuity: 20, notMissed: 20 },
    });
    const weighed = [{ version: 1, effectiveOn: '2026-04-01', values: { leagueWeights } }];
    expect(policyOn(weighed, '2026-04-01').leagueWeights).toEqual(leagueWeights);
    expect(policyOn(weighed, '2026-03-31').leagueWeights).toEqual(shippedPolicy.leagueWeights);
  });
});
