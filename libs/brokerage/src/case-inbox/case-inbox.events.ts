import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

/** A message of the case system, as it came; durable before it was acknowledged. */
export type CaseMessageReceived = Event<
  'CaseMessageReceived',
  {
    personId: string;
    messageId: string;
    system: string;
    type: string;
    sequence: number;
    occurredAt: Instant;
    receivedAt: Instant;
    contentHash: string;
    body: string;
    /** Fields that the schema does not know. */
    aside?: string;
    /** Ready at once, waiting for one before it, or not in the order of the record. */
    standing: 'ready' | 'waiting' | 'aside';
  }
>;

/** It took effect; nothing was to be done where no command was sent. */
export type CaseMessageTaken = Event<
  'CaseMessageTaken',
  {
    personId: string;
    messageId: string;
    type: string;
    packageIds: readonly string[];
    commands: readonly string[];
    /** What a person is still to see to. */
    notice?:
      'person-merged' | 'person-split' | 'person-died' | 'address-changed' | 'review-outcome';
    takenAt: Instant;
  }
>;

/** It cannot be taken as it is: a person is to look at it. Nothing is dropped. */
export type CaseMessageSetAside = Event<
  'CaseMessageSetAside',
  {
    personId: string;
    messageId: string;
    type: string;
    violations: readonly { readonly code: string; readonly path: string }[];
    setAsideAt: Instant;
  }
>;

/** Somebody has it tried again. */
export type CaseMessageReopened = Event<
  'CaseMessageReopened',
  { personId: string; messageId: string; reopenedBy: string; reopenedAt: Instant }
>;

/** Somebody has seen to it by hand. */
export type CaseMessageDismissed = Event<
  'CaseMessageDismissed',
  {
    personId: string;
    messageId: string;
    reason: string;
    dismissedBy: string;
    dismissedAt: Instant;
  }
>;

/** Messages have been missing for as long as council policy waits. */
export type CaseGapReported = Event<
  'CaseGapReported',
  { personId: string; missingFrom: number; missingTo: number; reportedAt: Instant }
>;

/** What was reported as missing has come after all. */
export type CaseGapFilled = Event<'CaseGapFilled', { personId: string; filledAt: Instant }>;

/** The missing messages are not waited for any more. */
export type CaseGapSkipped = Event<
  'CaseGapSkipped',
  {
    personId: string;
    missingFrom: number;
    missingTo: number;
    reason: string;
    skippedBy: string;
    skippedAt: Instant;
  }
>;

export type CaseInboxEvent =
  | CaseMessageReceived
  | CaseMessageTaken
  | CaseMessageSetAside
  | CaseMessageReopened
  | CaseMessageDismissed
  | CaseGapReported
  | CaseGapFilled
  | CaseGapSkipped;

/** What is sealed with the person's key (design section 8). */
export const caseInboxPersonalFields = {
  events: {
    CaseMessageReceived: ['body', 'aside'],
    CaseMessageDismissed: ['reason'],
    CaseGapSkipped: ['reason'],
  },
  commands: {
    ReceiveCaseMessage: ['body', 'aside'],
    DismissCaseMessage: ['reason'],
    SkipCaseGap: ['reason'],
  },
} as const;
