import { defaultPaymentTerms } from '#kernel/payment-terms.js';
import { planVisits } from '#kernel/schedule.js';
import { addDays, isoWeekOf, type CivilDate } from '#kernel/time.js';
import { lineKeyOf, noTotals, withWeeks } from '#brokerage/statement/statement-sums.rules.js';
import {
  agreedSchedule,
  auditor,
  contractId,
  packageId,
  personId,
  providerId,
} from '../care.fixtures.js';
import { pay } from '../pay/pay.projection.js';
import { linesNow } from '../pay/statement-lines.queries.js';
import { givenEvents, storedFrom, type SpecEvent } from '../projector/projection-spec.js';
import { explainedLine } from './line-explanation.queries.js';

const periodStartsOn = '2026-03-02';
const statementId = `${providerId}.${periodStartsOn}`;
const of = { statementId, providerId };
const holder = { providerId, contractId, contractType: 'framework', patch: 'north' };
const visitOf = (on: CivilDate) => `${on}.1.1`;
const at = (on: CivilDate) => ({ packageId, personId, week: isoWeekOf(on) });
const inWeek = (on: CivilDate, type: string, data: object): SpecEvent => ({
  ...{ type, stream: `visitWeek-${packageId}-${isoWeekOf(on)}` },
  data: { ...at(on), ...data },
});

/** A retainer of half the planned pay for so many days in hospital. */
const contract = (upToDays: number): SpecEvent[] =>
  [
    {
      type: 'ContractOpened',
      data: { type: 'framework', startsOn: '2025-01-01', endsBefore: null },
    },
    {
      type: 'RateCardSet',
      data: {
        effectiveOn: '2025-01-01',
        rates: [{ dayKind: 'weekday-day', pencePerHour: 2_400 }],
      },
    },
    {
      type: 'PaymentTermsSet',
      data: {
        ...{ effectiveOn: '2025-01-01', ...defaultPaymentTerms },
        excused: [{ reason: 'hospital', upToDays, percent: 50 }],
      },
    },
  ].map(({ type, data }) => ({
    ...{ type, stream: `providerContract-${contractId}` },
    data: { contractId, providerId, ...data },
  }));

/** Weeks of plans, in which every day from one to another is excused. */
function absence(from: CivilDate, days: number): SpecEvent[] {
  const dates = Array.from({ length: days }, (_, day) => addDays(from, day));
  const weeks = dates.filter(
    (on, day) => day === 0 || isoWeekOf(on) !== isoWeekOf(addDays(on, -1)),
  );
  return [
    ...weeks.map((on) => {
      const visits = planVisits(agreedSchedule.slice(0, 1), isoWeekOf(on), { from });
      return inWeek(on, 'WeekPlanned', { ...holder, visits });
    }),
    ...dates.map((on) =>
      inWeek(on, 'VisitExcused', { visit: visitOf(on), reason: 'hospital', excusedBy: 'b' }),
    ),
  ];
}

const attendedOn = (on: CivilDate): SpecEvent =>
  inWeek(on, 'VisitsRecorded', {
    providerId,
    legs: [
      {
        ...{ visit: visitOf(on), leg: 1, carerId: 'C-1', method: 'app' },
        ...{ inAt: `${on}T08:30:00.000Z`, outAt: `${on}T09:15:00.000Z` },
      },
    ],
  });

/** The statement of the period, prepared over these facts, and what explains one visit's line. */
function stated(facts: readonly SpecEvent[]) {
  const spec = givenEvents(pay).given(...facts);
  const { position } = spec;
  const weeks = linesNow(spec.reader, { providerId, periodStartsOn });
  const prepared = { run: 1, position, rules: 1, totals: withWeeks(noTotals, weeks) };
  const opened = { ...prepared, periodStartsOn, endsBefore: '2026-03-30', requestId: 'r' };
  spec.given(
    { type: 'StatementOpened', data: { ...of, ...opened, openedBy: 'f' } },
    { type: 'StatementLinesAdded', data: { ...of, run: 1, from: 0, weeks } },
    { type: 'StatementPrepared', data: { ...of, ...prepared, preparedBy: 'f', preparedAt: '' } },
  );
  const log = facts.map((event, before) => storedFrom(event, before + 1));
  const read = (stream: string) => Promise.resolve(log.filter((event) => event.stream === stream));
  return {
    days: weeks.flatMap(({ lines }) => lines.map(({ line }) => line.slice(0, 10))),
    explained: async (on: CivilDate) => {
      const lineKey = lineKeyOf(
        { packageId, personId, contractId, week: isoWeekOf(on), lines: [] },
        { line: `${visitOf(on)}/excused` },
      );
      const found = await explainedLine(spec.reader, { read }, auditor, { statementId, lineKey });
      return found?.steps.join(' ');
    },
  };
}

describe('The explanation of a retainer', () => {
  it('counts the days of an absence that began weeks before, up to the last paid one (S2-16b)', async () => {
    const facts = [...contract(10), ...absence('2026-02-26', 14)];
    const { days, explained } = stated(facts);
    expect(days.at(-1)).toBe('2026-03-07');
    expect(await explained('2026-03-02')).toContain('day 5 of the absence');
    expect(await explained('2026-03-07')).toContain('day 10 of the absence');
    expect(await explained('2026-03-08')).toBeUndefined();
  });

  it('counts over the weeks of the period, and stops the day after the last paid one (S2-16b)', async () => {
    const facts = [...contract(9), ...absence('2026-03-03', 14)];
    const { days, explained } = stated(facts);
    expect(days).toHaveLength(9);
    expect(await explained('2026-03-11')).toContain('day 9 of the absence');
    expect(await explained('2026-03-12')).toBeUndefined();
  });

  it('begins anew after a visit that was attended (S2-16b)', async () => {
    const facts = [...contract(28), ...absence('2026-03-03', 14), attendedOn('2026-03-09')];
    const { explained } = stated(facts);
    expect(await explained('2026-03-08')).toContain('day 6 of the absence');
    expect(await explained('2026-03-10')).toContain('day 1 of the absence');
  });
});
