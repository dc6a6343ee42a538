import type { Actor } from '#kernel/actor.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import { deriveId } from '#kernel/ids.js';
import { specFor } from '#kernel/spec-dsl.js';
import { partsOf } from './statement.preparer.js';
import { statementDecider } from './statement.decider.js';
import type { StatedWeek, StatementEvent } from './statement.events.js';
import { payPeriodFrom, statementIdOf } from './statement.rules.js';
import { contractId, packageId, personId, providerId } from './statement.fixtures.js';

const preparer: Actor = { id: 'finance-1', roles: ['finance'] };
const second: Actor = { id: 'finance-2', roles: ['finance'] };
const provider: Actor = { id: 'p', roles: ['provider'], organisation: providerId };
const other: Actor = { ...provider, organisation: contractId };
const commandId = '01932e1c-0a10-7000-8000-000000000077';
const periodStartsOn = '2026-03-02';
const statementId = statementIdOf(providerId, periodStartsOn);
const name = '2026-03-02.1.1/1';
const lineKey = `${packageId}.${name}`;
const over = { paidMinutes: 60, pencePerHour: 2_002, pence: 2_002 } as const;
const held = { heldBecause: 'over-commissioned', heldMinutes: 30, heldPence: 1_001 } as const;
const stated: StatedWeek = {
  ...{ packageId, personId, contractId, week: '2026-W10' },
  lines: [
    { line: name, minutes: 86, ...over, ...held },
    { line: '2026-03-03.1.1/1', minutes: 45, paidMinutes: 45, pencePerHour: 2_000, pence: 1_500 },
  ],
};
const open = { commandId, providerId, periodStartsOn, endsBefore: '2026-03-30', run: 1 };
const when = (
  given: readonly StatementEvent[],
  command: string,
  fields: object,
  actor: Actor = preparer,
  now = '2026-03-30T09:00:00.000Z',
) =>
  specFor(statementDecider)
    .given(...given)
    .when(command, { commandId, statementId, ...fields }, { actor, now });

const opened = when([], 'OpenStatement', {
  ...open,
  position: 7,
  requestId: 'r',
}).events() as StatementEvent[];
const added = [
  ...opened,
  ...(when(opened, 'AddStatementLines', { run: 1, from: 0, weeks: [stated] }).events() as []),
];
const complete = { run: 1, weeks: 1 };
const prepared = [
  ...added,
  ...(when(added, 'CompleteStatement', complete).events() as StatementEvent[]),
];
const approved = [
  ...prepared,
  ...(when(prepared, 'ApproveStatement', {}, second).events() as StatementEvent[]),
];
const closed = [
  ...approved,
  ...(when(approved, 'CloseStatement', {}, second).events() as StatementEvent[]),
];

describe('A period of pay', () => {
  it('is four weeks from a Monday of the policy on, and begins on its first day (S2-18)', () => {
    expect(payPeriodFrom('2026-03-02', [])).toEqual({
      ...{ startsOn: '2026-03-02', endsBefore: '2026-03-30' },
      weeks: ['2026-W10', '2026-W11', '2026-W12', '2026-W13'],
    });
    expect(() => payPeriodFrom('2026-03-09', [])).toThrow('No period of pay begins');
    expect(payPeriodFrom('2025-12-08', []).endsBefore).toBe('2026-01-05');
    const pay = { ...shippedPolicy.pay, periodWeeks: 1 };
    const weekly = [{ version: 1, effectiveOn: '2026-03-01', values: { pay } }];
    expect(payPeriodFrom('2026-03-09', weekly).endsBefore).toBe('2026-03-16');
  });
});

describe('A statement', () => {
  it('is prepared once its period is over, with the sums of its lines (S2-18)', () => {
    const early = '2026-03-29T22:59:59.999Z';
    const fields = { ...open, position: 7, requestId: 'r' };
    when([], 'OpenStatement', fields, preparer, early).thenRejected('PayPeriodNotOver');
    when(added, 'CompleteStatement', complete).thenLike({
      type: 'StatementPrepared',
      data: {
        ...{ position: 7, preparedBy: 'finance-1', rules: 1 },
        totals: { lines: 2, pence: 3_502, heldLines: 1, heldPence: 1_001, totalPence: 3_502 },
      },
    });
  });

  it('is prepared whole: a part that is missing or of an earlier run is refused (S2-18)', () => {
    when(added, 'CompleteStatement', { run: 1, weeks: 2 }).thenRejected('StatementLinesMissing');
    const part = { run: 1, from: 0, weeks: [stated] };
    when(added, 'AddStatementLines', part).thenRejected('StatementLinesMissing');
    const later = { ...part, run: 2, from: 1 };
    when(added, 'AddStatementLines', later).thenRejected('StatementPreparedAnew');
    when(prepared, 'CompleteStatement', complete).thenRejected('StatementPreparedAnew');
  });

  it('may be prepared anew until it is approved (X14)', () => {
    const again = { ...open, run: 2, position: 9, requestId: 's' };
    when(prepared, 'OpenStatement', again).thenLike({ type: 'StatementOpened', data: { run: 2 } });
    when(prepared, 'OpenStatement', { ...again, run: 1 }).thenRejected('StatementPreparedAnew');
    when(approved, 'OpenStatement', again).thenRejected('StatementAlreadyApproved');
    when(closed, 'OpenStatement', again).thenRejected('StatementAlreadyApproved');
  });

  it('is approved by another person than its preparer, then closed (S2-18)', () => {
    when(prepared, 'ApproveStatement', {}).thenRejected('StatementApproverIsPreparer');
    when(prepared, 'ApproveStatement', {}, second).thenLike({
      ...{ type: 'StatementApproved', data: { totalPence: 3_502, approvedBy: 'finance-2' } },
    });
    when(added, 'ApproveStatement', {}, second).thenRejected('StatementNotPrepared');
    when(approved, 'ApproveStatement', {}, second).thenRejected('StatementAlreadyApproved');
    when(prepared, 'CloseStatement', {}).thenRejected('StatementNotApproved');
    when(closed, 'CloseStatement', {}).thenRejected('StatementAlreadyClosed');
    when([], 'ApproveStatement', {}, second).thenRejected('StatementUnknown');
  });

  it('pays held minutes that a second person approves, rounded with the line (S2-17b)', () => {
    const ask = { lineKey, reason: 'A fall; the carer waited.' };
    when(prepared, 'ApproveHeldPay', ask).thenRejected('HeldPayApproverIsPreparer');
    when(prepared, 'ApproveHeldPay', { ...ask, minutes: 31 }, second).thenRejected(
      'HeldMinutesExceeded',
    );
    when(prepared, 'ApproveHeldPay', { ...ask, minutes: 15 }, second).thenLike({
      type: 'HeldPayApproved',
      // 75 minutes are 2,502.5 pence: rounded once, 2,503.
      data: { minutes: 15, approvedMinutes: 15, pence: 501, approvedBy: 'finance-2' },
    });
    const whole = when(prepared, 'ApproveHeldPay', ask, second).events() as StatementEvent[];
    const after = [...prepared, ...whole];
    when(after, 'ApproveHeldPay', ask, second).thenRejected('LineNotHeld');
    when(after, 'ApproveStatement', {}, second).thenLike({ data: { totalPence: 4_503 } } as never);
    const missing = { ...ask, lineKey: `${packageId}.2026-03-09.1.1/1` };
    when(prepared, 'ApproveHeldPay', missing, second).thenRejected('LineUnknown');
  });

  it('leaves held pay that is approved after its closing to the next one (X14)', () => {
    const ask = { lineKey, reason: 'Checked with the family.' };
    when(approved, 'ApproveHeldPay', ask, second).thenRejected('HeldPayApprovedBeforeClosing');
    when(closed, 'ApproveHeldPay', ask, second).thenLike({
      ...{ type: 'HeldPayApproved', data: { later: true, pence: 1_001 } },
    });
  });

  it('is queried by its own provider, line by line, with a last day to answer (X15)', () => {
    const ask = { lineKey, reason: 'The carer stayed for an ambulance.' };
    when(prepared, 'QueryStatementLine', ask, other).thenRejected('StatementOfAnotherProvider');
    when(prepared, 'QueryStatementLine', ask, provider).thenLike({
      ...{ type: 'StatementLineQueried', data: { dueOn: '2026-04-15', queriedBy: 'p' } },
    });
    const asked = when(prepared, 'QueryStatementLine', ask, provider).events() as StatementEvent[];
    const open = [...prepared, ...asked];
    when(open, 'QueryStatementLine', ask, provider).thenRejected('LineQueryOpen');
    const queryId = deriveId(commandId, 'statementQuery');
    const answer = { queryId, outcome: 'upheld', reason: 'The log shows it.' };
    when(open, 'AnswerStatementQuery', { ...answer, queryId: 'x' }).thenRejected('QueryUnknown');
    const answered = [
      ...open,
      ...(when(open, 'AnswerStatementQuery', answer).events() as StatementEvent[]),
    ];
    when(answered, 'AnswerStatementQuery', answer).thenRejected('QueryAlreadyAnswered');
    when(answered, 'QueryStatementLine', ask, provider).thenLike({ type: 'StatementLineQueried' });
  });

  it('is recorded in parts that one event holds each (S2-18)', () => {
    const weeks = Array.from({ length: 10 }, () => stated);
    const bytes = JSON.stringify(stated).length + 1;
    expect(partsOf(weeks, 3 * bytes).map(({ length }) => length)).toEqual([3, 3, 3, 1]);
    expect(partsOf(weeks, 3 * bytes - 1).map(({ length }) => length)).toEqual([2, 2, 2, 2, 2]);
    expect(partsOf([], 100)).toEqual([]);
  });
});
