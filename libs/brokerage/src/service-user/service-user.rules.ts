import { ensureAll, ruleBook } from '#kernel/rejection.js';
import { addDays, type CivilDate, type Instant } from '#kernel/time.js';
import type { ExternalId, Identity } from './service-user.events.js';

export const serviceUserRules = {
  ServiceUserUnknown: 'There is no such service user.',
  PersonIsErased: 'The record of this person was erased. Nothing more can be recorded for them.',
  IdentityAlreadyRecorded: 'This person’s identity is recorded. Correct it and say why.',
  IdentityNotRecorded: 'This person’s identity is not recorded yet. Record it first.',
  NameMissing: 'A person has a name.',
  DateDoesNotExist: 'This date does not exist.',
  BornInFuture: 'A date of birth lies in the past.',
  BornTooLongAgo: 'A date of birth lies within the last 125 years.',
  AddressMissing: 'An address has at least one line.',
  PostcodeInvalid: 'This is not a postcode. Give it in full, as on a letter.',
  PhoneInvalid: 'A phone number has 7 to 15 digits.',
  EmailInvalid: 'This is not an email address.',
  NhsNumberInvalid: 'This is not an NHS number: its check digit does not fit.',
  NextOfKinNameMissing: 'A next of kin has a name.',
  CorrectionReasonMissing: 'Say why the identity is corrected.',
  ExternalIdIncomplete: 'An id of another system names the system and the id.',
  LegalHoldUnknown: 'There is no such legal hold.',
  LegalHoldAlreadyLifted: 'This legal hold was lifted before.',
  RecordUnderLegalHold: 'This record is under a legal hold. Lift the hold before it is erased.',
  CareNotOver: 'This person has a package that is not over. End it before the record is erased.',
  RetentionNotOver: 'The council’s retention period of this record is not over.',
  ErasureAlreadyRequested: 'The erasure of this record is requested. A second person approves it.',
  ErasureNotRequested: 'Nobody has requested the erasure of this record.',
  ApprovedByRequester: 'A second person approves the erasure, not the one who requested it.',
} as const;

type Code = keyof typeof serviceUserRules;

export const ensure: ReturnType<typeof ruleBook<typeof serviceUserRules>> =
  ruleBook(serviceUserRules);

/** Collects every fault of what was sent. */
export const ensureEach = (
  checks: Iterable<readonly [fact: unknown, code: Code, detail?: { path?: string }]>,
): void => ensureAll(serviceUserRules, checks);

export interface Release {
  readonly packageId: string;
  readonly providerId: string;
  readonly releasedAt: Instant;
  /** First day without this provider's care, once that is known. */
  readonly endsBefore?: CivilDate;
  readonly afterCare?: boolean;
}

export interface LegalHold {
  readonly placedBy: string;
  readonly lifted: boolean;
}

/** What is known of a person. The identity is in clear here and nowhere else. */
export interface ServiceUserState {
  readonly identity: Identity | null;
  readonly externalIds: readonly ExternalId[];
  /** In the order in which they were given. */
  readonly releases: readonly Release[];
  readonly holds: Readonly<Record<string, LegalHold>>;
  readonly erasure: { readonly ground: string; readonly requestedBy: string } | null;
  readonly erasedAt: Instant | null;
}

export const unknownServiceUser: ServiceUserState = {
  identity: null,
  externalIds: [],
  releases: [],
  holds: {},
  erasure: null,
  erasedAt: null,
};

/** A case of a person, as the rules on reading and erasing need it. */
export interface PersonCase {
  readonly packageId: string;
  /** The external broker organisation that refers and places it (S3-4). */
  readonly brokerOrganisation?: string;
  readonly over: boolean;
  /** Whether care was ever given under it: the record is then kept longer. */
  readonly caredFor: boolean;
  /** First day without it, once it is over. */
  readonly overOn?: CivilDate;
}

/** Whether a provider may read who the person is: while it cares, and some days after (S1-9). */
export const mayRead = (
  releases: readonly Release[],
  providerId: string,
  today: CivilDate,
  afterCareDays: number,
): boolean =>
  releases.some((release) => {
    if (release.providerId !== providerId) return false;
    const { endsBefore, afterCare } = release;
    if (endsBefore === undefined) return true;
    return today < addDays(endsBefore, afterCare ? afterCareDays : 0);
  });

export const underHold = ({ holds }: ServiceUserState): boolean =>
  Object.values(holds).some(({ lifted }) => !lifted);
