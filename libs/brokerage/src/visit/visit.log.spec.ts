import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import type { VisitEvent, WeekPlanned } from './visit.events.js';
import {
  acorn,
  afterwards,
  holder,
  idOf,
  monday,
  packageId,
  personId,
  userOf,
  weekPlanned,
} from './visit.fixtures.js';

const { given } = specFor(visitDecider);
const log = {
  ...{ visitId: idOf(monday), carerLeg: 1, carerRef: 'C-7' },
  ...{ loggedInAt: '2026-03-09T08:05:00Z', loggedOutAt: '2026-03-09T08:35:00Z' },
};
interface Circumstances {
  readonly now?: string;
  readonly actor?: Actor;
  readonly events?: readonly VisitEvent[];
}
const record = (fields: object = {}, of: Circumstances = {}) =>
  given(...(of.events ?? [weekPlanned])).when(
    'RecordVisit',
    { leg: { ...log, ...fields } },
    { now: of.now ?? afterwards, actor: of.actor ?? userOf(acorn) },
  );
const leg = (inAt: string, outAt: string | null, more: object = {}) => ({
  type: 'VisitsRecorded',
  data: { legs: [{ inAt, outAt, ...more }] },
});

describe('The time of a log', () => {
  it('is read with its offset (X9)', () => {
    record({
      loggedInAt: '2026-03-09T09:05:30.5+01:00',
      loggedOutAt: '2026-03-09T07:35-01:00',
    }).thenLike(leg('2026-03-09T08:05:30.500Z', '2026-03-09T08:35:00.000Z'));
  });

  it('without an offset is London’s (X9)', () => {
    record({ loggedInAt: '2026-03-09T08:05', loggedOutAt: '2026-03-09T08:35:59' }).thenLike(
      leg('2026-03-09T08:05:00.000Z', '2026-03-09T08:35:59.000Z'),
    );
  });

  it('goes over midnight to the next day and no further', () => {
    record({ loggedInAt: '2026-03-09T23:50', loggedOutAt: '2026-03-10T00:20' }).thenLike(
      leg('2026-03-09T23:50:00.000Z', '2026-03-10T00:20:00.000Z'),
    );
    record({ loggedInAt: '2026-03-09T08:05', loggedOutAt: '2026-03-10T08:35' }).thenRejected(
      'LogOutFarFromLogIn',
    );
  });

  it('of a log-out is not before the log-in', () => {
    record({ loggedInAt: '2026-03-09T08:05', loggedOutAt: '2026-03-09T08:00' }).thenRejected(
      'LogOutBeforeLogIn',
    );
    record({ loggedInAt: '2026-03-09T17:00', loggedOutAt: '2026-03-09T08:30' }).thenRejected(
      'LogOutBeforeLogIn',
    );
  });

  it.each([
    ['2026-02-30T08:05:00Z', '2026-03-09T08:35:00Z'],
    ['2026-03-09T08:05:00Z', '2026-03-09T24:35:00Z'],
    ['2026-03-09T08:60', '2026-03-09T08:35'],
    ['2026-03-09T08:05', '2026-02-30T08:35'],
    ['2026-03-09T08:05Z', '2026-03-09T08:35'],
    ['2026-03-09T08:05', '2026-03-09T08:35Z'],
  ])('is refused when it exists not or has an offset on one side alone: %s, %s', (from, to) => {
    record({ loggedInAt: from, loggedOutAt: to }).thenRejected('TimeUnreadable');
  });
});

describe('A log without an offset in the repeated hour', () => {
  const sunday = '2026-10-25.1.1';
  const planned = (startsAt: string): WeekPlanned => ({
    type: 'WeekPlanned',
    data: {
      ...{ packageId, personId, week: '2026-W43', ...holder },
      visits: [
        {
          ...{ visit: sunday, on: '2026-10-25', agreedStart: '01:15', startsAt, minutes: 30 },
          ...{ carers: 1, critical: false },
        },
      ],
    },
  });
  const first = planned('2026-10-25T00:15:00.000Z');
  const read = (from: string, to: string | undefined, of: WeekPlanned) =>
    given(of).when(
      'RecordVisit',
      {
        leg: {
          ...{ visitId: idOf(sunday), carerLeg: 1, carerRef: 'C-7' },
          loggedInAt: `2026-10-25T${from}`,
          ...(to && { loggedOutAt: `2026-10-25T${to}` }),
        },
      },
      { now: '2026-10-26T09:00:00.000Z', actor: userOf(acorn) },
    );

  it('takes the reading nearest the agreed start, flagged (X9)', () => {
    read('01:10', '01:40', first).thenLike(
      leg('2026-10-25T00:10:00.000Z', '2026-10-25T00:40:00.000Z', { ambiguous: true }),
    );
    read('01:10', '01:40', planned('2026-10-25T01:15:00.000Z')).thenLike(
      leg('2026-10-25T01:10:00.000Z', '2026-10-25T01:40:00.000Z', { ambiguous: true }),
    );
    read('01:10', undefined, planned('2026-10-25T01:15:00.000Z')).thenLike(
      leg('2026-10-25T01:10:00.000Z', null, { ambiguous: true }),
    );
  });

  it('takes the only reading whose end follows its start, flagged (X9)', () => {
    read('01:50', '01:10', first).thenLike(
      leg('2026-10-25T00:50:00.000Z', '2026-10-25T01:10:00.000Z', { ambiguous: true }),
    );
  });

  it('is not flagged just outside that hour (X9)', () => {
    const [event] = read('02:00', '02:30', first).events();
    expect(event).toMatchObject(leg('2026-10-25T02:00:00.000Z', '2026-10-25T02:30:00.000Z'));
    expect(JSON.stringify(event)).not.toContain('ambiguous');
  });

  it('is refused where both readings are as good (X9)', () => {
    read('01:00', '01:30', planned('2026-10-25T00:30:00.000Z')).thenRejected('TimeUnreadable');
    read('01:00', '01:30', planned('2026-10-25T00:29:00.000Z')).thenLike({
      type: 'VisitsRecorded',
    });
  });
});
