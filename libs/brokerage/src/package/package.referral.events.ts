import type { Event } from '#kernel/decider.js';
import type { CivilDate } from '#kernel/time.js';
import type { CareNeeds, ExternalReference, Origin, Subject } from './package.events.js';

export type PackageReferred = Event<
  'PackageReferred',
  Subject & {
    reference: ExternalReference;
    origin?: Origin;
    needs: CareNeeds;
    linkedTo?: { packageId: string; reason: string };
  }
>;

export type PackageTakenOn = Event<
  'PackageTakenOn',
  Subject & {
    reference: ExternalReference;
    needs: CareNeeds;
    providerId: string;
    contractId: string;
    contractType: string;
    startedOn: CivilDate;
    weeklyCostPence: number | null;
  }
>;

export type ReferralWithdrawn = Event<'ReferralWithdrawn', Subject & { reason: string }>;

export type DirectPaymentTaken = Event<
  'DirectPaymentTaken',
  Subject & {
    /** What it leaves. */
    contractIds?: readonly string[];
    fromOn: CivilDate;
    reason?: string;
  }
>;

/** What still lacks before providers can be asked (X1, X3): a path of the needs and a rule's code. */
export interface Missing {
  readonly path: string;
  readonly code: string;
}

/** A referral that lacks something is kept, so that nothing is typed twice; its clock has not begun. */
export type IncompleteReferralReceived = Event<
  'IncompleteReferralReceived',
  Subject & {
    reference: ExternalReference;
    origin: Origin;
    draft: object;
    missing: readonly Missing[];
  }
>;

/** Back to the referrer, with all that is missing (X1). */
export type ReferralReturned = Event<
  'ReferralReturned',
  Subject & { missing: readonly Missing[]; reason: string }
>;

/** The total clock of waiting begins here for a referral that came incomplete (S2-20). */
export type ReferralCompleted = Event<'ReferralCompleted', Subject & { needs: CareNeeds }>;

export type ReferralCorrected = Event<
  'ReferralCorrected',
  Subject & { needs: CareNeeds; reason: string; changed: readonly string[] }
>;

/** Whether a direct payment was discussed with the person is answered before an award (S3-8). */
export type DirectPaymentDiscussed = Event<
  'DirectPaymentDiscussed',
  Subject & { discussed: boolean; outcome: string; reason?: string }
>;

/** The person comes back from a direct payment and waits for care again (S3-8). */
export type DirectPaymentReturned = Event<
  'DirectPaymentReturned',
  Subject & { returnedOn: CivilDate; reason: string }
>;

export type ReferralEvent =
  PackageReferred | PackageTakenOn | ReferralWithdrawn | DirectPaymentTaken;
// Each of these joins the union above with its decider.
export type NextReferralEvent =
  | IncompleteReferralReceived
  | ReferralReturned
  | ReferralCompleted
  | ReferralCorrected
  | DirectPaymentDiscussed
  | DirectPaymentReturned;
