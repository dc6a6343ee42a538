import { shippedPolicy } from '#kernel/council-policy.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import type { VisitEvent, VisitsReplanned, WeekPlanned } from './visit.events.js';
import {
  holder,
  legOfMonday,
  monday,
  mondayLunch,
  packageId,
  personId,
  plan,
  recorded,
  tuesday,
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
