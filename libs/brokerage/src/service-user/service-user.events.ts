import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant } from '#kernel/time.js';

export interface NextOfKin {
  readonly name: string;
  readonly relationship: string;
  readonly phone?: string;
}

/** Who a person is: no more than brokerage needs (S1-8). Sealed wherever it is stored. */
export interface Identity {
  readonly name: string;
  readonly preferredName?: string;
  readonly bornOn: CivilDate;
  readonly addressLines: readonly string[];
  /** With its blank, `ZZ7 1AB`. */
  readonly postcode: string;
  readonly phone?: string;
  readonly email?: string;
  /** Ten digits without blanks. */
  readonly nhsNumber?: string;
  readonly nextOfKin?: NextOfKin;
}

/** An id of the person in another system; older systems' ids are kept too (S1-8, S3-1). */
export interface ExternalId {
  readonly system: string;
  readonly personRef: string;
}

export type IdentityRecorded = Event<'IdentityRecorded', { personId: string; identity: Identity }>;

export type IdentityCorrected = Event<
  'IdentityCorrected',
  {
    personId: string;
    identity: Identity;
    /** Names of the fields that changed. */
    changed: readonly string[];
    reason: string;
  }
>;

export type ExternalIdAdded = Event<
  'ExternalIdAdded',
  { personId: string; externalId: ExternalId }
>;

/** The provider of a confirmed award may read who the person is (S1-9). */
export type IdentityReleased = Event<
  'IdentityReleased',
  { personId: string; packageId: string; providerId: string; releasedAt: Instant }
>;

/** The provider's care ends, or never began: so does its right to read. */
export type IdentityReleaseEnded = Event<
  'IdentityReleaseEnded',
  {
    personId: string;
    packageId: string;
    providerId: string;
    /** First day without care. */
    endsBefore: CivilDate;
    /** Care was given, so that the provider may read for some days more. */
    afterCare: boolean;
  }
>;

export type LegalHoldPlaced = Event<
  'LegalHoldPlaced',
  { personId: string; holdId: string; reason: string; placedBy: string; placedAt: Instant }
>;

export type LegalHoldLifted = Event<
  'LegalHoldLifted',
  { personId: string; holdId: string; reason: string; liftedBy: string; liftedAt: Instant }
>;

/** A second person decides whether the record is erased (X29). */
export type ErasureRequested = Event<
  'ErasureRequested',
  { personId: string; erasureId: string; ground: string; requestedBy: string; requestedAt: Instant }
>;

/** The key of the person is destroyed with this event. Ids only: nothing here is about the person. */
export type PersonErased = Event<
  'PersonErased',
  { personId: string; ground: string; erasedBy: string; requestedBy?: string; erasedAt: Instant }
>;

export type ServiceUserEvent =
  | IdentityRecorded
  | IdentityCorrected
  | ExternalIdAdded
  | IdentityReleased
  | IdentityReleaseEnded
  | LegalHoldPlaced
  | LegalHoldLifted
  | ErasureRequested
  | PersonErased;

/** What is sealed with the person's key (design section 8). */
export const serviceUserPersonalFields = {
  events: {
    IdentityRecorded: ['identity'],
    IdentityCorrected: ['identity', 'reason'],
    ExternalIdAdded: ['externalId'],
    LegalHoldPlaced: ['reason'],
    LegalHoldLifted: ['reason'],
  },
  commands: {
    RecordIdentity: ['identity'],
    CorrectIdentity: ['identity', 'reason'],
    AddExternalId: ['externalId'],
    PlaceLegalHold: ['reason'],
    LiftLegalHold: ['reason'],
  },
} as const;
