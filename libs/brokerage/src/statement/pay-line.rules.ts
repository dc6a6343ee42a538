import type { CouncilPolicy } from '#kernel/council-policy.js';
import {
  bandedMinutes,
  isShortVisit,
  mostPaidMinutes,
  workedMinutes,
} from '#kernel/payment-bands.js';
import type { PaymentTerms } from '#kernel/payment-terms.js';
import { elapsedSeconds, type CivilDate, type LocalTime } from '#kernel/time.js';
import { visitRate, type RateCard } from '../provider-contract/rate-card.rules.js';
import { heldBecause } from '../visit/visit.held.rules.js';
import type { PayLeg } from './pay-week.rules.js';
import type { HeldReason, PayLine } from './statement.events.js';

/** What a line is priced by: the contract on the visit's date, and the policy of that date. */
export interface LineTerms {
  readonly terms: PaymentTerms;
  readonly card: RateCard | undefined;
  readonly policy: Pick<CouncilPolicy, 'pay' | 'bankHolidays'>;
}

/** The planned visit that a line is for. */
export interface PlannedPay {
  readonly on: CivilDate;
  readonly agreedStart: LocalTime;
  readonly minutes: number;
}

/** One leg of a visit, as it is to be paid. */
export interface LegToPay extends PlannedPay {
  readonly leg: PayLeg;
  /** Whether a carer was commissioned for it (S2-17d). */
  readonly commissioned: boolean;
  /** It is another carer's than the visit's first. */
  readonly second: boolean;
  readonly clashes: boolean;
  readonly approvedMinutes: number;
}

/** A line before it is priced: a block may still use some of its minutes. */
export type DraftLine = Omit<PayLine, 'line' | 'pence' | 'heldPence'>;

/** Pence for minutes at an hourly rate, rounded half-up, once. */
export const penceFor = (pencePerHour: number, minutes: number): number =>
  Math.floor((pencePerHour * minutes + 30) / 60);

/** The price of the visit's day, start and planned length (S1-14); 0 where the contract has none. */
export const rateOf = ({ on, agreedStart, minutes }: PlannedPay, { card, policy }: LineTerms) =>
  card ? visitRate(card, { on, start: agreedStart, minutes }, policy.bankHolidays) : 0;

/** What a leg's log and contract pay, and what waits for a second person (S2-16 to S2-17d). */
export function legLine(visit: LegToPay, terms: LineTerms): DraftLine {
  const seconds = attendedSeconds(visit.leg);
  const wanted = wantedMinutes(visit, terms);
  const heldWhole = wholeHold(visit, terms);
  const paid = heldWhole ? 0 : Math.min(wanted, mostMinutes(visit, terms));
  const approved = Math.min(visit.approvedMinutes, wanted - paid);
  const held = wanted - paid - approved;
  return {
    ...(seconds !== null && { minutes: workedMinutes(seconds) }),
    paidMinutes: paid + approved,
    pencePerHour: rateOf(visit, terms),
    ...(held > 0 && { heldBecause: heldWhole ?? 'over-commissioned', heldMinutes: held }),
    ...(approved > 0 && { approvedMinutes: approved }),
    ...(seconds !== null && isShortVisit(seconds) && { short: true as const }),
  };
}

/** What an excused visit pays, all its carers together; `undefined` when nothing (S2-16b). */
export function excusedLine(
  visit: PlannedPay & { readonly carers: number; readonly percent: number },
  terms: LineTerms,
): DraftLine | undefined {
  if (visit.percent === 0) return undefined;
  const paidMinutes = plannedPayMinutes(visit.minutes, terms) * visit.carers;
  return { paidMinutes, pencePerHour: rateOf(visit, terms), percent: visit.percent };
}

/** The line with its pence; minutes that a block bought are not paid again (S2-4). */
export function priced(line: string, draft: DraftLine): PayLine {
  const { pencePerHour, paidMinutes, percent, heldMinutes } = draft;
  const pence =
    percent === undefined
      ? penceFor(pencePerHour, paidMinutes)
      : Math.floor((pencePerHour * paidMinutes * percent + 3_000) / 6_000);
  const all = heldMinutes && penceFor(pencePerHour, paidMinutes + heldMinutes);
  return { line, ...draft, pence, ...(all !== undefined && { heldPence: all - pence }) };
}

/** Seconds from log-in to log-out; null without a log-out. */
export const attendedSeconds = ({ inAt, outAt }: PayLeg): number | null =>
  outAt === null ? null : elapsedSeconds(inAt, outAt);

/** Why nothing of a leg is paid before a second person approves it; the first reason that holds. */
export function wholeHold(
  { leg, clashes, commissioned, second }: LegToPay,
  { terms, card }: LineTerms,
): HeldReason | null {
  const held = heldBecause({ ...leg, method: leg.manual ? 'manual' : 'app' });
  if (held) return held;
  if (clashes) return 'two-homes-at-once';
  if (!commissioned || (terms.secondLeg === 'when-approved' && second)) {
    return 'second-leg-not-commissioned';
  }
  return card ? null : 'no-rate';
}

/** The minutes that a leg would pay by the contract's basis, held or not (S2-16). */
export function wantedMinutes({ leg, minutes: planned }: LegToPay, terms: LineTerms): number {
  const seconds = attendedSeconds(leg);
  const attended = seconds === null ? 0 : workedMinutes(seconds);
  const { basis, bands } = terms.terms;
  if (basis === 'planned' || attended < 1) return plannedPayMinutes(planned, terms);
  return basis === 'actual-bands' ? bandedMinutes(attended, bands) : attended;
}

const plannedPayMinutes = (planned: number, { terms: { basis, bands } }: LineTerms): number =>
  basis === 'actual-bands' ? bandedMinutes(Math.max(1, planned), bands) : planned;

/** The most that is paid of a visit without approval (S2-17b). */
export function mostMinutes(
  { minutes: planned }: PlannedPay,
  { terms, policy }: LineTerms,
): number {
  const { basis, bands, overCommissionBands = policy.pay.overCommissionBands } = terms;
  const most = mostPaidMinutes(planned, bands, overCommissionBands);
  return basis === 'actual-bands' ? most : Math.max(planned, most);
}
