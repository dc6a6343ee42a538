import type { Viewer } from '#kernel/actor.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import type { VisitAlarmEvent } from '#brokerage/visit-alarm/visit-alarm.events.js';
import {
  broker,
  commissioner,
  otherProviderUser,
  packageId,
  personId,
  providerId,
  providerUser,
} from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { dueEscalations } from './due-escalations.queries.js';
import { visitAlarms } from './visit-alarms.projection.js';
import { VisitAlarmReads } from './visit-alarms.queries.js';
import { VisitAlarmsSort } from './visit-alarms.view.js';

const visit = '2026-03-09.1.1';
const alarmId = `${packageId}.${visit}.missed-visit`;
const one = { packageId, personId, week: '2026-W11', visit, providerId };
const raisedAt = '2026-03-09T08:30:00.000Z';

const raised = (data: object = {}): VisitEvent => ({
  type: 'VisitAlarmRaised',
  data: {
    ...{ ...one, kind: 'missed-visit', critical: true, startsAt: '2026-03-09T08:00:00.000Z' },
    ...{ raisedAt, ...data },
  },
});
const detected: VisitEvent = {
  type: 'VisitMissDetected',
  data: {
    ...{ ...one, detectedAt: raisedAt, critical: true, because: 'feed' },
    reportDueBy: '2026-03-11T00:00:00.000Z',
  },
};
const reported = (reportedAt: string, by: 'provider' | 'council' = 'provider'): VisitEvent => ({
  type: 'VisitMissReported',
  data: {
    ...{ packageId, personId, week: '2026-W11', visit, reason: 'no-staff', reportedBy: 'p' },
    ...{ by, reportedAt },
  },
});
const withdrawn = (because: 'logged-in' | 'excused' | 'not-required'): VisitEvent => ({
  type: 'VisitDetectionWithdrawn',
  data: { ...one, because, withdrawnAt: '2026-03-09T12:00:00.000Z' },
});
const contradicted: VisitEvent = {
  type: 'VisitReportContradicted',
  data: {
    ...{ ...one, leg: 1, carerId: 'C-1', loggedInAt: raisedAt },
    contradictedAt: '2026-03-09T12:00:00.000Z',
  },
};
const excused: VisitEvent = {
  type: 'VisitExcused',
  data: { ...one, reason: 'hospital', excusedBy: 'b' },
};
const gone: VisitEvent = {
  type: 'VisitsReplanned',
  data: {
    ...{ ...one, contractId: 'c', contractType: 'framework', patch: 'north' },
    ...{ added: [], changed: [], withdrawn: [visit], because: 'package-ended' },
  },
};
const ofAlarm = { alarmId, packageId, personId, visit, providerId };
const taken: VisitAlarmEvent = {
  type: 'VisitAlarmTaken',
  data: { ...ofAlarm, owner: 'broker-1', takenAt: '2026-03-09T08:40:00.000Z' },
};
const escalated = (level: number, to: 'senior-broker' | 'commissioner'): VisitAlarmEvent => ({
  type: 'VisitAlarmEscalated',
  data: { ...ofAlarm, level, to, escalatedAt: '2026-03-09T09:00:00.000Z' },
});
const closed: VisitAlarmEvent = {
  type: 'VisitAlarmClosed',
  data: {
    ...{ ...ofAlarm, personSafe: true, safeguardingRaised: false, note: 'sealed' },
    ...{ closedBy: 'broker-1', closedAt: '2026-03-09T09:10:00.000Z' },
  },
};
const clockOf = (criticalMinutes: number): SpecEvent => ({
  type: 'PolicyChangeApproved',
  data: {
    ...{ changeId: 'k', version: 1, effectiveOn: '2026-03-01', approvedBy: 'c' },
    values: { visitAlarmClock: { criticalMinutes, standardWorkingMinutes: 60 } },
  },
});

const given = (...events: readonly SpecEvent[]) => givenEvents(visitAlarms).given(...events);
const row = (...events: readonly SpecEvent[]) => given(...events).row('alarms', alarmId);

describe('An alarm', () => {
  it('is the duty desk’s until someone takes it, with its clock (X26)', () => {
    row(detected, raised()).isLike({
      ...{ alarmId, visitId: `${packageId}.${visit}`, providerId, kind: 'missed-visit' },
      ...{ critical: true, open: true, owner: 'duty-desk', escalations: 0, raisedAt },
      escalatesAt: '2026-03-09T09:00:00.000Z',
    });
    row(raised(), taken).isLike({ owner: 'broker-1', escalatesAt: '2026-03-09T09:10:00.000Z' });
  });

  it('of a visit of four weeks ago escalates, of one before that is only listed (X26)', () => {
    const from = (startsAt: string) => raised({ startsAt });
    row(from('2026-02-09T08:30:00.000Z')).isLike({ escalatesAt: '2026-03-09T09:00:00.000Z' });
    row(from('2026-02-09T08:29:59.999Z')).isLike({ open: true, escalatesAt: null });
  });

  it('waits as long as the policy of its day says (X26)', () => {
    row(clockOf(10), raised()).isLike({ escalatesAt: '2026-03-09T08:40:00.000Z' });
    row(clockOf(10), raised({ critical: false })).isLike({
      escalatesAt: '2026-03-09T10:00:00.000Z',
    });
  });

  it('goes up twice and no further (X26)', () => {
    row(raised(), escalated(1, 'senior-broker')).isLike({
      ...{ owner: 'senior-broker', escalations: 1, escalatesAt: '2026-03-09T09:30:00.000Z' },
    });
    row(raised(), escalated(1, 'senior-broker'), escalated(2, 'commissioner')).isLike({
      ...{ owner: 'commissioner', escalations: 2, escalatesAt: null },
    });
  });

  it.each([
    ['attended', withdrawn('logged-in')],
    ['excused', withdrawn('excused')],
    ['not-required', withdrawn('not-required')],
    ['attended', contradicted],
    ['excused', excused],
    ['not-required', gone],
  ] as const)('closes by itself as %s (S2-12)', (ending, event) => {
    row(detected, raised(), event).isLike({ open: false, ending, escalatesAt: null });
  });

  it('is open again when the log that closed it was voided (X11)', () => {
    row(detected, raised(), withdrawn('logged-in'), detected).isLike({ open: true });
    row(detected, raised(), closed, detected).isLike({ open: false, ending: 'seen-to' });
    row(raised(), contradicted, reported('2026-03-09T13:00:00.000Z')).isLike({ open: true });
  });

  it('keeps its outcome but not the words (X26)', () => {
    row(raised(), closed).isLike({ open: false, personSafe: true, closedBy: 'broker-1' });
    expect(
      JSON.stringify(given(raised(), closed).rowSeenBy(broker, 'alarms', alarmId)),
    ).not.toMatch('sealed');
  });
});

describe('The list of alarms', () => {
  const reads = (...events: readonly SpecEvent[]) => {
    const { projector } = projectorOver({ 'visit-alarms': given(...events) });
    return new VisitAlarmReads(projector);
  };
  const seenBy = (viewer: Viewer, filter: object, ...events: readonly SpecEvent[]) =>
    reads(...events)
      .alarms(viewer, filter, VisitAlarmsSort.CRITICAL_FIRST, { first: 10 })
      .edges.map(({ node }) => node);
  const older = { critical: false, visit: '2026-03-08.1.1', raisedAt: '2026-03-08T09:00:00.000Z' };

  it('begins with the critical ones, and then with the oldest (X26)', () => {
    const alarms = seenBy(broker, { open: true }, raised(older), raised());
    expect(alarms.map(({ critical }) => critical)).toEqual([true, false]);
    expect(seenBy(broker, { open: false }, raised(older), raised())).toEqual([]);
  });

  it('shows a provider its own alarms without their outcome (X26)', () => {
    const [own] = seenBy(providerUser, {}, raised(), taken, closed);
    expect(own).toMatchObject({ open: false, ending: 'seen-to' });
    expect(JSON.stringify(own)).not.toMatch(/broker-1|personSafe|safeguarding|outcomePosition/);
    expect(seenBy(otherProviderUser, {}, raised())).toEqual([]);
    expect(seenBy({ id: 'f', roles: ['finance'] }, {}, raised())).toEqual([]);
  });

  it('fires an escalation at exactly its time, not a millisecond before (X26)', () => {
    const due = (now: string) =>
      dueEscalations(projectorOver({ 'visit-alarms': given(raised()) }).projector, now);
    expect(due('2026-03-09T08:59:59.999Z')).toEqual([]);
    expect(due('2026-03-09T09:00:00.000Z')).toMatchObject([
      {
        command: 'EscalateVisitAlarm',
        fields: { alarmId, level: 1, dueAt: '2026-03-09T09:00:00.000Z' },
      },
    ]);
  });
});

describe('Missed visits', () => {
  const dueBy = '2026-03-11T00:00:00.000Z';
  const counted = (now: string, ...events: readonly SpecEvent[]) => {
    const { projector } = projectorOver({ 'visit-alarms': given(...events) });
    const march = { from: '2026-03-01', before: '2026-04-01' };
    return new VisitAlarmReads(projector).missedVisits(commissioner, march, now)[0];
  };
  const before = '2026-03-10T23:59:59.999Z';

  it('are reported, detected, and detected but not reported in time (S2-12)', () => {
    const both = { providerId, missed: 1, reported: 1, detected: 1, detectedNotReported: 0 };
    expect(counted(dueBy, detected, raised(), reported(before))).toEqual(both);
    expect(counted(dueBy, detected, raised(), reported(dueBy))).toEqual({
      ...both,
      detectedNotReported: 1,
    });
    expect(counted(before, detected, raised())).toEqual({ ...both, reported: 0 });
    expect(counted(dueBy, detected, raised())).toMatchObject({ detectedNotReported: 1 });
    expect(counted(dueBy, reported(before), raised())).toMatchObject({ reported: 1, detected: 0 });
  });

  it('that only the council reported are still not reported by their provider (S2-12)', () => {
    expect(counted(dueBy, detected, raised(), reported(before, 'council'))).toMatchObject({
      ...{ reported: 0, detectedNotReported: 1 },
    });
  });

  it.each([withdrawn('logged-in'), contradicted, excused, gone])(
    'count no more once they were none (S2-12)',
    (event) => {
      expect(counted(dueBy, detected, raised(), reported(before), event)).toBeUndefined();
      expect(counted(dueBy, detected, raised(), event, detected)).toMatchObject({ missed: 1 });
    },
  );

  it('are told by provider to those who compare, and to the provider itself', () => {
    const { projector } = projectorOver({ 'visit-alarms': given(detected, raised()) });
    const of = (viewer: Viewer) =>
      new VisitAlarmReads(projector).missedVisits(
        viewer,
        { from: '2026-03-09', before: '2026-03-10' },
        dueBy,
      );
    expect(of(providerUser)).toHaveLength(1);
    expect(of(otherProviderUser)).toEqual([]);
    expect(of(broker)).toEqual([]);
  });
});
