import type { Actor } from '#kernel/actor.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import type { VisitEvent, VisitsReplanned, WeekPlanned } from './visit.events.js';
import {
  acorn,
  broker,
  holder,
  idOf,
  legOfMonday,
  monday,
  mondayLunch,
  packageId,
  personId,
  plan,
  recorded,
  tuesday,
  userOf,
  week,
  weekPlanned,
} from './visit.fixtures.js';
import type { PackagePlan } from './visit.plan.decider.js';

const { given } = specFor(visitDecider);

describe('The plan of a week', () => {
  const planWeek = (
    of: Partial<PackagePlan> = {},
    {
      goLiveOn = '2026-01-05',
      isoWeek = week,
      events = [],
    }: { goLiveOn?: string | null; isoWeek?: string; events?: VisitEvent[] } = {},
  ) =>
    given(...events).when(
      'PlanWeek',
      { packageId, week: isoWeek },
      {
        facts: { plan: { ...plan, ...of } },
        policy: { ...shippedPolicy, ecmGoLiveOn: goLiveOn },
      },
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
    planWeek({ confirmed: false }).thenNothing();
  });

  it('begins at the start of the package and ends before its end (X20)', () => {
    expect(daysOf(planWeek({ startOn: '2026-03-10' }))).toEqual([tuesday]);
    expect(daysOf(planWeek({ endsBefore: '2026-03-10' }))).toEqual([monday, mondayLunch]);
    expect(daysOf(planWeek({ endsBefore: '2026-03-09' }))).toEqual([]);
  });

  it('holds no visit before monitoring goes live, even of older packages (X30)', () => {
    const older = { startOn: '2025-11-03' };
    expect(daysOf(planWeek(older, { goLiveOn: '2026-03-09' }))).toHaveLength(3);
    expect(daysOf(planWeek(older, { goLiveOn: '2026-03-10' }))).toEqual([tuesday]);
    planWeek(older, { goLiveOn: null }).thenNothing();
  });

  const night = (start: string) => ({
    startOn: '2026-01-05',
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

describe('The plan after the end of a package', () => {
  const replan = (endsBefore: string | null, ...events: VisitEvent[]) =>
    given(...events).when(
      'ReplanWeek',
      { packageId, week },
      { facts: { plan: { ...plan, endsBefore } } },
    );
  const withdrawn = (...visits: string[]) => ({
    type: 'VisitsReplanned',
    data: {
      ...{ packageId, personId, week, ...holder, added: [], changed: [], withdrawn: visits },
      because: 'package-ended',
    },
  });

  it('loses the visits from the day after the last one (X20)', () => {
    replan('2026-03-10', weekPlanned).then(withdrawn(tuesday));
    replan('2026-03-09', weekPlanned).then(withdrawn(monday, mondayLunch, tuesday));
    replan('2026-03-11', weekPlanned).thenNothing();
  });

  it('keeps a visit that was attended (X20)', () => {
    replan('2026-03-09', weekPlanned, recorded(legOfMonday)).then(withdrawn(mondayLunch, tuesday));
  });

  it('changes nothing twice, of a package that goes on, or of an unplanned week', () => {
    const event = withdrawn(tuesday) as VisitsReplanned;
    replan('2026-03-10', weekPlanned, event).thenNothing();
    replan(null, weekPlanned).thenNothing();
    replan('2026-03-10').thenNothing();
  });
});

describe('A new agreed time', () => {
  const agreedWith = { name: 'Ada Fictional', relationship: 'person' };
  const agree = (
    fields: { on?: string; start?: string; visit?: string },
    now: string,
    { actor = broker, events = [weekPlanned] }: { actor?: Actor; events?: VisitEvent[] } = {},
  ) =>
    given(...events).when(
      'AgreeVisitTime',
      {
        visitId: idOf(fields.visit ?? monday),
        on: fields.on ?? '2026-03-09',
        start: fields.start ?? '09:00',
        agreedWith,
      },
      { now, actor },
    );
  const inTime = '2026-03-08T10:00:00.000Z';
  const moved = (startsAt: string) => ({
    type: 'VisitsReplanned',
    data: { changed: [{ visit: monday, startsAt }], because: 'agreed-time', agreedWith },
  });

  it('is recorded with who agreed it; all else of the visit stays (S2-9)', () => {
    agree({}, inTime).then({
      type: 'VisitsReplanned',
      data: {
        ...{ packageId, personId, week, ...holder, added: [], withdrawn: [] },
        changed: [
          {
            ...{ visit: monday, on: '2026-03-09', agreedStart: '09:00', minutes: 30, carers: 1 },
            ...{ startsAt: '2026-03-09T09:00:00.000Z', critical: true },
          },
        ],
        ...{ because: 'agreed-time', agreedWith },
      },
    });
  });

  it('counts only when recorded before the old start (S2-9)', () => {
    agree({}, '2026-03-09T07:59:59.999Z').thenLike(moved('2026-03-09T09:00:00.000Z'));
    agree({}, '2026-03-09T08:00:00.000Z').thenRejected('TimeAgreedTooLate');
  });

  it('counts only when recorded before the new start too (S2-9)', () => {
    agree({ start: '07:00' }, '2026-03-09T06:59:59.999Z').thenLike(
      moved('2026-03-09T07:00:00.000Z'),
    );
    agree({ start: '07:00' }, '2026-03-09T07:00:00.000Z').thenRejected('TimeAgreedTooLate');
  });

  it('is judged by the start in force: a moved visit by where it was moved to (S2-9)', () => {
    const events = [weekPlanned, ...(agree({}, inTime).events() as VisitEvent[])];
    agree({ start: '10:00' }, '2026-03-09T08:30:00.000Z', { events }).thenLike(
      moved('2026-03-09T10:00:00.000Z'),
    );
    agree({ start: '10:00' }, '2026-03-09T09:00:00.000Z', { events }).thenRejected(
      'TimeAgreedTooLate',
    );
  });

  it('is never recorded by the provider (S2-9)', () => {
    agree({}, inTime, { actor: userOf(acorn) }).thenRejected('TimeNotAgreedByProvider');
    agree({}, inTime, { actor: broker }).thenLike({ type: 'VisitsReplanned' });
  });

  it('lies on a real day of the same week', () => {
    agree({ on: '2026-03-15' }, inTime).thenLike(moved('2026-03-15T09:00:00.000Z'));
    agree({ on: '2026-03-16' }, inTime).thenRejected('TimeOutsideWeek');
    agree({ on: '2026-02-30' }, inTime).thenRejected('DateDoesNotExist');
  });

  it('is of a planned visit', () => {
    agree({ visit: '2026-03-09.9.1' }, inTime).thenRejected('VisitNotPlanned');
    agree({}, inTime, { events: [] }).thenRejected('VisitNotPlanned');
    const ended: VisitsReplanned = {
      type: 'VisitsReplanned',
      data: {
        ...{ packageId, personId, week, ...holder, added: [], changed: [], withdrawn: [monday] },
        because: 'package-ended',
      },
    };
    agree({}, inTime, { events: [weekPlanned, ended] }).thenRejected('VisitNotPlanned');
  });

  it('in the spring gap moves forward by the gap, flagged (X9)', () => {
    const sunday = '2026-03-29.1.1';
    const spring: WeekPlanned = {
      type: 'WeekPlanned',
      data: {
        ...{ packageId, personId, week: '2026-W13', ...holder },
        visits: [
          {
            ...{ visit: sunday, on: '2026-03-29', startsAt: '2026-03-29T07:00:00.000Z' },
            ...{ agreedStart: '08:00', minutes: 30, carers: 1, critical: false },
          },
        ],
      },
    };
    agree({ visit: sunday, on: '2026-03-29', start: '01:30' }, inTime, {
      events: [spring],
    }).thenLike({
      type: 'VisitsReplanned',
      data: { changed: [{ startsAt: '2026-03-29T01:30:00.000Z', shifted: true }] },
    });
  });
});
