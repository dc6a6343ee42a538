import { defaultPaymentTerms } from '#kernel/payment-terms.js';
import { shippedPolicy } from '#kernel/council-policy.js';
import type { PayContract } from './pay-book.rules.js';
import type { LegToPay, LineTerms } from './pay-line.rules.js';
import type { PayVisit, PayWeek } from './pay-week.rules.js';

export const providerId = '01932e1c-0000-7000-8000-00000000a001';
export const otherProviderId = '01932e1c-0000-7000-8000-00000000a002';
export const contractId = '01932e1c-0000-7000-8000-00000000c001';
export const packageId = '01932e1c-0000-7000-8000-00000000e001';
export const otherPackageId = '01932e1c-0000-7000-8000-00000000e002';
export const personId = '01932e1c-0000-7000-8000-00000000b001';
export const otherPersonId = '01932e1c-0000-7000-8000-00000000b002';

/** £24.00 an hour by day, £30.00 at weekends, £48.00 on bank holidays; half hours £25.00. */
export const contract: PayContract = {
  ...{ contractId, providerId, type: 'framework', startsOn: '2025-01-01', endsBefore: null },
  rateCards: [
    {
      effectiveOn: '2025-01-01',
      rates: [
        { dayKind: 'weekday-day', pencePerHour: 2_400 },
        { dayKind: 'weekday-day', pencePerHour: 2_500, visitMinutes: 30 },
        { dayKind: 'weekend', pencePerHour: 3_000 },
        { dayKind: 'bank-holiday', pencePerHour: 4_800 },
      ],
    },
  ],
  ...{ terms: [], tenancies: [] },
};

export const lineTerms: LineTerms = {
  terms: defaultPaymentTerms,
  card: contract.rateCards[0],
  policy: shippedPolicy,
};

/** An instant of Monday 2026-03-02, so many minutes after its 08:00. */
export const at = (minutes: number, seconds = 0): string =>
  new Date(Date.UTC(2026, 2, 2, 8, minutes, seconds)).toISOString();

/** A leg of a 45-minute visit at 08:00 on Monday 2026-03-02, attended so long. */
export const attended = (minutes: number, seconds = 0, more: Partial<LegToPay> = {}): LegToPay => ({
  ...{ on: '2026-03-02', agreedStart: '08:00', minutes: 45, commissioned: true, second: false },
  ...{ clashes: false, approvedMinutes: 0 },
  leg: { carerId: 'C-1', inAt: at(0), outAt: at(minutes, seconds) },
  ...more,
});

/** A 45-minute visit at 08:00 on Monday 2026-03-02, one carer, attended for 45 minutes. */
export const visit = (more: Partial<PayVisit> = {}): PayVisit => ({
  ...{ on: '2026-03-02', agreedStart: '08:00', startsAt: at(0), minutes: 45, carers: 1 },
  legs: { 1: { carerId: 'C-1', inAt: at(0), outAt: at(45) } },
  ...more,
});

export const packageWeek = (
  visits: Readonly<Record<string, PayVisit>>,
  more: Partial<PayWeek> = {},
): PayWeek => ({
  ...{ packageId, personId, week: '2026-W10', providerId, contractId },
  ...{ contractType: 'framework', visits, approved: {} },
  ...more,
});
