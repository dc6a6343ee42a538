import fc from 'fast-check';
import type { PlannedVisit } from '#kernel/schedule.js';
import type { PolicyChangeApproved } from '#brokerage/council-policy/council-policy.events.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import {
  broker,
  commissioner,
  contractId,
  otherProviderUser,
  packageId,
  personId,
  providerId,
  providerUser,
} from '../care.fixtures.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { kpi } from './kpi.projection.js';
import { KpiReads } from './kpi.queries.js';

const week = '2026-W11';
const inWeek = { packageId, personId, week };
const holder = { providerId, contractId, contractType: 'framework', patch: 'north' };
const monday = '2026-03-09';
const visit = (over: Partial<PlannedVisit> = {}): PlannedVisit => ({
  ...{ visit: `${monday}.1.1`, on: monday, agreedStart: '08:00', minutes: 30 },
  ...{ startsAt: `${monday}T08:00:00.000Z`, carers: 1, critical: false },
  ...over,
});
const ofWeek = (isoWeek: string, id = packageId) => `visitWeek-${id}-${isoWeek}`;
const planned = (...visits: PlannedVisit[]): SpecEvent => ({
  type: 'WeekPlanned',
  stream: ofWeek(week),
  data: { ...inWeek, ...holder, visits },
});
const inStream = (event: VisitEvent): SpecEvent => ({ ...event, stream: ofWeek(week) });
const attended = (inTime: string, leg = 1, carerId = 'C1', shadow = false): SpecEvent =>
  inStream({
    type: 'VisitsRecorded',
    data: {
      ...{ ...inWeek, providerId },
      legs: [
        {
          ...{ visit: `${monday}.1.1`, leg, carerId, method: 'app' },
          ...(shadow && { shadow }),
          ...{ inAt: `${monday}T${inTime}.000Z`, outAt: `${monday}T09:00:00.000Z` },
        },
      ],
    },
  });
const missReported = (by: 'provider' | 'council'): SpecEvent =>
  inStream({
    type: 'VisitMissReported',
    data: {
      ...{ ...inWeek, visit: `${monday}.1.1`, reason: 'no-staff', reportedBy: 'x', by },
      reportedAt: `${monday}T12:00:00.000Z`,
    },
  });
const excused = inStream({
  type: 'VisitExcused',
  data: { ...inWeek, visit: `${monday}.1.1`, reason: 'non-access', excusedBy: 'broker' },
});
const corrected = (over: object): SpecEvent =>
  inStream({
    type: 'VisitCorrected',
    data: {
      ...{ ...inWeek, correctionId: 'k', visit: `${monday}.1.1`, leg: 1, carerId: 'C1' },
      ...{ inAt: `${monday}T08:00:00.000Z`, outAt: `${monday}T09:00:00.000Z`, voided: false },
      ...{ reason: 'sealed', correctedBy: 'a', approvedBy: 'b', ...over },
    },
  });
const tolerance = (standard: number, effectiveOn: string, version = 1): PolicyChangeApproved => ({
  type: 'PolicyChangeApproved',
  data: {
    ...{ changeId: `k${version}`, version, effectiveOn, approvedBy: 'second' },
    values: { punctualityToleranceMinutes: { standard, critical: 15 } },
  },
});

const opened = (kpiSet: string): SpecEvent => ({
  type: 'ContractOpened',
  data: { contractId, providerId, type: 'block', startsOn: monday, endsBefore: null, kpiSet },
});
const attendedBy = (legs: number) => ({ attended: 1, legs });
const month = `visits|2026-03|${providerId}|north`;
const countsOf = (...events: readonly SpecEvent[]) => givenEvents(kpi).given(...events);

describe('A visit in the KPIs', () => {
  it.each([
    ['08:30:59', 1],
    ['08:31:00', 0],
    ['07:30:00', 1],
    ['07:29:59', 0],
  ])('standard, agreed for 08:00 and started at %s, is on time %d times (S2-9)', (start, kept) => {
    countsOf(planned(visit()), attended(start))
      .counter(month)
      .is({
        ...{ planned: 1, ...attendedBy(1), startedStandard: 1 },
        ...(kept > 0 && { onTimeStandard: kept }),
        ...(start === '08:31:00' && { late: 1 }),
      });
  });

  it.each([
    ['08:15:59', 1],
    ['08:16:00', 0],
    ['07:45:00', 1],
    ['07:44:30', 0],
  ])('critical, agreed for 08:00 and started at %s, is on time %d times (S2-9)', (start, kept) => {
    countsOf(planned(visit({ critical: true })), attended(start))
      .counter(month)
      .is({
        ...{ planned: 1, ...attendedBy(1), startedCritical: 1 },
        ...(kept > 0 && { onTimeCritical: kept, asExpected: 1 }),
        ...(start === '08:16:00' && { late: 1 }),
      });
  });

  it('is on time when every attended leg is (S2-9)', () => {
    const double = planned(visit({ carers: 2 }));
    const both = { planned: 1, ...attendedBy(2), startedStandard: 1, double: 1, doubleKept: 1 };
    countsOf(double, attended('08:00:00'), attended('08:30:00', 2, 'C2'))
      .counter(month)
      .is({ ...both, onTimeStandard: 1 });
    countsOf(double, attended('08:00:00'), attended('08:31:00', 2, 'C2'))
      .counter(month)
      .is({ ...both, late: 1 });
  });

  it('that one of two carers attended is partially attended, not missed (S2-13)', () => {
    countsOf(planned(visit({ carers: 2 })), attended('08:00:00'))
      .counter(month)
      .is({
        ...{ planned: 1, partiallyAttended: 1, legs: 1, double: 1 },
        ...{ startedStandard: 1, onTimeStandard: 1, asExpected: 1 },
      });
  });

  it('is judged without who learns beside its carers (S2-11, S2-13)', () => {
    const learns = attended('08:50:00', 2, 'C2', true);
    const second = attended('08:50:00', 2, 'C2');
    const onTime = { planned: 1, startedStandard: 1, onTimeStandard: 1, asExpected: 1, legs: 1 };
    const late = { planned: 1, startedStandard: 1, late: 1, legs: 2 };
    const judged = (carers: number, leg: SpecEvent) =>
      countsOf(planned(visit({ carers })), attended('08:00:00'), leg).counter(month);
    judged(1, learns).is({ ...onTime, attended: 1 });
    judged(1, second).is({ ...late, attended: 1 });
    judged(2, learns).is({ ...onTime, partiallyAttended: 1, double: 1 });
    judged(2, second).is({ ...late, attended: 1, double: 1, doubleKept: 1 });
    // Nobody was there to be learnt from: no evidence, which is not missed.
    countsOf(planned(visit()), learns).counter(month).is({ planned: 1 });
  });

  it('is judged again when a leg is marked as of who learns, and back (S2-11, X11)', () => {
    const both = [planned(visit()), attended('08:00:00'), attended('08:50:00', 2, 'C2')];
    const second = { leg: 2, carerId: 'C2', inAt: `${monday}T08:50:00.000Z`, method: 'app' };
    const marked = [...both, corrected({ ...second, shadow: true })];
    const onTime = { startedStandard: 1, onTimeStandard: 1, asExpected: 1 };
    countsOf(...marked)
      .counter(month)
      .is({ planned: 1, ...attendedBy(1), ...onTime });
    countsOf(...marked, corrected(second))
      .counter(month)
      .is({ planned: 1, ...attendedBy(2), startedStandard: 1, late: 1 });
  });

  it('is missed when reported and no leg attended it (S2-13)', () => {
    countsOf(planned(visit()), missReported('provider'))
      .counter(month)
      .is({ planned: 1, missed: 1, missedReportedByProvider: 1 });
    countsOf(planned(visit()), missReported('council'))
      .counter(month)
      .is({ planned: 1, missed: 1, missedReportedByCouncil: 1 });
  });

  it('cancelled by the provider is missed, unless a new time was agreed beforehand (S2-13)', () => {
    const reported = missReported('provider');
    const cancelled = {
      ...reported,
      data: { ...(reported.data as object), reason: 'cancelled-by-provider' },
    };
    countsOf(planned(visit()), cancelled)
      .counter(month)
      .is({ planned: 1, missed: 1, missedReportedByProvider: 1, cancelledByProvider: 1 });
    const moved = inStream({
      type: 'VisitsReplanned',
      data: {
        ...{ ...inWeek, ...holder, added: [], withdrawn: [], because: 'agreed-time' },
        changed: [visit({ agreedStart: '09:00', startsAt: `${monday}T09:00:00.000Z` })],
      },
    });
    countsOf(planned(visit()), moved).counter(month).is({ planned: 1, rescheduled: 1 });
  });

  it('is late, not missed, when a log-in follows the report (S2-12, X10)', () => {
    countsOf(planned(visit()), missReported('provider'), attended('08:59:00'))
      .counter(month)
      .is({ planned: 1, ...attendedBy(1), startedStandard: 1, late: 1 });
  });

  it('that is excused stays planned and leaves the denominators (S2-14)', () => {
    countsOf(planned(visit()), missReported('provider'), excused)
      .counter(month)
      .is({ planned: 1, excused: 1 });
  });

  it('without evidence is planned and nothing else (S2-12)', () => {
    countsOf(planned(visit())).counter(month).is({ planned: 1 });
  });

  it('that leaves the plan counts for nothing (X20)', () => {
    const withdrawn = inStream({
      type: 'VisitsReplanned',
      data: {
        ...{ ...inWeek, ...holder, added: [], changed: [] },
        ...{ withdrawn: [`${monday}.1.1`], because: 'package-ended' },
      },
    });
    countsOf(planned(visit()), withdrawn).counter(month).isAbsent();
  });

  const suspension = inStream({
    type: 'VisitsReplanned',
    data: {
      ...{ ...inWeek, ...holder, added: [], changed: [], withdrawn: [], because: 'suspended' },
      excused: [{ visit: `${monday}.1.1`, reason: 'hospital' }],
    },
  });

  it('of a suspended person stays planned, excused until the person is back (X17)', () => {
    countsOf(planned(visit()), suspension).counter(month).is({ planned: 1, excused: 1 });
    const back = inStream({
      type: 'VisitsReplanned',
      data: {
        ...{ ...inWeek, ...holder, added: [], changed: [], withdrawn: [], because: 'restarted' },
        reinstated: [`${monday}.1.1`],
      },
    });
    countsOf(planned(visit()), suspension, back).counter(month).is({ planned: 1 });
  });

  it('belongs, with its miss, to the provider whose plan holds it (S4-14)', () => {
    const moved = inStream({
      type: 'VisitsReplanned',
      data: {
        ...{ ...inWeek, ...holder, providerId: 'p2', added: [visit()], changed: [] },
        ...{ withdrawn: [], because: 'transferred' },
      },
    });
    const missed = [moved, missReported('provider')];
    countsOf(planned(visit()), ...missed)
      .counter(`visits|2026-03|p2|north`)
      .is({ planned: 1, missed: 1, missedReportedByProvider: 1 })
      .counter(month)
      .isAbsent();
    countsOf(planned(visit()), missReported('provider'))
      .counter(month)
      .is({ planned: 1, missed: 1, missedReportedByProvider: 1 });
  });

  it('is judged by the time agreed for its date (S2-9)', () => {
    const moved = inStream({
      type: 'VisitsReplanned',
      data: {
        ...{ ...inWeek, ...holder, added: [], withdrawn: [], because: 'agreed-time' },
        changed: [visit({ agreedStart: '09:00', startsAt: `${monday}T09:00:00.000Z` })],
      },
    });
    countsOf(planned(visit()), moved, attended('09:10:00'))
      .counter(month)
      .is({
        ...{ planned: 1, ...attendedBy(1), rescheduled: 1 },
        ...{ startedStandard: 1, onTimeStandard: 1, asExpected: 1 },
      });
  });

  it('counts in the month of its agreed start’s civil date (S2-9)', () => {
    const late = visit({ visit: '2026-03-31.1.1', on: '2026-03-31' });
    const next = visit({ visit: '2026-04-01.1.1', on: '2026-04-01' });
    countsOf(planned(late, next))
      .counter(month)
      .is({ planned: 1 })
      .counter(`visits|2026-04|${providerId}|north`)
      .is({ planned: 1 });
  });

  it('is judged again when a correction changes it (X11)', () => {
    countsOf(planned(visit()), attended('08:31:00'), corrected({}))
      .counter(month)
      .is({ planned: 1, ...attendedBy(1), startedStandard: 1, onTimeStandard: 1, asExpected: 1 });
    countsOf(planned(visit()), attended('08:31:00'), corrected({ voided: true }))
      .counter(month)
      .is({ planned: 1 });
  });

  it('is judged by the tolerance in force on its date (S2-9)', () => {
    const given = [planned(visit()), attended('08:25:00')];
    countsOf(...given, tolerance(20, monday))
      .counter(month)
      .is({ planned: 1, ...attendedBy(1), startedStandard: 1, late: 1 });
    countsOf(...given, tolerance(20, '2026-03-10'))
      .counter(month)
      .is({ planned: 1, ...attendedBy(1), startedStandard: 1, onTimeStandard: 1 });
  });

  const evidence = (type: string, data: object): SpecEvent => ({
    ...{ type, stream: ofWeek(week) },
    data: { ...inWeek, providerId, visit: `${monday}.1.1`, ...data },
  });
  const found = evidence('VisitMissDetected', { reportDueBy: '2026-03-11T00:00:00.000Z' });
  const withdrawn = evidence('VisitDetectionWithdrawn', { because: 'logged-in' });
  const unreported = `unreported|2026-03|${providerId}|north|2026-03-11`;
  const reportedAt = (at: string): SpecEvent => {
    const reported = missReported('provider');
    return { ...reported, data: { ...(reported.data as object), reportedAt: at } };
  };

  it('that evidence shows as missed is missed, detected and not reported (S2-12)', () => {
    countsOf(planned(visit()), found)
      .counter(month)
      .is({ planned: 1, missed: 1, missedDetected: 1 })
      .counter(unreported)
      .is({ missedUnreported: 1 });
  });

  it('reported in the last moment is reported, at the due moment it is not (S2-12)', () => {
    countsOf(planned(visit()), found, reportedAt('2026-03-10T23:59:59.999Z'))
      .counter(month)
      .is({ planned: 1, missed: 1, missedDetected: 1, missedReportedByProvider: 1 })
      .counter(unreported)
      .isAbsent();
    countsOf(planned(visit()), found, reportedAt('2026-03-11T00:00:00.000Z'))
      .counter(unreported)
      .is({ missedUnreported: 1 });
  });

  it('logged after a detection is late and not missed, the detection withdrawn (S2-12)', () => {
    countsOf(planned(visit()), found, attended('08:59:00'), withdrawn)
      .counter(month)
      .is({ planned: 1, ...attendedBy(1), startedStandard: 1, late: 1 })
      .counter(unreported)
      .isAbsent();
    countsOf(planned(visit()), found, withdrawn).counter(month).is({ planned: 1 });
  });

  const cutOff = (minutes: number): PolicyChangeApproved => ({
    type: 'PolicyChangeApproved',
    data: {
      ...{ changeId: 'c', version: 1, effectiveOn: monday, approvedBy: 'second' },
      values: { lateCutOffMinutes: minutes },
    },
  });

  it('is late however late; missed after a cut-off, where policy has one (X10)', () => {
    const late = { planned: 1, ...attendedBy(1), startedStandard: 1, late: 1 };
    const given = (minutes: number, at: string) =>
      countsOf(planned(visit()), attended(at), cutOff(minutes)).counter(month);
    given(0, '08:59:59').is(late);
    given(45, '08:45:59').is(late);
    given(45, '08:46:00').is({ planned: 1, missed: 1, missedByCutOff: 1 });
  });

  it('started within the minutes that the council expects is counted beside (S2-5)', () => {
    const on = { planned: 1, ...attendedBy(1), startedStandard: 1, onTimeStandard: 1 };
    countsOf(planned(visit()), attended('08:15:59'))
      .counter(month)
      .is({ ...on, asExpected: 1 });
    countsOf(planned(visit()), attended('08:16:00')).counter(month).is(on);
  });

  it('is expected as early as late, which is no KPI: 16 minutes are on time (S2-5, S2-9)', () => {
    const on = { planned: 1, ...attendedBy(1), startedStandard: 1, onTimeStandard: 1 };
    const counted = (at: string) => countsOf(planned(visit()), attended(at)).counter(month);
    counted('07:45:00').is({ ...on, asExpected: 1 });
    counted('07:44:59').is(on);
  });

  it('of 29 minutes is short, agreed or not; of 30 it is not (X3)', () => {
    const agreed = { shortAgreed: true as const };
    countsOf(planned(visit({ minutes: 29 })))
      .counter(month)
      .is({ planned: 1, short: 1 });
    countsOf(planned(visit({ minutes: 15, ...agreed })))
      .counter(month)
      .is({ planned: 1, short: 1, shortAgreed: 1 });
    countsOf(planned(visit({ minutes: 30, ...agreed })))
      .counter(month)
      .is({ planned: 1 });
  });

  it('entered by hand counts apart from those logged as they happened (S1-15)', () => {
    const log = attended('08:00:00');
    const { legs } = log.data as { legs: object[] };
    const byHand = {
      ...log,
      data: { ...(log.data as object), legs: [{ ...legs[0], method: 'manual' }] },
    };
    const on = { startedStandard: 1, onTimeStandard: 1, asExpected: 1 };
    countsOf(planned(visit()), byHand)
      .counter(month)
      .is({ planned: 1, ...attendedBy(1), ...on, manualLegs: 1 });
    countsOf(planned(visit()), log)
      .counter(month)
      .is({ planned: 1, ...attendedBy(1), ...on });
  });

  it('cancelled by the person less than a day before counts as short notice (X22)', () => {
    const cancelled = (noticeAt: string) =>
      inStream({
        type: 'VisitExcused',
        data: {
          ...{ ...inWeek, visit: `${monday}.1.1`, reason: 'cancelled-by-service-user' },
          ...{ excusedBy: 'broker', noticeAt },
        },
      });
    countsOf(planned(visit()), cancelled('2026-03-08T08:00:00.000Z'))
      .counter(month)
      .is({ planned: 1, excused: 1, cancelledByPerson: 1 });
    countsOf(planned(visit()), cancelled('2026-03-08T08:00:01.000Z'))
      .counter(month)
      .is({ planned: 1, excused: 1, cancelledByPerson: 1, cancelledByPersonShort: 1 });
  });

  it('of a contract that names a set of KPIs counts in that set (S3-12)', () => {
    countsOf(opened('extra-care'), planned(visit()), attended('08:00:00'))
      .counter(`${month}|extra-care`)
      .is({
        ...{ planned: 1, ...attendedBy(1) },
        ...{ startedStandard: 1, onTimeStandard: 1, asExpected: 1 },
      })
      .counter(month)
      .isAbsent()
      .counter(`continuity|${monday}|${providerId}|north|extra-care`)
      .is({ windows: 1, kept: 1 });
  });
});

describe('Continuity', () => {
  const windowOf = (startsOn: string) => `continuity|${startsOn}|${providerId}|north`;
  const day = (at: number) => `2026-03-${String(9 + at).padStart(2, '0')}`;
  const visitOn = (at: number) =>
    visit({ visit: `${day(at)}.1.1`, on: day(at), startsAt: `${day(at)}T08:00:00.000Z` });
  const byCarers = (...carers: readonly string[]): SpecEvent =>
    inStream({
      type: 'VisitsRecorded',
      data: {
        ...{ ...inWeek, providerId },
        legs: carers.map((carerId, at) => ({
          ...{ visit: `${day(at)}.1.1`, leg: 1, carerId, method: 'app' },
          ...{ inAt: `${day(at)}T08:00:00.000Z`, outAt: `${day(at)}T08:30:00.000Z` },
        })),
      },
    });
  const fourteen = Array.from({ length: 7 }, (_, at) => visitOn(at));

  it('keeps a window of 6 visits to 2 carers and breaks it with 3 (S2-11)', () => {
    const visits = planned(...fourteen.slice(0, 6));
    countsOf(visits, byCarers('A', 'A', 'A', 'B', 'B', 'B'))
      .counter(windowOf(monday))
      .is({ windows: 1, kept: 1 });
    countsOf(visits, byCarers('A', 'A', 'C', 'B', 'B', 'B'))
      .counter(windowOf(monday))
      .is({ windows: 1 });
  });

  it('tells nothing of a window with a carer whom nobody names, unless it is broken anyway (S2-11)', () => {
    const visits = planned(...fourteen.slice(0, 6));
    const window = (...carers: readonly string[]) =>
      countsOf(visits, byCarers(...carers)).counter(windowOf(monday));
    window('A', 'A', 'A', 'A', 'A', 'unknown').is({ windowsUntold: 1 });
    window('A', 'B', 'C', 'A', 'A', 'unknown').is({ windows: 1 });
  });

  it('is not broken by a carer who learns (S2-11)', () => {
    const third = (shadow: boolean) =>
      inStream({
        type: 'VisitsRecorded',
        data: {
          ...{ ...inWeek, providerId },
          legs: [
            {
              ...{ visit: `${monday}.1.1`, leg: 2, carerId: 'C', method: 'app' },
              ...{ inAt: `${monday}T08:00:00.000Z`, outAt: `${monday}T08:30:00.000Z` },
              ...(shadow && { shadow }),
            },
          ],
        },
      });
    const kept = [planned(...fourteen.slice(0, 6)), byCarers('A', 'A', 'A', 'A', 'A', 'B')];
    countsOf(...kept, third(true))
      .counter(windowOf(monday))
      .is({ windows: 1, kept: 1 });
    countsOf(...kept, third(false))
      .counter(windowOf(monday))
      .is({ windows: 1 });
  });

  it('counts a visit in both overlapping windows that hold it (S2-11)', () => {
    countsOf(planned(visitOn(0)), byCarers('A'))
      .counter(windowOf('2026-03-02'))
      .is({ windows: 1, kept: 1 })
      .counter(windowOf(monday))
      .is({ windows: 1, kept: 1 });
  });

  it('judges no window without an attended visit (S2-11)', () => {
    countsOf(planned(...fourteen))
      .counter(windowOf(monday))
      .isAbsent();
  });

  it('takes the packages of a person together (S2-11)', () => {
    const other: SpecEvent = {
      ...planned(visitOn(1)),
      stream: ofWeek(week, 'p2'),
      data: { ...inWeek, packageId: 'p2', ...holder, visits: [visitOn(1)] },
    };
    const otherAttended = { ...byCarers('A', 'B'), stream: ofWeek(week, 'p2') };
    countsOf(planned(visitOn(0)), other, byCarers('A'), otherAttended)
      .set(`window|${monday}|${providerId}|${personId}`)
      .is({ distinct: 2, total: 2, counts: { visits: 2, legs: 2, 'patch north': 2 } });
  });

  it('starts a window each day once a window’s last day is under that policy (S2-11)', () => {
    const daily: PolicyChangeApproved = {
      type: 'PolicyChangeApproved',
      data: {
        ...{ changeId: 'k1', version: 1, effectiveOn: '2026-03-16', approvedBy: 'second' },
        values: { continuityStep: 'daily' },
      },
    };
    const spec = countsOf(planned(visitOn(0)), byCarers('A'), daily);
    for (const startsOn of ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-08', monday]) {
      spec.counter(windowOf(startsOn)).is({ windows: 1, kept: 1 });
    }
    for (const startsOn of ['2026-02-24', '2026-02-28', '2026-03-01', '2026-03-10']) {
      spec.counter(windowOf(startsOn)).isAbsent();
    }
    spec.recountAgrees();
  });

  it('is judged again when policy counts legs (S2-11)', () => {
    const countLegs: PolicyChangeApproved = {
      type: 'PolicyChangeApproved',
      data: {
        ...{ changeId: 'k1', version: 1, effectiveOn: monday, approvedBy: 'second' },
        values: { continuityCountsLegs: true },
      },
    };
    const doubles = Array.from({ length: 4 }, (_, at) => ({ ...visitOn(at), carers: 2 }));
    const legs = inStream({
      type: 'VisitsRecorded',
      data: {
        ...{ ...inWeek, providerId },
        legs: ['A', 'A', 'B', 'C'].flatMap((first, at) =>
          [first, 'A'].map((carerId, leg) => ({
            ...{ visit: `${day(at)}.1.1`, leg: leg + 1, carerId, method: 'app' as const },
            ...{ inAt: `${day(at)}T08:00:00.000Z`, outAt: `${day(at)}T08:30:00.000Z` },
          })),
        ),
      },
    });
    const spec = countsOf(planned(...doubles), legs);
    spec.counter(windowOf(monday)).is({ windows: 1 });
    spec.given(countLegs).counter(windowOf(monday)).is({ windows: 1, kept: 1 });
    spec.recountAgrees();
  });
});

describe('The KPIs of a month', () => {
  const reads = (...events: readonly SpecEvent[]) =>
    new KpiReads(
      projectorOver({
        kpi: countsOf(...events),
        'contract-register': givenEvents(contractRegister),
        'council-policy': givenEvents(councilPolicy),
      }).projector,
    );
  const given = [planned(visit()), attended('08:00:00')];
  const kpis = (today: string, viewer = commissioner) =>
    reads(...given).providerKpis(viewer, '2026-03', today, undefined);

  it('show each share with what was kept and required, its target and whether it is met (S2-10)', () => {
    expect(kpis('2026-03-31').rows).toMatchObject([
      {
        ...{ providerId, planned: 1, evidenced: 1, missed: 0 },
        punctualityStandard: {
          ...{ kept: 1, required: 1, targetPercent: 80, met: true, display: '100.0' },
        },
        notMissed: { kept: 1, required: 1, targetPercent: 80, met: true },
      },
    ]);
  });

  it('call a share of nothing not applicable (S2-10)', () => {
    const [row] = kpis('2026-03-31').rows;
    expect(row?.punctualityCritical).toEqual({
      ...{ kept: 0, required: 0, targetPercent: 90, display: 'not applicable' },
    });
  });

  it('judge a window once its 14th day is over (S2-11)', () => {
    const windows = (today: string) => kpis(today).rows[0]?.continuity.required;
    expect(windows('2026-03-15')).toBe(0);
    expect(windows('2026-03-16')).toBe(1);
    expect(windows('2026-03-22')).toBe(1);
    expect(windows('2026-03-23')).toBe(2);
  });

  it('are provisional until the challenge period is over, and final on the next day (S2-10)', () => {
    // Ten working days after 31 March 2026, Good Friday and Easter Monday not counted.
    expect(kpis('2026-04-16')).toMatchObject({ finalOn: '2026-04-17', provisional: true });
    expect(kpis('2026-04-17')).toMatchObject({
      ...{ provisional: false, rows: [{ provisional: false, evidenceIncomplete: false }] },
    });
  });

  it('stay provisional, their evidence incomplete, while visits lack evidence (S2-10, X27)', () => {
    const silent = reads(planned(visit()));
    expect(silent.providerKpis(commissioner, '2026-03', '2027-01-01', undefined)).toMatchObject({
      provisional: true,
      rows: [
        {
          ...{ provisional: true, evidenceIncomplete: true, required: 1, notEvidenced: 1 },
          evidenceCoverage: { kept: 0, required: 1, display: '0.0' },
        },
      ],
    });
  });

  it('call evidence of no required visit complete (X27)', () => {
    const all = reads(planned(visit()), excused);
    const [row] = all.providerKpis(commissioner, '2026-03', '2027-01-01', undefined).rows;
    expect(row).toMatchObject({
      ...{ evidenceIncomplete: false, provisional: false, required: 0 },
      evidenceCoverage: { required: 0, display: 'not applicable' },
    });
  });

  it('count a miss as unreported from the day its report is too late (S2-12)', () => {
    const found: SpecEvent = {
      type: 'VisitMissDetected',
      stream: ofWeek(week),
      data: { visit: `${monday}.1.1`, reportDueBy: '2026-03-11T00:00:00.000Z' },
    };
    const row = (today: string) =>
      reads(planned(visit()), found).providerKpis(commissioner, '2026-03', today, undefined)
        .rows[0];
    expect(row('2026-03-10')).toMatchObject({ missed: 1, missedDetected: 1, missedUnreported: 0 });
    expect(row('2026-03-11')).toMatchObject({ missed: 1, missedDetected: 1, missedUnreported: 1 });
  });

  describe('by patch and of the council', () => {
    const south: SpecEvent = {
      ...planned(visit()),
      stream: ofWeek(week, 'p2'),
      data: { ...inWeek, ...holder, packageId: 'p2', patch: 'south', visits: [visit()] },
    };
    const elsewhere: SpecEvent = {
      ...planned(visit()),
      stream: ofWeek(week, 'p3'),
      data: { ...inWeek, ...holder, packageId: 'p3', providerId: 'other', visits: [visit()] },
    };
    const all = reads(...given, south, elsewhere);
    const rows = (...[viewer, by, of]: [typeof commissioner, 'patch' | 'council', string?]) =>
      all.providerKpis(viewer, '2026-03', '2026-03-31', of, by).rows;

    it('sum the providers’ counts (S2-10)', () => {
      expect(rows(commissioner, 'patch')).toMatchObject([
        { patch: 'north', planned: 2, attended: 1, continuity: { kept: 2, required: 2 } },
        { patch: 'south', planned: 1, attended: 0, continuity: { required: 0 } },
      ]);
      expect(rows(commissioner, 'council')).toMatchObject([{ planned: 3, attended: 1 }]);
      expect(rows(commissioner, 'council')[0]).not.toHaveProperty('providerId');
    });

    it('show one provider’s alone when it is asked for, and to a provider (S2-10, L1)', () => {
      expect(rows(commissioner, 'patch', 'other')).toMatchObject([
        { patch: 'north', providerId: 'other', planned: 1 },
      ]);
      expect(rows(providerUser, 'council', 'other')).toMatchObject([{ providerId, planned: 2 }]);
      expect(rows(broker, 'council')).toEqual([]);
    });
  });

  describe('of contracts that name a set of KPIs', () => {
    const targets = (of: object) => ({
      ...{ punctualityStandard: 80, punctualityCritical: 90, continuity: 80, notMissed: 80 },
      ...of,
    });
    const policy: SpecEvent[] = [
      { type: 'PolicyChangeProposed', data: { changeId: 'k1', effectiveOn: '2026-03-31' } },
      { type: 'PolicyChangeApproved', data: { changeId: 'k1', version: 1 } },
    ].map(({ type, data }) => ({
      type,
      data: {
        ...{ effectiveOn: '2026-03-31', reason: 'r', proposedBy: 'a', approvedBy: 'b' },
        values: {
          kpiSets: [{ kpiSet: 'extra-care', targetPercent: targets({ notMissed: 99 }) }],
        },
        ...data,
      },
    }));
    const kpisOf = (...events: readonly SpecEvent[]) =>
      new KpiReads(
        projectorOver({
          kpi: countsOf(...events),
          'contract-register': givenEvents(contractRegister),
          'council-policy': givenEvents(councilPolicy).given(...policy),
        }).projector,
      );
    const general: SpecEvent = {
      ...planned(visit()),
      stream: ofWeek(week, 'p2'),
      data: { ...inWeek, ...holder, packageId: 'p2', contractId: 'c2', visits: [visit()] },
    };
    const row = (month: string, ...events: readonly SpecEvent[]) =>
      kpisOf(opened('extra-care'), ...events).providerKpis(
        commissioner,
        month,
        '2026-06-01',
        undefined,
      ).rows[0];

    it('are judged by the set’s targets, in force on the month’s last day (S2-10, S3-12)', () => {
      expect(row('2026-03', ...given)).toMatchObject({
        notMissed: { targetPercent: 99 },
        kpiSets: [{ kpiSet: 'extra-care', notMissed: { targetPercent: 99 } }],
      });
      const february = planned(visit({ visit: '2026-02-28.1.1', on: '2026-02-28' }));
      expect(row('2026-02', february)).toMatchObject({ notMissed: { targetPercent: 80 } });
    });

    it('are judged apart beside general ones, which keep the general targets (S3-12)', () => {
      expect(row('2026-03', ...given, general)).toMatchObject({
        ...{ planned: 2, notMissed: { targetPercent: 80 } },
        kpiSets: [{ kpiSet: 'extra-care', notMissed: { targetPercent: 99, required: 1 } }],
      });
    });
  });

  it('are hidden from brokers and from other providers (S1-13, L1)', () => {
    expect(kpis('2026-03-31', broker).rows).toEqual([]);
    expect(kpis('2026-03-31', otherProviderUser).rows).toEqual([]);
    expect(kpis('2026-03-31', providerUser).rows).toHaveLength(1);
  });

  it('stored equal those counted again, whatever happened (L1)', () => {
    const starts = ['07:29:00', '08:00:00', '08:31:00'] as const;
    const happening = fc.oneof(
      fc
        .constantFrom(...starts)
        .chain((start) =>
          fc
            .tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom('A', 'B', 'C'))
            .map(([leg, carer]) => attended(start, leg, carer)),
        ),
      fc.constantFrom(excused, missReported('provider'), missReported('council')),
      fc.boolean().map((voided) => corrected({ voided, carerId: 'D' })),
      fc.integer({ min: 0, max: 40 }).map((minutes) => tolerance(minutes, monday, minutes + 1)),
    );
    fc.assert(
      fc.property(fc.boolean(), fc.array(happening, { maxLength: 12 }), (named, events) => {
        const contract = named ? [opened('extra-care')] : [];
        countsOf(...contract, planned(visit({ carers: 2 })), ...events).recountAgrees();
      }),
      { numRuns: 60 },
    );
  });
});
