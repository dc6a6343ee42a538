import { defaultBands, type PaymentBands } from './payment-bands.js';
import type { CivilDate } from './time.js';

export const paymentBases = ['actual-bands', 'actual-minutes', 'planned'] as const;
/** What a visit's pay is counted from (S2-16). */
export type PaymentBasis = (typeof paymentBases)[number];

export const secondLegTerms = ['when-commissioned', 'when-approved'] as const;
/** When the second carer of a visit is paid (S2-17d). */
export type SecondLegTerm = (typeof secondLegTerms)[number];

/** What an excused visit pays, for one reason and, where named, a short notice (S2-16b). */
export interface ExcusedPay {
  readonly reason: string;
  /** Only when the provider learnt of it less than so many hours before the agreed start. */
  readonly noticeBelowHours?: number;
  /** Only for so many days from the first excused one on: a retainer. */
  readonly upToDays?: number;
  /** Part of the planned visit's pay. */
  readonly percent: number;
}

/** How the visits of a contract are paid, as contract data (section 5). */
export interface PaymentTerms {
  readonly basis: PaymentBasis;
  readonly bands: PaymentBands;
  /** Bands above the commissioned one paid without approval; absent: the council's policy. */
  readonly overCommissionBands?: number;
  readonly secondLeg: SecondLegTerm;
  readonly excused: readonly ExcusedPay[];
}

/** Terms in force from a date on. */
export interface DatedPaymentTerms extends PaymentTerms {
  readonly effectiveOn: CivilDate;
}

/** Paid by the city's bands; an excused visit pays nothing (S2-16, S2-16b). */
export const defaultPaymentTerms: PaymentTerms = {
  basis: 'actual-bands',
  bands: defaultBands,
  secondLeg: 'when-commissioned',
  excused: [],
};

/** The terms in force on a date: the latest that began by then. */
export const paymentTermsOn = (terms: readonly DatedPaymentTerms[], on: CivilDate): PaymentTerms =>
  terms
    .filter(({ effectiveOn }) => effectiveOn <= on)
    .toSorted((a, b) => (a.effectiveOn < b.effectiveOn ? 1 : -1))[0] ?? defaultPaymentTerms;

/** What an excused visit is, for the table of excused pay. */
export interface ExcusedVisit {
  readonly reason: string;
  /** Hours from the notice to the agreed start; null: not known. */
  readonly noticeHours: number | null;
  /** Days from the first excused one on, itself the first. */
  readonly dayOfAbsence: number;
}

/** The percentage that an excused visit pays: the first row that fits, else nothing (S2-16b). */
export const excusedPercent = (table: readonly ExcusedPay[], visit: ExcusedVisit): number =>
  table.find(
    ({ reason, noticeBelowHours, upToDays }) =>
      reason === visit.reason &&
      (noticeBelowHours === undefined ||
        (visit.noticeHours !== null && visit.noticeHours < noticeBelowHours)) &&
      (upToDays === undefined || visit.dayOfAbsence <= upToDays),
  )?.percent ?? 0;
