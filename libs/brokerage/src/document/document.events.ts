import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

export const documentTargets = ['contract', 'framework'] as const;
export type DocumentTarget = (typeof documentTargets)[number];

export const documentKinds = ['specification', 'tender', 'other'] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const documentVisibilities = ['public', 'after-expression-of-interest'] as const;
export type DocumentVisibility = (typeof documentVisibilities)[number];

/** A specification or tender document of a contract or framework (S2-22, S1-3). */
export type DocumentAttached = Event<
  'DocumentAttached',
  {
    documentId: string;
    target: DocumentTarget;
    targetId: string;
    kind: DocumentKind;
    title: string;
    visibility: DocumentVisibility;
    /** SHA-256 of the content, as hex; the content lies beside the log. */
    sha256: string;
    mediaType: string;
    bytes: number;
    attachedBy: string;
    attachedAt: Instant;
  }
>;

/** A provider may read what is shown after an expression of interest (S1-3). */
export type InterestExpressed = Event<
  'InterestExpressed',
  {
    interestId: string;
    target: DocumentTarget;
    targetId: string;
    providerId: string;
    expressedBy: string;
    expressedAt: Instant;
  }
>;
