import { planVisits } from '#kernel/schedule.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { PayLine, StatementEvent } from '#brokerage/statement/statement.events.js';
import { noTotals } from '#brokerage/statement/statement-sums.rules.js';
import type { Leg, VisitEvent } from '#brokerage/visit/visit.events.js';
import {
  agreedSchedule,
  auditor,
  broker,
  commissioner,
  contractId,
  otherProviderId,
  otherProviderUser,
  packageId,
  personId,
  providerId,
  providerUser,
  referred,
} from '../care.fixtures.js';
import { givenEvents } from '../projector/projection-spec.js';
import { pay } from './pay.projection.js';

const week = '2026-W13';
const stream = `visitWeek-${packageId}-${week}`;
const at = { packageId, personId, week };
const holder = { providerId, contractId, contractType: 'framework', patch: 'north' };
const monday = '2026-03-23.1.1';
const inWeek = (event: VisitEvent) => ({ ...event, stream });
const planned = inWeek({
  type: 'WeekPlanned',
  data: { ...at, ...holder, visits: planVisits(agreedSchedule, week, { from: '2026-03-23' }) },
});
const leg: Leg = {
  ...{ visit: monday, leg: 1, carerId: 'C-1', inAt: '2026-03-23T08:30:00.000Z' },
  ...{ outAt: '2026-03-23T09:15:00.000Z', method: 'manual' },
};
const recorded = inWeek({ type: 'VisitsRecorded', data: { ...at, providerId, legs: [leg] } });
const replanned = (change: Partial<Extract<VisitEvent, { type: 'VisitsReplanned' }>['data']>) =>
  inWeek({
    type: 'VisitsReplanned',
    data: {
      ...{ ...at, ...holder, added: [], changed: [], withdrawn: [] },
      because: 'varied',
      ...change,
    },
  });

const statementId = `${providerId}.2026-03-02`;
const of = { statementId, providerId };
const line: PayLine = {
  ...{ line: `${monday}/1`, minutes: 86, paidMinutes: 60, pencePerHour: 2_000, pence: 2_000 },
  ...{ heldBecause: 'over-commissioned', heldMinutes: 30, heldPence: 1_000 },
};
const totals = {
  ...{ ...noTotals, lines: 1, pence: 2_000, totalPence: 2_000, heldLines: 1, heldPence: 1_000 },
};
const stated = { packageId, personId, contractId, week, lines: [line] };
const opened = (run: number): StatementEvent => ({
  type: 'StatementOpened',
  data: {
    ...{ ...of, periodStartsOn: '2026-03-02', endsBefore: '2026-03-30', run, position: 1 },
    ...{ openedBy: 'f', requestId: 'r' },
  },
});
const added: StatementEvent = {
  type: 'StatementLinesAdded',
  data: { ...of, run: 1, from: 0, weeks: [stated] },
};
const preparedAt = '2026-03-30T09:00:00.000Z';
const prepared: StatementEvent = {
  type: 'StatementPrepared',
  data: { ...of, run: 1, position: 1, rules: 1, totals, preparedBy: 'f', preparedAt },
};
const approval = (minutes: number, later = false): StatementEvent => ({
  type: 'HeldPayApproved',
  data: {
    ...{ ...of, packageId, personId, contractId, week, line: line.line },
    ...{ approvedMinutes: minutes, minutes, pence: (minutes * 100) / 3, reason: 'sealed' },
    ...{ approvedBy: 'g', ...(later && { later: true as const }) },
  },
});
const statement = () => givenEvents(pay).given(opened(1), added, prepared);

describe('What pay is made of', () => {
  it('is the plan and the legs of a week, with how they were logged (S2-18)', () => {
    const row = givenEvents(pay).given(planned, recorded).rowSeenBy(auditor, 'weeks', stream);
    expect(row).toMatchObject({ providerId, changedAt: 2 });
    expect(row?.visits[monday]).toMatchObject({
      ...{ minutes: 45, carers: 2 },
      legs: { 1: { carerId: 'C-1', manual: true } },
    });
  });

  it('follows corrections, excuses and changed plans (X11, X18, S2-14)', () => {
    const correction = { ...leg, correctionId: 'k', reason: 'sealed', correctedBy: 'p' };
    const corrected = (voided: boolean) =>
      inWeek({ type: 'VisitCorrected', data: { ...at, ...correction, carerId: 'C-2', voided } });
    const visitAfter = (...events: ReturnType<typeof inWeek>[]) =>
      givenEvents(pay)
        .given(planned, recorded, ...events)
        .rowSeenBy(auditor, 'weeks', stream)?.visits[monday];
    expect(visitAfter(corrected(false))?.legs).toMatchObject({
      1: { carerId: 'C-2', manual: true },
    });
    expect(visitAfter(corrected(true))?.legs).toEqual({});
    const excused = { ...at, visit: monday, reason: 'hospital', excusedBy: 'b' } as const;
    const noticeAt = '2026-03-22T08:30:00.000Z';
    expect(
      visitAfter(inWeek({ type: 'VisitExcused', data: { ...excused, noticeAt } }))?.excused,
    ).toEqual({ reason: 'hospital', noticeAt });
    const away = replanned({ excused: [{ visit: monday, reason: 'respite' }] });
    expect(visitAfter(away)?.excused).toEqual({ reason: 'respite' });
    expect(visitAfter(away, replanned({ reinstated: [monday] }))?.excused).toBeUndefined();
    expect(visitAfter(replanned({ withdrawn: [monday] }))).toBeUndefined();
    const [first] = planVisits(agreedSchedule, week, { from: '2026-03-23' });
    if (!first) throw new Error('nothing is planned');
    const changed = visitAfter(replanned({ changed: [{ ...first, minutes: 60 }] }));
    expect(changed).toMatchObject({ minutes: 60, legs: { 1: { carerId: 'C-1' } } });
    const taken = visitAfter(replanned({ providerId: otherProviderId, added: [first] }));
    expect(taken?.holder).toMatchObject({ providerId: otherProviderId });
  });

  it('knows who pays from when on (S2-21)', () => {
    const funding = [{ payer: 'nhs', basisPoints: 10_000, ledgerCode: 'N' }];
    const changed: PackageEvent = {
      type: 'FundingChanged',
      data: {
        ...{ packageId, personId, fundingStatus: 'nhs', funding, fromOn: '2026-04-01' },
        reason: 'sealed',
      },
    } as never;
    givenEvents(pay)
      .given(referred(), changed)
      .row('funding', packageId)
      .is({
        funding: [
          { fromOn: '', lines: [] },
          { fromOn: '2026-04-01', lines: funding },
        ],
      });
  });
});

describe('A statement as it is read', () => {
  it('is seen by finance, commissioners, auditors and its own provider, by no broker (S1-13)', () => {
    const seenBy = (viewer: typeof broker) =>
      statement().rowSeenBy(viewer, 'statements', statementId)?.status;
    expect([auditor, commissioner, providerUser].map(seenBy)).toEqual([
      ...['prepared', 'prepared', 'prepared'],
    ]);
    expect([broker, otherProviderUser].map(seenBy)).toEqual([undefined, undefined]);
    const lines = (viewer: typeof broker) =>
      statement().reader.count(viewer, 'stated', { filter: { statementId } });
    expect([auditor, providerUser, broker, otherProviderUser].map(lines)).toEqual([1, 1, 0, 0]);
    const weeks = givenEvents(pay).given(planned);
    expect(weeks.rowSeenBy(providerUser, 'weeks', stream)).toBeUndefined();
  });

  it('forgets the lines of an earlier preparation (S2-18)', () => {
    const again = statement().given(opened(2));
    expect(again.reader.count(auditor, 'stated', { filter: { statementId } })).toBe(0);
    again.row('statements', statementId).isLike({ status: 'preparing', run: 2 });
  });

  it('pays approved minutes at once, and keeps a rest held (S2-17b)', () => {
    const part = statement().given(planned, approval(15));
    part.row('statements', statementId).isLike({
      totals: { ...totals, pence: 2_500, totalPence: 2_500, heldPence: 500 },
    });
    part.row('stated', `${statementId}/000000`).isLike({
      lines: [
        {
          ...{ ...line, paidMinutes: 75, pence: 2_500, approvedMinutes: 15 },
          ...{ heldMinutes: 15, heldPence: 500 },
        },
      ],
    });
    part.row('weeks', stream).isLike({ approved: { [line.line]: 15 } });
    const whole = statement().given(planned, approval(30));
    whole.row('statements', statementId).isLike({
      totals: { ...totals, pence: 3_000, totalPence: 3_000, heldPence: 0, heldLines: 0 },
    });
  });

  it('does not change once closed, whatever is approved later (X14)', () => {
    const later = statement().given(planned, approval(30, true));
    later.row('statements', statementId).isLike({ totals });
    later.row('stated', `${statementId}/000000`).isLike({ lines: [line] });
    later.row('weeks', stream).isLike({ approved: { [line.line]: 30 } });
  });

  it('counts open queries, which have a last day (X15)', () => {
    const asked: StatementEvent = {
      type: 'StatementLineQueried',
      data: {
        ...{ ...of, queryId: 'q', packageId, personId, lineKey: 'k', reason: 'sealed' },
        ...{ queriedBy: 'p', queriedAt: preparedAt, dueOn: '2026-04-15' },
      },
    };
    const answered: StatementEvent = {
      type: 'StatementQueryAnswered',
      data: {
        ...{ ...of, queryId: 'q', personId, outcome: 'upheld', reason: 'sealed' },
        ...{ answeredBy: 'f', answeredAt: preparedAt },
      },
    };
    const open = statement().given(asked);
    open.row('statements', statementId).isLike({ openQueries: 1 });
    open.given(answered).row('statements', statementId).isLike({ openQueries: 0 });
    open.row('queries', 'q').isLike({ dueOn: '2026-04-15', outcome: 'upheld' });
  });
});
