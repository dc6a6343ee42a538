import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import type { ReplanCause, VisitEvent, VisitsReplanned, WeekPlanned } from './visit.events.js';
import {
  acorn,
  holder,
  legOfMonday,
  monday,
  mondayLunch,
  packageId,
  personId,
  birch,
  plan,
  planOf,
  recorded,
  span,
  tuesday,
  week,
  weekPlanned,
} from './visit.fixtures.js';
import type { PackagePlan, PlannedSpan } from './visit.plan.rules.js';

const { given } = specFor(visitDecider);

describe('The plan of a week', () => {
  const planWeek = (
    of: Partial<PlannedSpan> = {},
    {
      goLiveOn = '2026-01-05',
      isoWeek = week,
      events = [],
      of: planned = planOf({ ...span, ...of }),
    }: {
      goLiveOn?: string | null;
      isoWeek?: string;
      events?: VisitEvent[];
      of?: PackagePlan;
    } = {},
  ) =>
    given(...events).when(
      'PlanWeek',
      { packageId, week: isoWeek },
      { facts: { plan: planned }, policy: { ...shippedPolicy, ecmGoLiveOn: goLiveOn } },
    );
  const visitsOf = (planned: ReturnType<typeof planWeek>) =>
    (planned.events() as WeekPlanned[]).flatMap(({ data }) => data.visits);
  const daysOf = (planned: ReturnType<typeof planWeek>) =>
    visitsOf(planned).map(({ visit }) => visit);

  it('holds every visit of the agreed schedule with who is responsible (S1-12)', () => {
    planWeek().then(weekPlanned);
  });

  it('is made once, for a confirmed award', () => {
    planWeek({}, { events: [weekPlanned] }).thenNothing();
    planWeek({}, { of: { ...planOf(), holder: null } }).thenNothing();
  });

  it('begins at the start of the package and ends before its end (X20)', () => {
    expect(daysOf(planWeek({ fromOn: '2026-03-10' }))).toEqual([tuesday]);
    expect(daysOf(planWeek({ endsBefore: '2026-03-10' }))).toEqual([monday, mondayLunch]);
    expect(daysOf(planWeek({ endsBefore: '2026-03-09' }))).toEqual([]);
  });

  it('holds no visit before monitoring goes live, even of older packages (X30)', () => {
    const older = { fromOn: '2025-11-03' };
    expect(daysOf(planWeek(older, { goLiveOn: '2026-03-09' }))).toHaveLength(3);
    expect(daysOf(planWeek(older, { goLiveOn: '2026-03-10' }))).toEqual([tuesday]);
    planWeek(older, { goLiveOn: null }).thenNothing();
  });

  const night = (start: string) => ({
    fromOn: '2026-01-05',
    schedule: [{ line: 1, days: [7], start, minutes: 30, carers: 1, critical: false }],
  });

  it('moves a time in the spring gap forward by the gap and flags it (X9)', () => {
    const spring = { isoWeek: '2026-W13' };
    expect(visitsOf(planWeek(night('01:30'), spring))).toEqual([
      expect.objectContaining({
        ...{ agreedStart: '01:30', startsAt: '2026-03-29T01:30:00.000Z', shifted: true },
      }),
    ]);
    const [before] = visitsOf(planWeek(night('00:59'), spring));
    expect(before).toMatchObject({ startsAt: '2026-03-29T00:59:00.000Z' });
    expect(before).not.toHaveProperty('shifted');
    const [after] = visitsOf(planWeek(night('02:00'), spring));
    expect(after).toMatchObject({ startsAt: '2026-03-29T01:00:00.000Z' });
    expect(after).not.toHaveProperty('shifted');
  });

  it('takes the first of a repeated time (X9)', () => {
    const autumn = { isoWeek: '2026-W43' };
    const startOf = (start: string) => visitsOf(planWeek(night(start), autumn))[0]?.startsAt;
    expect(startOf('01:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(startOf('02:00')).toBe('2026-10-25T02:00:00.000Z');
  });
});

const policy = { ...shippedPolicy, ecmGoLiveOn: '2026-01-05' };
const replan = (of: PackagePlan, because: ReplanCause, ...events: VisitEvent[]) =>
  given(...events).when(
    'ReplanWeek',
    { packageId, week, because },
    { facts: { plan: of }, policy },
  );
const replannedAs = (change: Partial<VisitsReplanned['data']>): VisitsReplanned => ({
  type: 'VisitsReplanned',
  data: {
    ...{ packageId, personId, week, ...holder, added: [], changed: [], withdrawn: [] },
    ...{ because: 'package-ended', ...change },
  },
});
const { visits } = weekPlanned.data;
const [, , tuesdayVisit] = visits;
if (!tuesdayVisit) throw new Error('the fixture has three visits');

describe('The plan after the end of a package', () => {
  const end = (endsBefore: string, ...events: VisitEvent[]) =>
    replan(planOf({ ...span, endsBefore }), 'package-ended', ...events);
  const withdrawn = (...gone: string[]) => replannedAs({ withdrawn: gone });

  it('loses the visits from the day after the last one (X20)', () => {
    end('2026-03-10', weekPlanned).then(withdrawn(tuesday));
    end('2026-03-09', weekPlanned).then(withdrawn(monday, mondayLunch, tuesday));
    end('2026-03-11', weekPlanned).thenNothing();
  });

  it('keeps a visit that was attended (X20)', () => {
    end('2026-03-09', weekPlanned, recorded(legOfMonday)).then(withdrawn(mondayLunch, tuesday));
  });

  it('changes nothing twice, of a package that goes on, or of an unplanned week', () => {
    end('2026-03-10', weekPlanned, withdrawn(tuesday)).thenNothing();
    end('9999-12-31', weekPlanned).thenNothing();
    end('2026-03-10').thenNothing();
  });
});

describe('The plan of a suspended person', () => {
  const away = (fromOn: string, suspendedBecause = 'hospital') =>
    planOf({ ...span, endsBefore: fromOn }, { ...span, fromOn, suspendedBecause });
  const suspended = replannedAs({
    excused: [{ visit: tuesday, reason: 'hospital' }],
    because: 'suspended',
  });

  it('keeps the visits of an opened week, excused from the effective date on (X17)', () => {
    replan(away('2026-03-10'), 'suspended', weekPlanned).then(suspended);
    replan(away('2026-03-11'), 'suspended', weekPlanned).thenNothing();
    replan(away('2026-03-10', 'holiday'), 'suspended', weekPlanned).thenLike({
      type: 'VisitsReplanned',
      data: { excused: [{ visit: tuesday, reason: 'cancelled-by-service-user' }], withdrawn: [] },
    });
  });

  it('is made without them where the week was not opened yet (X17)', () => {
    const planned = given().when(
      'PlanWeek',
      { packageId, week },
      { facts: { plan: away('2026-03-10') }, policy },
    );
    planned.thenLike({
      type: 'WeekPlanned',
      data: { visits: [{ visit: monday }, { visit: mondayLunch }] },
    });
    expect((planned.events() as WeekPlanned[])[0]?.data.visits).toHaveLength(2);
  });

  it('leaves a visit alone that was attended, missed or excused for another reason (X17)', () => {
    const missed: VisitEvent = {
      type: 'VisitMissReported',
      data: {
        ...{ packageId, personId, week, visit: mondayLunch, reason: 'no-staff' },
        ...{ reportedBy: 'u', by: 'provider', reportedAt: '2026-03-09T14:00:00.000Z' },
      },
    };
    replan(away('2026-03-09'), 'suspended', weekPlanned, recorded(legOfMonday), missed).then(
      suspended,
    );
    const excused: VisitEvent = {
      type: 'VisitExcused',
      data: { packageId, personId, week, visit: tuesday, reason: 'police', excusedBy: 'u' },
    };
    replan(away('2026-03-10'), 'suspended', weekPlanned, excused).thenNothing();
    replan(plan, 'restarted', weekPlanned, excused).thenNothing();
  });

  it('has its visits back from the day of the restart (X17)', () => {
    replan(plan, 'restarted', weekPlanned, suspended).then(
      replannedAs({ reinstated: [tuesday], because: 'restarted' }),
    );
    replan(away('2026-03-10'), 'restarted', weekPlanned, suspended).thenNothing();
    const monday2 = { ...weekPlanned, data: { ...weekPlanned.data, visits: visits.slice(0, 2) } };
    replan(plan, 'restarted', monday2).then(
      replannedAs({ added: [tuesdayVisit], because: 'restarted' }),
    );
  });
});

describe('The plan of a varied package', () => {
  const varied = (of: Partial<PlannedSpan['schedule'][number]>, submittedAt: string) => {
    const schedule = span.schedule.map((line) => (line.line === 1 ? { ...line, ...of } : line));
    const later = { ...span, fromOn: '2026-03-10', schedule, submittedAt };
    return planOf({ ...span, endsBefore: '2026-03-10' }, later);
  };
  const before = '2026-03-05T09:00:00.000Z';
  const after = '2026-03-12T09:00:00.000Z';

  it('follows the schedule in force on each date, the visit keeping its id (X18)', () => {
    replan(varied({ minutes: 45 }, before), 'varied', weekPlanned).then(
      replannedAs({ changed: [{ ...tuesdayVisit, minutes: 45 }], because: 'varied' }),
    );
    replan(varied({}, before), 'varied', weekPlanned).thenNothing();
  });

  it('has the new minutes of a visit that was attended before (X18)', () => {
    const leg = { ...legOfMonday, visit: tuesday };
    replan(varied({ minutes: 15 }, after), 'varied', weekPlanned, recorded(leg)).then(
      replannedAs({ changed: [{ ...tuesdayVisit, minutes: 15 }], because: 'varied' }),
    );
  });

  it('moves a start only if it is submitted before both the old and the new one (S2-9)', () => {
    replan(varied({ start: '09:00' }, '2026-03-10T07:59:59.999Z'), 'varied', weekPlanned).thenLike({
      type: 'VisitsReplanned',
      data: { changed: [{ visit: tuesday, startsAt: '2026-03-10T09:00:00.000Z' }] },
    });
    replan(
      varied({ start: '09:00' }, '2026-03-10T08:00:00.000Z'),
      'varied',
      weekPlanned,
    ).thenNothing();
    replan(
      varied({ start: '07:00' }, '2026-03-10T07:00:00.000Z'),
      'varied',
      weekPlanned,
    ).thenNothing();
  });

  it('leaves a time alone that was agreed for one visit (S2-9)', () => {
    const agreed = replannedAs({
      changed: [{ ...tuesdayVisit, agreedStart: '10:00', startsAt: '2026-03-10T10:00:00.000Z' }],
      because: 'agreed-time',
    });
    replan(varied({ minutes: 45 }, before), 'varied', weekPlanned, agreed).thenLike({
      type: 'VisitsReplanned',
      data: { changed: [{ visit: tuesday, agreedStart: '10:00', minutes: 45 }] },
    });
    replan(plan, 'varied', weekPlanned, agreed).thenNothing();
  });
});

describe('The plan of a package that changes its provider', () => {
  const birchs = { providerId: birch, contractId: 'c-birch', contractType: 'spot' };
  const moved = (fromOn: string) =>
    planOf({ ...span, endsBefore: fromOn }, { ...span, ...birchs, fromOn });

  it('moves later visits of the week to the new one, under the same ids (S4-14)', () => {
    replan(moved('2026-03-10'), 'transferred', weekPlanned).then(
      replannedAs({ ...birchs, added: [tuesdayVisit], because: 'transferred' }),
    );
    replan(moved('2026-03-11'), 'transferred', weekPlanned).thenNothing();
  });

  it('leaves a visit and its miss with the provider whose plan held it (S4-14)', () => {
    const missed: VisitEvent = {
      type: 'VisitMissReported',
      data: {
        ...{ packageId, personId, week, visit: mondayLunch, reason: 'no-staff' },
        ...{ reportedBy: 'u', by: 'provider', reportedAt: '2026-03-09T14:00:00.000Z' },
      },
    };
    const events = [weekPlanned, recorded(legOfMonday), missed];
    replan(moved('2026-03-09'), 'transferred', ...events).then(
      replannedAs({ ...birchs, added: [tuesdayVisit], because: 'transferred' }),
    );
  });

  it('is opened with both of them in their own parts of the week (S4-14)', () => {
    given()
      .when('PlanWeek', { packageId, week }, { facts: { plan: moved('2026-03-10') }, policy })
      .thenLike(
        { type: 'WeekPlanned', data: { providerId: acorn, visits: [{}, {}] } },
        { type: 'VisitsReplanned', data: { providerId: birch, added: [{ visit: tuesday }] } },
      );
  });

  it('is opened empty while nobody is to visit, and filled when someone is (S4-14)', () => {
    const opened = given().when(
      'PlanWeek',
      { packageId, week },
      { facts: { plan: planOf() }, policy },
    );
    opened.thenLike({ type: 'WeekPlanned', data: { visits: [] } });
    replan(plan, 'transferred', ...(opened.events() as WeekPlanned[])).thenLike({
      type: 'VisitsReplanned',
      data: { added: [{ visit: monday }, { visit: mondayLunch }, { visit: tuesday }] },
    });
  });
});
