import type { Actor } from '#kernel/actor.js';
import { addDays, civilDateOf, instantMs, type Instant } from '#kernel/time.js';
import { uuidV7 } from '#kernel/ids.js';
import { payPeriodOf } from '#kernel/payment-period.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import type { StatedWeek } from '#brokerage/statement/statement.events.js';
import { StatementPreparer } from '#brokerage/statement/statement.preparer.js';
import { lineKeyOf } from '#brokerage/statement/statement-sums.rules.js';
import { statementIdOf } from '#brokerage/statement/statement.rules.js';
import { pay } from '#projections/pay/pay.projection.js';
import type { RunningService } from './running-service.js';

const finance: Actor = { id: 'finance', roles: ['finance'] };
const second: Actor = { id: 'second-finance', roles: ['finance'] };
const commissioner: Actor = { id: 'commissioner', roles: ['commissioner'] };

type Send = (name: string, fields: object, actor: Actor) => Promise<{ readonly id: string }>;

/** The statement of a provider with a held line, through its whole life. */
export async function sendPayCommands(
  service: RunningService,
  send: Send,
  now: Instant,
): Promise<void> {
  const today = civilDateOf(now);
  const { pay: periods } = shippedPolicy;
  const { startsOn } = payPeriodOf(today, periods);
  const { startsOn: periodStartsOn } = payPeriodOf(addDays(startsOn, -1), periods);
  const { providerId, week } = await heldWeek(service, periodStartsOn);
  const line = week.lines.find(({ heldMinutes }) => heldMinutes) ?? { line: '' };
  await send('SetPaymentTerms', termsOf(week.contractId, today), commissioner);
  const prepare = { commandId: uuidV7(instantMs(now) + 9_999, 'abcdef'.repeat(3)) };
  const by = { actor: finance, simulatedNow: now };
  const preparer = new StatementPreparer(service.commands);
  await preparer.prepare({ ...prepare, providerId, periodStartsOn }, by);
  const statementId = statementIdOf(providerId, periodStartsOn);
  const of = { statementId, lineKey: lineKeyOf(week, line) };
  const provider: Actor = { id: `provider:${providerId}`, roles: ['provider'] };
  const own = { ...provider, organisation: providerId };
  const { queryId } = await asked(service, send, of, own);
  const answer = { statementId, queryId, outcome: 'upheld', reason: 'The log shows it.' };
  await send('AnswerStatementQuery', answer, second);
  await send('ApproveStatement', { statementId }, second);
  await send('CloseStatement', { statementId }, second);
  await send('ApproveHeldPay', { ...of, minutes: 1, reason: 'The family confirms it.' }, second);
}

async function asked(service: RunningService, send: Send, of: object, own: Actor) {
  await send('QueryStatementLine', { ...of, reason: 'The carer stayed.' }, own);
  let queryId = '';
  for (let after = 0, caughtUp = false; !caughtUp;) {
    const page = await service.store.readAll({
      ...{ after, filter: { types: ['StatementLineQueried'] } },
    });
    for (const { data } of page.events) ({ queryId } = data as { queryId: string });
    ({ upTo: after, caughtUp } = page);
  }
  return { queryId };
}

const termsOf = (contractId: string, effectiveOn: string) => ({
  ...{ contractId, effectiveOn, basis: 'actual-bands', overCommissionBands: 1 },
  bands: [
    { fromMinutes: 1, toMinutes: 25, paidMinutes: 15 },
    { fromMinutes: 26, paidMinutes: 30 },
  ],
  secondLeg: 'when-commissioned',
  excused: [{ reason: 'hospital', noticeBelowHours: 24, upToDays: 14, percent: 50 }],
});

/** A week with held minutes, of the provider with the fewest weeks that has one. */
async function heldWeek(service: RunningService, periodStartsOn: string) {
  const { commands, readModels, store } = service;
  await readModels.reader(pay).waitFor(await store.head());
  const { value: providers } = await commands.reader.list<readonly string[]>('statementProviders', {
    periodStartsOn,
  });
  const found: { providerId: string; week: StatedWeek; weeks: number }[] = [];
  for (const providerId of providers) {
    const { value } = await commands.reader.list<{ weeks: readonly StatedWeek[] }>(
      'statementLines',
      { providerId, periodStartsOn },
    );
    const week = value.weeks.find(({ lines }) =>
      lines.some(({ heldMinutes, pencePerHour }) => heldMinutes && pencePerHour > 0),
    );
    if (week) found.push({ providerId, week, weeks: value.weeks.length });
  }
  const [smallest] = found.toSorted((a, b) => a.weeks - b.weeks);
  if (!smallest) throw new Error('no minutes are held');
  return smallest;
}
