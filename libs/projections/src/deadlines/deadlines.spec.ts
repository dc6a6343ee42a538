import { idOfKey } from '#kernel/ids.js';
import { shippedPolicy, type CouncilPolicy } from '#kernel/council-policy.js';
import type { WeekPlanned } from '#brokerage/visit/visit.events.js';
import {
  confirmed,
  directPayment,
  ended,
  issued,
  packageId,
  personId,
  presented,
  presentedOffer,
  requestClosed,
  requestId,
  takenOn,
  windowExtended,
  withdrawn,
} from '../care.fixtures.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { projectorOver } from '../read-side.fixtures.js';
import { deadlines } from './deadlines.projection.js';
import { DueDeadlines } from './deadlines.queries.js';

const live: CouncilPolicy = { ...shippedPolicy, ecmGoLiveOn: '2026-03-02' };
const planned = (week: string): WeekPlanned => ({
  type: 'WeekPlanned',
  data: {
    ...{ packageId, personId, week, providerId: 'p', contractId: 'c' },
    ...{ contractType: 'framework', patch: 'north', visits: [] },
  },
});

const given = (...events: readonly SpecEvent[]) => givenEvents(deadlines).given(...events);
const dueAt = (folded: ReturnType<typeof given>, now: string, policy = live) => {
  const { projector, store } = projectorOver({ deadlines: folded });
  return new DueDeadlines(projector, store).due(now, policy);
};

describe('The deadlines of requests', () => {
  it('fall due at exactly the close of the window (X4)', async () => {
    const due = await dueAt(given(issued()), '2026-03-03T10:00:00.000Z');
    expect(due).toEqual([
      {
        key: `close-request/${requestId}`,
        eventId: idOfKey('spec', 1),
        command: 'CloseRequest',
        fields: { packageId, requestId },
      },
    ]);
  });

  it('are not due one millisecond before the close (X4)', async () => {
    expect(await dueAt(given(issued()), '2026-03-03T09:59:59.999Z')).toEqual([]);
  });

  it('move with an extended window, and name the event that moved them (X4)', () => {
    given(issued(), windowExtended('2026-03-04T10:00:00.000Z'))
      .row('closings', packageId)
      .is({
        ...{ packageId, requestId, dueAt: '2026-03-04T10:00:00.000Z' },
        ...{ eventId: idOfKey('spec', 2), position: 2 },
      });
  });

  it.each([
    ['the request is closed', requestClosed],
    ['offers are presented', presented(presentedOffer)],
    ['the referral is withdrawn', withdrawn],
    ['a direct payment is taken', directPayment('2026-03-09')],
  ])('are cleared when %s', (_, event) => {
    given(issued(), event).row('closings', packageId).isAbsent();
  });
});

describe('The deadlines of plans', () => {
  it('begin with the week of the agreed start, once the award stands', () => {
    given(confirmed({ startOn: '2026-03-11' }))
      .row('plannings', packageId)
      .is({
        packageId,
        nextWeek: '2026-W11',
        planned: false,
        endsBefore: null,
        eventId: idOfKey('spec', 1),
        position: 1,
      });
  });

  it('begin with the week of the start of a package taken on (X30)', () => {
    given(takenOn({ startedOn: '2025-06-02' }))
      .row('plannings', packageId)
      .isLike({ nextWeek: '2025-W23' });
  });

  it('move on week by week, from the week that was planned last', () => {
    given(confirmed(), planned('2026-W11'), planned('2026-W12'))
      .row('plannings', packageId)
      .isLike({ nextWeek: '2026-W13', eventId: idOfKey('spec', 3) });
  });

  const later = '2026-06-01T09:00:00.000Z';

  it('stay due when a package ends in a week without a plan', async () => {
    const open = given(confirmed(), planned('2026-W11'), ended('2026-03-17'));
    expect(await dueAt(open, later)).toMatchObject([{ fields: { week: '2026-W12' } }]);
    expect(await dueAt(open.given(planned('2026-W12')), later)).toEqual([]);
  });

  it('go on after the last planned week when care comes back (S3-8)', async () => {
    const over = given(confirmed(), planned('2026-W11'), directPayment('2026-03-16'));
    const back = over.given(confirmed({ startOn: '2026-03-13' }));
    expect(await dueAt(back, later)).toMatchObject([{ fields: { week: '2026-W12' } }]);
    const never = given(confirmed()).given(confirmed({ startOn: '2026-03-23' }));
    expect(await dueAt(never, later)).toMatchObject([{ fields: { week: '2026-W13' } }]);
  });

  it.each([
    ['a package ends', ended('2026-03-16')],
    ['a direct payment begins', directPayment('2026-03-16')],
  ])('are no longer due when %s on the Sunday of the last planned week', async (_, event) => {
    expect(await dueAt(given(confirmed(), planned('2026-W11'), event), later)).toEqual([]);
  });

  it('are due for weeks up to the policy’s number of weeks ahead', async () => {
    const due = await dueAt(
      given(confirmed({ startOn: '2026-03-16' })),
      '2026-03-02T09:00:00.000Z',
    );
    expect(due).toMatchObject([
      { key: `plan-week/${packageId}/2026-W12`, command: 'PlanWeek', fields: { week: '2026-W12' } },
    ]);
  });

  it('are not due one week later than that', async () => {
    const later = given(confirmed({ startOn: '2026-03-23' }));
    expect(await dueAt(later, '2026-03-02T09:00:00.000Z')).toEqual([]);
  });

  it('begin with the week in which monitoring goes live (X24, X30)', async () => {
    const due = await dueAt(given(takenOn()), '2026-03-02T09:00:00.000Z');
    expect(due).toMatchObject([{ fields: { packageId, week: '2026-W10' } }]);
  });

  it('are not due while the council has no date for that (X24)', async () => {
    expect(await dueAt(given(takenOn()), '2026-03-02T09:00:00.000Z', shippedPolicy)).toEqual([]);
  });

  it('are never due for care that was over before monitoring went live', async () => {
    const over = given(takenOn(), ended('2026-03-02'));
    expect(await dueAt(over, '2026-03-02T09:00:00.000Z')).toEqual([]);
    const aDayLonger = given(takenOn(), ended('2026-03-03'));
    expect(await dueAt(aDayLonger, '2026-03-02T09:00:00.000Z')).toHaveLength(1);
  });
});
