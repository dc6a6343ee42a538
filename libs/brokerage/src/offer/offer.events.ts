import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant, LocalTime } from '#kernel/time.js';

export const declineReasons = [
  'no-staff',
  'area',
  'time',
  'double-up',
  'skill',
  'price',
  'other',
] as const;
export type DeclineReason = (typeof declineReasons)[number];

export const channels = ['portal', 'entered'] as const;
export type Channel = (typeof channels)[number];

export interface OfferTerms {
  readonly startOn: CivilDate;
  readonly times: readonly { line: number; start: LocalTime }[];
  /** By the provider's own clock never: server time, or the time of receipt a broker entered. */
  readonly receivedAt: Instant;
  readonly channel: Channel;
  /** Hard needs that the offer breaks; empty: compliant (X2). */
  readonly nonCompliance: readonly string[];
  /** Only where the person needs carers of one gender; nobody said: not checkable (X2). */
  readonly genderCheck?: 'met' | 'not-met' | 'not-checkable';
  /** The frozen figure; null where the arrangement has no price. */
  readonly weeklyCostPence: number | null;
}

interface OfferSubject {
  readonly offerId: string;
  readonly requestId: string;
  readonly packageId: string;
  readonly personId: string;
  readonly providerId: string;
  readonly contractId: string;
}

export type OfferSubmitted = Event<
  'OfferSubmitted',
  OfferSubject & OfferTerms & { evidence?: string }
>;
export type OfferAmended = Event<'OfferAmended', OfferSubject & OfferTerms & { evidence?: string }>;
export type OfferWithdrawn = Event<
  'OfferWithdrawn',
  OfferSubject & { reason: string; withdrawnAt: Instant }
>;
export type RequestDeclined = Event<
  'RequestDeclined',
  OfferSubject & { reason: DeclineReason; note?: string; receivedAt: Instant }
>;
export type OfferAccepted = Event<'OfferAccepted', OfferSubject & { acceptedAt: Instant }>;
export type OfferAcceptanceFailed = Event<
  'OfferAcceptanceFailed',
  OfferSubject & { reason: string }
>;

export type OfferEvent =
  | OfferSubmitted
  | OfferAmended
  | OfferWithdrawn
  | RequestDeclined
  | OfferAccepted
  | OfferAcceptanceFailed;

/** Free text about a person's care is sealed with the person's key. */
export const offerPersonalFields = {
  events: {
    OfferSubmitted: { subject: 'personId', fields: ['evidence'] },
    OfferAmended: { subject: 'personId', fields: ['evidence'] },
    OfferWithdrawn: { subject: 'personId', fields: ['reason'] },
    RequestDeclined: { subject: 'personId', fields: ['note'] },
  },
  commands: {
    SubmitOffer: ['evidence'],
    AmendOffer: ['evidence'],
    WithdrawOffer: ['reason'],
    DeclineRequest: ['note'],
  },
} as const;
