import { continuityLimit } from './continuity.js';
import {
  defaultBands,
  isShortVisit,
  paidMinutes,
  workedMinutes,
  type PaymentBands,
} from './payment-bands.js';
import { punctuality } from './punctuality.js';
import {
  instantMs,
  isCivilDate,
  isLocalTime,
  isLoggedTime,
  localTimeOf,
  londonInstant,
  londonReadings,
  type Instant,
} from './time.js';

/** A figure's reasoning, one plain sentence for each step, each naming the rule it applies. */
type Steps = { readonly steps: readonly string[] };

/**
 * Why attended time pays what it pays; `paidMinutes` is `null` when the leg is held (S2-17).
 *
 * @throws RangeError when the seconds are not a whole number from 0 up
 */
export function explainPayment(
  seconds: number,
  bands: PaymentBands = defaultBands,
): Steps & { readonly paidMinutes: number | null } {
  assertCount(seconds, 'seconds');
  const minutes = workedMinutes(seconds);
  const paid = paidMinutes(seconds, bands);
  const steps = [
    `${seconds} seconds are ${minutes} whole minutes; a started minute does not count.`,
  ];
  if (paid === null) {
    steps.push('Under one minute: held as an exception, not paid and not hidden (S2-17c).');
    return { paidMinutes: null, steps };
  }
  steps.push(...bandSteps(minutes, paid, bands));
  if (isShortVisit(seconds)) {
    steps.push(
      '1 to 10 minutes: the lowest band is paid and the visit is flagged as short (S2-17c).',
    );
  }
  return { paidMinutes: paid, steps };
}

function bandSteps(minutes: number, paid: number, bands: PaymentBands): string[] {
  if (bands.kind === 'table') {
    return [`The contract's table of bands pays ${paid} minutes for ${minutes} (S2-17).`];
  }
  const quarters = Math.max(1, Math.floor((minutes + 4) / 15));
  const from = quarters === 1 ? 1 : quarters * 15 - 4;
  const band = `${minutes} minutes lie in the band from ${from} to ${quarters * 15 + 10} minutes`;
  const formula = `15 × max(1, floor((${minutes} + 4) / 15)) = ${quarters * 15}`;
  const steps = [`${band}, which pays ${quarters * 15}: ${formula} (S2-17).`];
  return paid < quarters * 15 ? [...steps, 'The contract pays at most 60 minutes a visit.'] : steps;
}

/**
 * How many carers two weeks of visits allow; `limit` is `null` when none was attended (S2-11).
 *
 * @throws RangeError when the visits are not a whole number from 0 up
 */
export function explainContinuity(visits: number): Steps & { readonly limit: number | null } {
  assertCount(visits, 'visits');
  const limit = continuityLimit(visits);
  const attended = `${visits} visits were attended in the two weeks.`;
  if (limit === null) {
    return { limit, steps: [attended, 'Without visits continuity is not applicable (S2-11).'] };
  }
  const more = limit - 1;
  const percentage = (visits * 15) / 100;
  const rounding = percentage === more ? 'already whole' : `rounded up ${more}`;
  return {
    limit,
    steps: [
      attended,
      `15 % of ${visits} is ${percentage}, ${rounding}.`,
      `1 + ${more} = ${limit} different carers at most (S2-11).`,
    ],
  };
}

/**
 * How an actual start lies to an agreed one, both London times: `2026-03-02T08:00`, the actual with
 * seconds or without (S2-9, X9).
 *
 * @throws RangeError when a text is no such time or the tolerance no whole number from 0 up
 */
export function explainPunctuality(
  agreedLocal: string,
  actualLocal: string,
  critical: boolean,
  toleranceMinutes: number,
): Steps & { readonly minutes: number; readonly onTime: boolean } {
  assertCount(toleranceMinutes, 'tolerance minutes');
  const agreed = agreedStart(agreedLocal);
  const actual = actualStart(actualLocal, agreed.at);
  const { minutes, onTime } = punctuality(agreed.at, actual.at, toleranceMinutes);
  const far = Math.abs(minutes);
  const kind = critical ? 'critical' : 'standard';
  const verdict = onTime
    ? `within ${toleranceMinutes}, so it is`
    : `over ${toleranceMinutes}, so it is not`;
  return {
    minutes,
    onTime,
    steps: [
      ...agreed.steps,
      ...actual.steps,
      minutes === 0
        ? 'That is the very minute of the agreed start.'
        : `That is ${far} min ${minutes > 0 ? 'after' : 'before'} the agreed start.`,
      `A ${kind} visit may start up to ${toleranceMinutes} min early or late: ${far} is ${verdict} on time (S2-9).`,
    ],
  };
}

type Start = { readonly at: Instant; readonly steps: readonly string[] };

function agreedStart(text: string): Start {
  const [on, time] = partsOf(text, isLocalTime);
  const { instant, shifted } = londonInstant(on, time);
  const steps = [`The agreed start is ${time} on ${on} in London.`];
  if (shifted) {
    steps.push(
      `The clocks skip ${time} that night: it moves forward to ${localTimeOf(instant)} (X9).`,
    );
  } else if (londonReadings(on, time).length > 1) {
    steps.push(`${time} occurs twice that night: the agreed start is the first one (X9).`);
  }
  return { at: instant, steps };
}

function actualStart(text: string, agreedAt: Instant): Start {
  const [on, time] = partsOf(text, isLoggedTime);
  const readings = londonReadings(on, time);
  const away = (reading: Instant): number => Math.abs(instantMs(reading) - instantMs(agreedAt));
  const at = readings.toSorted((a, b) => away(a) - away(b))[0] ?? londonInstant(on, time).instant;
  const steps = [`The visit started at ${time} on ${on}; seconds are cut off.`];
  if (readings.length > 1) {
    steps.push(`${time} occurs twice that night: the one nearest the agreed start is taken (X9).`);
  } else if (readings.length === 0) {
    steps.push(`The clocks skip ${time} that night: it is read as ${localTimeOf(at)} (X9).`);
  }
  return { at, steps };
}

function partsOf(text: string, isTime: (time: string) => boolean): readonly [string, string] {
  const [on, time] = [text.slice(0, 10), text.slice(11)];
  if (text[10] === 'T' && isCivilDate(on) && isTime(time)) return [on, time];
  throw new RangeError(`${text} is not a local time such as 2026-03-02T08:00`);
}

function assertCount(count: number, of: string): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`the ${of} must be a whole number from 0 up`);
  }
}
