import type { Command } from 'commander';
import { shippedPolicy } from '#kernel/council-policy.js';
import { explainContinuity, explainPayment, explainPunctuality } from '#kernel/explain.js';
import { civilDateOf, isCivilDate } from '#kernel/time.js';
import { badUsage } from './outcome.js';
import { answering, bold, type Answer } from './output.js';

/** `explain`: a figure and each step of its reasoning; needs neither data nor a service. */
export function addExplain(program: Command): void {
  const explain = program
    .command('explain')
    .description('show how a figure comes about, step by step; needs no data and no service');
  answering<{ seconds: string }>(
    explain
      .command('payment')
      .description('what an attended time pays (S2-17)')
      .requiredOption('--seconds <n>', 'attended seconds, from log-in to log-out'),
    (_, { seconds }) => payment(whole(seconds, '--seconds')),
  );
  answering<{ visits: string }>(
    explain
      .command('continuity')
      .description('how many different carers two weeks of visits allow (S2-11)')
      .requiredOption('--visits <n>', 'visits attended in the two weeks'),
    (_, { visits }) => continuity(whole(visits, '--visits')),
  );
  answering<{ agreed: string; actual: string; critical?: boolean }>(
    explain
      .command('punctuality')
      .description('whether a visit started on time (S2-9), by the tolerances as shipped')
      .requiredOption('--agreed <time>', 'agreed London time, 2026-03-02T08:00 or 08:00')
      .requiredOption('--actual <time>', 'actual London time, 2026-03-02T08:30:59 or 08:30')
      .option('--critical', 'the visit is critical'),
    (_, { agreed, actual, critical }) => punctuality(agreed, actual, critical ?? false),
  );
}

function payment(seconds: number): Answer {
  const { paidMinutes, steps } = explainPayment(seconds);
  const figure = paidMinutes === null ? 'held, not paid' : `${paidMinutes} minutes`;
  return {
    document: { paidMinutes, steps },
    lines: [`${bold('Paid')}  ${figure}`, ...list(steps)],
  };
}

function continuity(visits: number): Answer {
  const { limit, steps } = explainContinuity(visits);
  const figure = limit === null ? 'not applicable' : `${limit} different carers`;
  return { document: { limit, steps }, lines: [`${bold('Limit')}  ${figure}`, ...list(steps)] };
}

function punctuality(agreed: string, actual: string, critical: boolean): Answer {
  const { standard, critical: forCritical } = shippedPolicy.punctualityToleranceMinutes;
  const tolerance = critical ? forCritical : standard;
  const day = dateOf(agreed) ?? dateOf(actual) ?? civilDateOf(new Date().toISOString());
  const explained = usable(() =>
    explainPunctuality(onDay(agreed, day), onDay(actual, day), critical, tolerance),
  );
  const { minutes, onTime, steps } = explained;
  const side = minutes < 0 ? 'early' : 'late';
  const figure = minutes === 0 ? 'on the minute' : `${Math.abs(minutes)} minutes ${side}`;
  return {
    document: { minutes, onTime, steps },
    lines: [`${bold(onTime ? 'On time' : 'Not on time')}  ${figure}`, ...list(steps)],
  };
}

const list = (steps: readonly string[]): string[] =>
  steps.map((step, index) => `  ${index + 1}. ${step}`);

function whole(text: string, option: string): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && Number.isSafeInteger(number)) return number;
  throw badUsage(`${option} takes a whole number from 0 up; ${JSON.stringify(text)} is none.`);
}

const dateOf = (time: string): string | undefined => {
  const date = time.slice(0, 10);
  return isCivilDate(date) ? date : undefined;
};

/** A time alone is meant on the day of the other time, or today. */
const onDay = (time: string, day: string): string =>
  /^\d{2}:\d{2}(:\d{2})?$/.test(time) ? `${day}T${time}` : time.replace(' ', 'T');

function usable<Result>(explain: () => Result): Result {
  try {
    return explain();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badUsage(`${error.message}. Give London times such as 2026-03-02T08:00 or 08:00.`);
  }
}
