import type { Event } from '#kernel/decider.js';
import type { CivilDate } from '#kernel/time.js';
import type {
  CareLine,
  CareNeeds,
  ExternalReference,
  FundingLine,
  Origin,
  Subject,
} from './package.events.js';

export type PackageReferred = Event<
  'PackageReferred',
  Subject & {
    reference: ExternalReference;
    /** Absent in events from before it was recorded. */
    origin?: Origin;
    needs: CareNeeds;
    directPayment?: DirectPaymentAnswer;
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

/** A visit as far as the referrer knew it. */
export type DraftLine = Partial<Omit<CareLine, 'line'>> & Pick<CareLine, 'line'>;

/** Needs whose schedule may have gaps. */
export type DraftNeeds = Omit<CareNeeds, 'schedule'> & { readonly schedule: readonly DraftLine[] };

/** Kept, so that nothing is typed twice; its clock has not begun (X1, S2-20). */
export type IncompleteReferralReceived = Event<
  'IncompleteReferralReceived',
  Subject & {
    reference: ExternalReference;
    origin: Origin;
    draft: DraftNeeds;
    missing: readonly Missing[];
    directPayment?: DirectPaymentAnswer;
    linkedTo?: { packageId: string; reason: string };
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
  Subject & {
    needs: CareNeeds;
    /** Names of the needs that differ from before. */
    changed: readonly string[];
    reason: string;
  }
>;

/** Who pays from a day on (S2-21, S3-3). */
export type FundingChanged = Event<
  'FundingChanged',
  Subject & {
    fundingStatus: string;
    funding: readonly FundingLine[];
    fromOn: CivilDate;
    reason: string;
  }
>;

/** Answered before an award (S3-8). */
export interface DirectPaymentAnswer {
  readonly outcome: string;
  readonly reason?: string;
}

export type DirectPaymentDiscussed = Event<'DirectPaymentDiscussed', Subject & DirectPaymentAnswer>;

/** The person comes back from a direct payment and waits for care again (S3-8, S4-9). */
export type DirectPaymentReturned = Event<
  'DirectPaymentReturned',
  Subject & { returnedOn: CivilDate; reason: string }
>;

export type ReferralEvent =
  | PackageReferred
  | PackageTakenOn
  | IncompleteReferralReceived
  | ReferralReturned
  | ReferralCompleted
  | ReferralCorrected
  | FundingChanged
  | DirectPaymentDiscussed
  | DirectPaymentTaken
  | DirectPaymentReturned
  | ReferralWithdrawn;
