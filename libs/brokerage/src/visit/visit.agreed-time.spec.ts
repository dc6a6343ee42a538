import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import type { VisitEvent, VisitsReplanned, WeekPlanned } from './visit.events.js';
import {
  acorn,
  broker,
  holder,
  idOf,
  monday,
  packageId,
  personId,
  userOf,
  week,
  weekPlanned,
} from './visit.fixtures.js';

const { given } = specFor(visitDecider);

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
