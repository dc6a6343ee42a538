import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

interface OfCaseSystem {
  readonly systemId: string;
  readonly system: string;
}

export type CaseSystemSecretIssued = Event<
  'CaseSystemSecretIssued',
  OfCaseSystem & {
    readonly direction: 'in' | 'out';
    readonly secretId: string;
    readonly secret: string;
    readonly issuedAt: Instant;
  }
>;

/** Another secret; the older one is good until it ends. */
export type CaseSystemSecretReplaced = Event<
  'CaseSystemSecretReplaced',
  OfCaseSystem & {
    readonly direction: 'in' | 'out';
    readonly secretId: string;
    readonly secret: string;
    readonly replacedAt: Instant;
    readonly olderEndsAt: Instant;
  }
>;

export type CaseSystemSecretRevoked = Event<
  'CaseSystemSecretRevoked',
  OfCaseSystem & { readonly secretIds: readonly string[]; readonly revokedAt: Instant }
>;

/** Where case notes go, from now on. */
export type CaseSystemAddressSet = Event<
  'CaseSystemAddressSet',
  OfCaseSystem & {
    readonly address: string;
    /** Where its own list of services is asked for, if it has one. */
    readonly servicesAddress?: string;
    readonly setAt: Instant;
  }
>;

/** Nothing more is sent: the other side said that it is gone, or somebody ended it. */
export type CaseSystemAddressEnded = Event<
  'CaseSystemAddressEnded',
  OfCaseSystem & { readonly because: 'gone' | 'by-hand'; readonly endedAt: Instant }
>;

export type CaseSystemEvent =
  | CaseSystemSecretIssued
  | CaseSystemSecretReplaced
  | CaseSystemSecretRevoked
  | CaseSystemAddressSet
  | CaseSystemAddressEnded;

/** Secrets are sealed with a key of the case system's own, as those of feeds are (ADR 26). */
export const caseSystemSealedFields = {
  events: {
    CaseSystemSecretIssued: { subject: 'systemId', fields: ['secret'] },
    CaseSystemSecretReplaced: { subject: 'systemId', fields: ['secret'] },
  },
  commands: {
    IssueCaseSystemSecret: { subject: 'systemId', fields: ['secret'] },
    ReplaceCaseSystemSecret: { subject: 'systemId', fields: ['secret'] },
  },
} as const;
