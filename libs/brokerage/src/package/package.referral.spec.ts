import { specFor } from '#kernel/spec-dsl.js';
import type { CareNeedsInput } from './package.care-needs.commands.js';
import { packageDecider } from './package.decider.js';
import { acorn, needs, personId, reference, referral, referred } from './package.fixtures.js';
import { personIdOf } from './package.referral.decider.js';

const { given } = specFor(packageDecider);
const [morning, lunch] = needs.schedule as [
  CareNeedsInput['schedule'][number],
  CareNeedsInput['schedule'][number],
];
const refer = (changed: Partial<CareNeedsInput>) =>
  given().when('ReferPackage', { ...referral, needs: { ...needs, ...changed } });

describe('A referral', () => {
  it('keeps the case system’s ids and the whole schedule with numbered visits (S1-8)', () => {
    refer({}).then(referred);
    expect(referred.data.needs.schedule.map(({ line }) => line)).toEqual([1, 2]);
  });

  it('is of the same person whenever the case system names the same one (S1-8)', () => {
    expect(personIdOf({ ...reference })).toBe(personId);
    expect(personIdOf({ ...reference, personRef: 'P-1002' })).not.toBe(personId);
    expect(personIdOf({ ...reference, system: 'care-first' })).not.toBe(personId);
  });

  it('is received once', () => {
    given(referred).when('ReferPackage', referral).thenRejected('PackageAlreadyReferred');
  });

  it('may be linked to an open package with a reason (X1)', () => {
    const linkedTo = { packageId: acorn, reason: 'Night visits are bought apart.' };
    given()
      .when('ReferPackage', { ...referral, linkedTo })
      .thenLike({ type: 'PackageReferred', data: { linkedTo } });
  });

  it('carries no field that brokerage does not ask for (S1-8)', () => {
    const planted = { ...needs, name: 'Ada Fictional', nhsNumber: '999 000 0000' };
    given()
      .when('ReferPackage', { ...referral, needs: planted })
      .then(referred);
  });
});

describe('The schedule of a referral', () => {
  it('is refused with everything that is missing, not the first thing (X1)', () => {
    refer({ schedule: [{}, { ...lunch, minutes: undefined, tasks: [] } as never] }).thenRejected(
      'VisitDaysMissing',
      'VisitStartMissing',
      'VisitMinutesMissing',
      'VisitCarersMissing',
      'VisitTasksMissing',
      'VisitCriticalMissing',
      'VisitMinutesMissing',
      'VisitTasksMissing',
    );
  });

  it('names the place of each missing thing (X1)', () => {
    const refused = () => refer({ schedule: [morning, { days: [1] }] }).events();
    expect(refused).toThrow(
      expect.objectContaining({
        violations: [
          expect.objectContaining({ path: 'needs.schedule.1.start' }),
          expect.objectContaining({ path: 'needs.schedule.1.minutes' }),
          expect.objectContaining({ path: 'needs.schedule.1.carers' }),
          expect.objectContaining({ path: 'needs.schedule.1.tasks' }),
          expect.objectContaining({ path: 'needs.schedule.1.critical' }),
        ],
      }) as Error,
    );
  });

  const days = (list: number[]) => ({ ...lunch, days: list });
  it.each([
    ['days', { ...lunch, days: [] }, 'VisitDaysMissing'],
    ['days named once', days([1, 1]), 'VisitDaysRepeated'],
    ['a wanted start', { ...lunch, start: '' }, 'VisitStartMissing'],
    ['minutes', { ...lunch, minutes: null as never }, 'VisitMinutesMissing'],
    ['at least one minute', { ...lunch, minutes: 0 }, 'VisitMinutesNotPositive'],
    ['no negative minutes', { ...lunch, minutes: -30 }, 'VisitMinutesNotPositive'],
    ['a number of carers', { ...lunch, carers: 0 }, 'VisitCarersMissing'],
    ['tasks', { ...lunch, tasks: [] }, 'VisitTasksMissing'],
    ['critical yes or no', { ...lunch, critical: null as never }, 'VisitCriticalMissing'],
  ])('needs %s for every visit (X1)', (_, visit, code) => {
    refer({ schedule: [visit] }).thenRejected(code);
    refer({ schedule: [lunch] }).thenLike({ type: 'PackageReferred' });
  });

  it('has a visit and a wanted first day that exists (X1)', () => {
    refer({ schedule: [] }).thenRejected('ScheduleMissing');
    refer({ startOn: '2026-02-29', schedule: [] }).thenRejected(
      'ScheduleMissing',
      'DateDoesNotExist',
    );
    refer({ startOn: '2028-02-29' }).thenLike({ type: 'PackageReferred' });
  });

  it('says why a visit is critical (X23)', () => {
    const { criticalReason: _, ...unreasoned } = morning;
    refer({ schedule: [unreasoned] }).thenRejected('CriticalReasonMissing');
    refer({ schedule: [morning] }).thenLike({
      type: 'PackageReferred',
      data: { needs: { schedule: [{ critical: true, criticalReason: 'timed-medicine' }] } },
    });
  });

  it('gives no such reason for a visit that is not critical (X23)', () => {
    refer({ schedule: [{ ...lunch, criticalReason: 'insulin' }] }).thenRejected(
      'CriticalReasonWithoutCritical',
    );
    refer({ schedule: [lunch] }).thenLike({ type: 'PackageReferred' });
  });

  it('has no latest start before the wanted one (X2)', () => {
    refer({ schedule: [{ ...morning, latestStart: '07:59' }] }).thenRejected(
      'LatestStartBeforeWanted',
    );
    refer({ schedule: [{ ...morning, latestStart: '08:00' }] }).thenLike({
      type: 'PackageReferred',
    });
  });
});

describe('Overlapping visits of a schedule', () => {
  const visit = (day: number, start: string, minutes: number) => ({
    ...{ ...lunch, days: [day], start, minutes },
  });

  it('are refused, and visits that touch are not (X1)', () => {
    refer({ schedule: [visit(1, '08:00', 30), visit(1, '08:29', 30)] }).thenRejected(
      'VisitsOverlap',
    );
    refer({ schedule: [visit(1, '08:00', 30), visit(1, '08:30', 30)] }).thenLike({
      type: 'PackageReferred',
    });
  });

  it('are found from Sunday over midnight to Monday (X1)', () => {
    refer({ schedule: [visit(7, '23:45', 30), visit(1, '00:14', 30)] }).thenRejected(
      'VisitsOverlap',
    );
    refer({ schedule: [visit(7, '23:45', 30), visit(1, '00:15', 30)] }).thenLike({
      type: 'PackageReferred',
    });
  });

  it('are all named, with the day (X1)', () => {
    const refused = () =>
      refer({
        schedule: [visit(1, '08:00', 60), visit(1, '08:30', 60), visit(1, '09:15', 30)],
      }).events();
    expect(refused).toThrow(
      'Visits 1 and 2 of the schedule overlap on Monday. Visits 2 and 3 of the schedule overlap on Monday.',
    );
  });
});
