import { shippedPolicy } from '#kernel/council-policy.js';
import { defaultPaymentTerms, type DatedPaymentTerms } from '#kernel/payment-terms.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitDecider } from './visit.decider.js';
import * as facts from './visit.fixtures.js';
import type { VisitEvent } from './visit.events.js';
import { heldBecause } from './visit.held.rules.js';
import { matchRows } from './visit.match.rules.js';
import type { VisitState } from './visit.rules.js';
import type { MonitoredRow } from './visit.monitoring.events.js';

const { given } = specFor(visitDecider);
const at = { now: facts.afterwards, actor: facts.userOf(facts.acorn) };
const policy = { ...shippedPolicy, ecmGoLiveOn: '2026-01-01' };
const fileId = 'f-1';
const rowOf = (row: Partial<MonitoredRow> = {}): MonitoredRow => ({
  ...{ row: 2, ref: 'S-1', leg: 1, on: '2026-03-09', plannedStart: '08:00', carer: 'C-7' },
  ...{ loggedInAt: '2026-03-09T08:05:00', loggedOutAt: '2026-03-09T08:35:00' },
  ...{ status: 'delivered', ...row },
});
const absent = (row: Partial<MonitoredRow>): MonitoredRow => {
  const { loggedInAt: _, loggedOutAt: __, carer: ___, ...rest } = rowOf(row);
  return rest;
};
const record = (rows: readonly MonitoredRow[], ...before: readonly VisitEvent[]) =>
  recordPaid([], rows, ...before);
/** By a contract with payment terms of its own. */
const recordPaid = (
  terms: readonly DatedPaymentTerms[],
  rows: readonly MonitoredRow[],
  ...before: readonly VisitEvent[]
) =>
  given(facts.weekPlanned, ...before).when(
    'RecordMonitoring',
    {
      commandId: facts.commandId,
      ...{ packageId: facts.packageId, personId: facts.personId, week: facts.week },
      ...{ providerId: facts.acorn, fileId, rows },
    },
    { ...at, facts: { [facts.holder.contractId]: terms } },
  );
const legs = (events: readonly object[]) =>
  (events as readonly VisitEvent[]).flatMap(({ type, data }) =>
    type === 'VisitsRecorded' ? data.legs : [],
  );
const recordedBefore = (data: { sequence?: number } = {}) =>
  facts.recorded({ ...facts.legOfMonday, ref: 'S-1', ...data });

describe('A file’s row', () => {
  it('is the leg of the visit of its date whose agreed start is nearest (S1-15)', () => {
    const lunch = rowOf({
      ...{ row: 3, ref: 'S-2', plannedStart: '12:30', leg: 2 },
      ...{ loggedInAt: '2026-03-09T12:20:00', loggedOutAt: '2026-03-09T13:00:00' },
    });
    const { plannedStart: _, ...unplanned } = rowOf({
      ...{ row: 4, ref: 'S-3', on: '2026-03-10', loggedInAt: '2026-03-10T09:40:00' },
      loggedOutAt: '2026-03-10T10:00:00',
    });
    expect(legs(record([rowOf(), lunch, unplanned]).events())).toMatchObject([
      { visit: facts.monday, leg: 1, carerId: 'C-7', ref: 'S-1' },
      { visit: facts.mondayLunch, leg: 2 },
      { visit: facts.tuesday, leg: 1 },
    ]);
  });

  it('without a planned start is near by its own clock, in summer and over midnight (S1-15, X9)', () => {
    const summer = (visit: string, start: string, startsAt: string): VisitState =>
      ({ visit, on: '2026-07-06', agreedStart: start, startsAt, legs: [] }) as never;
    const visits = [
      summer('2026-07-06.1.1', '07:30', '2026-07-06T06:30:00.000Z'),
      summer('2026-07-06.2.1', '08:30', '2026-07-06T07:30:00.000Z'),
      summer('2026-07-06.3.1', '23:50', '2026-07-06T22:50:00.000Z'),
    ];
    const nearest = (loggedInAt: string) => {
      const { plannedStart: _, ...row } = rowOf({ on: '2026-07-06', loggedInAt });
      return matchRows(visits, [row]).matched.map(({ visit, minutesApart }) => [
        visit,
        minutesApart,
      ]);
    };
    expect(nearest('2026-07-06T07:35:00Z')).toEqual([['2026-07-06.2.1', 5]]);
    expect(nearest('2026-07-06T07:35:00')).toEqual([['2026-07-06.1.1', 5]]);
    expect(nearest('2026-07-07T00:05:00')).toEqual([['2026-07-06.3.1', 15]]);
    expect(nearest('2026-07-06T23:05:00Z')).toEqual([['2026-07-06.3.1', 15]]);
  });

  it('is matched alike whatever the order of the rows (S1-15)', () => {
    const [early, late] = [
      rowOf({ ref: 'S-1', plannedStart: '08:10' }),
      rowOf({ ref: 'S-2', row: 3, plannedStart: '08:00' }),
    ];
    const matched = (rows: readonly MonitoredRow[]) => legs(record(rows).events());
    expect(matched([early, late])).toMatchObject([{ ref: 'S-2', visit: facts.monday }]);
    expect(matched([late, early])).toEqual(matched([early, late]));
  });

  it('is kept where no visit of its date is within four hours, and recorded when a plan comes (X13)', () => {
    const evening = rowOf({ ref: 'S-9', plannedStart: '16:31' });
    const kept = record([evening]);
    kept.thenLike({ type: 'VisitsUnallocated', data: { rows: [{ ref: 'S-9' }], fileId } });
    expect(legs(record([rowOf({ ref: 'S-9', plannedStart: '16:30' })]).events())).toMatchObject([
      { visit: facts.mondayLunch },
    ]);
    const [line] = facts.span.schedule;
    if (!line) throw new Error('the schedule has lines');
    const unplanned = { ...line, line: 3, start: '17:00', days: [1] };
    const schedule = [...facts.span.schedule, unplanned];
    given(facts.weekPlanned, ...(kept.events() as readonly VisitEvent[]))
      .when(
        'ReplanWeek',
        { commandId: facts.commandId, packageId: facts.packageId, week: facts.week },
        { ...at, policy, facts: { plan: facts.planOf({ ...facts.span, schedule }) } },
      )
      .thenLike(
        { type: 'VisitsReplanned' },
        { type: 'VisitsRecorded', data: { legs: [{ visit: '2026-03-09.3.1', ref: 'S-9' }] } },
        { type: 'VisitsAllocated', data: { keys: ['S-9/1'] } },
      );
  });

  it('changes nothing when it comes again, and is refused with other content (S1-15)', () => {
    record([rowOf()], recordedBefore()).thenNothing();
    const other = rowOf({ loggedOutAt: '2026-03-09T08:36:00' });
    record([other], recordedBefore()).thenRejected('SourceVisitChanged');
    const { ref: _, ...nameless } = rowOf();
    record([nameless], facts.recorded(facts.legOfMonday)).thenNothing();
  });

  it('corrects with a higher sequence; what moves a band waits for a second person (X11)', () => {
    const again = { sequence: 2, loggedOutAt: '2026-03-09T08:36:00' };
    record([rowOf(again)], recordedBefore()).thenLike({
      type: 'VisitCorrected',
      data: { visit: facts.monday, outAt: '2026-03-09T08:36:00.000Z', sequence: 2 },
    });
    const band = rowOf({ ...again, loggedOutAt: '2026-03-09T08:46:00' });
    const proposed = record([band], recordedBefore());
    proposed.thenLike({ type: 'VisitCorrectionProposed', data: { changes: ['band'] } });
    record([band], recordedBefore(), ...(proposed.events() as readonly VisitEvent[])).thenNothing();
    record([rowOf({ ...again, sequence: 1 })], recordedBefore({ sequence: 1 })).thenRejected(
      'SourceVisitChanged',
    );
  });

  it('waits for a second person when it moves money by its own contract’s terms (X11)', () => {
    const minutes = { ...defaultPaymentTerms, basis: 'actual-minutes' as const };
    const terms = [{ ...minutes, effectiveOn: '2026-01-01' }];
    // 30 minutes and 31 are one band, and not the same pay by the minute.
    const longer = rowOf({ sequence: 2, loggedOutAt: '2026-03-09T08:36:00' });
    recordPaid(terms, [longer], recordedBefore()).thenLike({ type: 'VisitCorrectionProposed' });
    recordPaid([], [longer], recordedBefore()).thenLike({ type: 'VisitCorrected' });
    const sameMinute = rowOf({ sequence: 2, loggedOutAt: '2026-03-09T08:35:59' });
    recordPaid(terms, [sameMinute], recordedBefore()).thenLike({ type: 'VisitCorrected' });
  });

  it('tells of a missed visit once, and of an excused one (S2-13, S2-14)', () => {
    const missed = absent({ status: 'missed' });
    const report = record([missed]);
    report.thenLike(
      { type: 'VisitMissReported', data: { visit: facts.monday, by: 'provider' } },
      { type: 'VisitAlarmRaised', data: { kind: 'missed-visit' } },
    );
    record([missed], ...(report.events() as readonly VisitEvent[])).thenNothing();
    record([missed], facts.recorded(facts.legOfMonday)).thenRejected('VisitNotPlanned');
    const excused = absent({ status: 'excused', reason: 'non-access' });
    const welfare = { type: 'VisitAlarmRaised', data: { kind: 'welfare-check' } };
    record([excused]).thenLike({ type: 'VisitExcused', data: { reason: 'non-access' } }, welfare);
    record([excused], ...(report.events() as readonly VisitEvent[])).thenLike(
      { type: 'VisitExcuseClaimed' },
      welfare,
    );
  });

  it('of no length, or less, is kept as one that is held (X12)', () => {
    for (const loggedOutAt of ['2026-03-09T08:05:00', '2026-03-09T08:04:00']) {
      const [leg] = legs(record([rowOf({ loggedOutAt })]).events());
      const inAt = '2026-03-09T08:05:00.000Z';
      expect(leg).toMatchObject({ inAt, outAt: inAt });
      expect(leg && heldBecause(leg)).toBe('under-one-minute');
    }
  });

  it('is refused when it is another provider’s, in the future or far from the visit (S1-15)', () => {
    record([
      rowOf({ loggedInAt: '2026-03-19T08:05:00', loggedOutAt: '2026-03-19T08:35:00' }),
    ]).thenRejected('LogInFuture');
    record([rowOf()]).thenLike({ type: 'VisitsRecorded' });
  });
});
