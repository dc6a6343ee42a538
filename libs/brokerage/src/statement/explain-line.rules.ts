import { explainPayment } from '#kernel/explain.js';
import { isoWeekOf, localTimeOf } from '#kernel/time.js';
import { dayKindOn } from '../provider-contract/rate-card.rules.js';
import {
  attendedSeconds,
  mostMinutes,
  wholeHold,
  type LegToPay,
  type LineTerms,
  type PlannedPay,
} from './pay-line.rules.js';
import type { HeldReason, PayLine } from './statement.events.js';

/** `£18.75`, `-£18.75`. */
export const pounds = (pence: number): string => {
  const whole = Math.abs(pence);
  const text = `£${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
  return pence < 0 ? `-${text}` : text;
};

const heldInWords: Readonly<Record<HeldReason, string>> = {
  'no-log-out': 'There is no log-out: the leg is held, not banded (S2-17c).',
  'under-one-minute': 'Under one minute was attended: the leg is held (S2-17c).',
  'over-commissioned':
    'More than the commissioned band and the tolerance was attended: the rest is held (S2-17b).',
  'second-leg-not-commissioned':
    'No second carer was commissioned, or the contract has it approved: the leg is held (S2-17d).',
  'manual-without-reason': 'The log was made by hand without a reason: the leg is held (X12).',
  'two-homes-at-once':
    'The carer is logged in two homes at once, or twice in one visit: both are held (X12).',
  'no-rate': 'The contract has no price on this date: the leg is held.',
};

/** Why a leg pays what its line states, step by step in plain words (S2-18). */
export function explainLeg(visit: LegToPay, terms: LineTerms, line: PayLine): string[] {
  const { leg } = visit;
  const log = `Carer ${leg.carerId} logged in at ${localTimeOf(leg.inAt)}`;
  const seconds = attendedSeconds(leg);
  return [
    plannedStep(visit),
    leg.outAt === null ? `${log}.` : `${log} and out at ${localTimeOf(leg.outAt)}.`,
    ...(seconds === null ? [] : attendedSteps(seconds, visit, terms)),
    ...heldSteps(visit, terms, line),
    ...priceSteps(visit, terms, line),
  ];
}

/** Why an excused visit pays what its line states (S2-16b). */
export function explainExcused(
  visit: PlannedPay & { readonly reason: string; readonly dayOfAbsence: number },
  terms: LineTerms,
  line: PayLine,
): string[] {
  return [
    plannedStep(visit),
    `It was excused: ${visit.reason}, day ${visit.dayOfAbsence} of the absence.`,
    `The contract pays ${line.percent ?? 0} % of its planned pay (S2-16b).`,
    ...priceSteps(visit, terms, line),
  ];
}

const plannedStep = ({ on, agreedStart, minutes }: PlannedPay): string =>
  `The visit was agreed for ${agreedStart} on ${on}, ${minutes} minutes.`;

function attendedSteps(seconds: number, visit: LegToPay, terms: LineTerms): string[] {
  const { basis, bands } = terms.terms;
  const { steps } = explainPayment(seconds, bands);
  const [whole = '', ...banded] = steps;
  if (basis === 'actual-bands') return [...steps];
  const said = banded.filter((step) => step.includes('S2-17c'));
  const paid =
    basis === 'planned'
      ? `The contract pays the planned ${visit.minutes} minutes (S2-16).`
      : 'The contract pays the minutes attended (S2-16).';
  return [whole, paid, ...said];
}

function heldSteps(visit: LegToPay, terms: LineTerms, line: PayLine): string[] {
  const { heldBecause, heldMinutes = 0, approvedMinutes = 0 } = line;
  const most = mostMinutes(visit, terms);
  return [
    ...(wholeHold(visit, terms) === null
      ? [`Without approval at most ${most} minutes are paid for ${visit.minutes} planned (S2-17b).`]
      : []),
    ...(heldBecause ? [`${heldInWords[heldBecause]} ${heldMinutes} minutes wait.`] : []),
    ...(approvedMinutes > 0 ? [`A second person approved ${approvedMinutes} minutes of it.`] : []),
  ];
}

function priceSteps(visit: PlannedPay, { card, policy }: LineTerms, line: PayLine): string[] {
  if (!card) return ['Nothing is priced.'];
  const { on, agreedStart } = visit;
  const { bankHolidays } = policy;
  const kind = dayKindOn(on, agreedStart, {
    ...(card.hours && { hours: card.hours }),
    bankHolidays,
  });
  const { pencePerHour, percent, blockMinutes = 0, statedMinutes = 0 } = line;
  const paid = line.paidMinutes + statedMinutes;
  const part = percent === undefined ? '' : ` × ${percent} %`;
  const pence = line.pence + (line.statedPence ?? 0);
  return [
    ...(blockMinutes > 0
      ? [`${blockMinutes} minutes of week ${isoWeekOf(on)} are of the hours that the block bought.`]
      : []),
    `A ${visit.minutes}-minute ${kind} visit costs ${pounds(pencePerHour)} an hour by the rate card of ${card.effectiveOn} (S1-14).`,
    `${paid} minutes × ${pounds(pencePerHour)} / 60${part} = ${pounds(pence)}, rounded once (S2-18).`,
  ];
}

/** How an adjustment line comes about (X14). */
export const adjustmentStep = (line: PayLine, adjusts: string): string =>
  `The closed statement of ${adjusts} stated ${pounds(line.statedPence ?? 0)}: the difference is ${pounds(line.pence)} (X14).`;
