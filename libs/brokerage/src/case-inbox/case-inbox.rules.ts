import { idOfKey } from '#kernel/ids.js';
import { ruleBook } from '#kernel/rejection.js';
import type { Instant } from '#kernel/time.js';

export const caseInboxRules = {
  CaseWebhookIdReused:
    'This webhook-id came before with other content. Send other content under an id of its own.',
  CaseMessageUnknown: 'There is no such message of the case system.',
  CaseMessageNotAside: 'This message does not wait for anybody.',
  CaseSequenceReused: 'Another message of this person came with the same sequence before.',
  CaseMessageLate: 'This message came after it had been decided to go on without it.',
  CaseMessageTypeUnknown: 'This product does not know this type of message.',
  CaseReferralUnknown: 'No referral with this reference has come.',
  CasePersonHasNoCare: 'This person has no package that is not over.',
  CareNotLive: 'The care of this person is not being given now.',
  CaseOutcomeUnknown: 'This product does not know this outcome of a review.',
  CaseMessageFailed: 'The service could not carry this message out. Its log says why.',
  NoCaseGap: 'No message of this person is missing.',
  GapReasonMissing: 'Say why the missing messages are not waited for.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof caseInboxRules>> = ruleBook(caseInboxRules);

/** The id of a message: a new `webhook-id` is chosen by the case system for each. */
export const caseMessageIdOf = (system: string, webhookId: string): string =>
  idOfKey('case message', system, webhookId);

export const caseInboxStream = (personId: string): string => `caseInbox-${personId}`;

/**
 * `waiting`: one before it is missing. `ready`: to be carried out. `taken`, `aside` (a person is to
 * look at it) and `dismissed` (somebody saw to it by hand) are ends, but an aside one may be tried again.
 */
export const messageStandings = ['waiting', 'ready', 'taken', 'aside', 'dismissed'] as const;
export type MessageStanding = (typeof messageStandings)[number];

export interface KnownMessage {
  readonly messageId: string;
  readonly type: string;
  readonly sequence: number;
  readonly contentHash: string;
  readonly receivedAt: Instant;
  readonly standing: MessageStanding;
}

/** What came of a person from a case system, and what of it has taken effect. */
export interface CaseInboxState {
  readonly messages: readonly KnownMessage[];
  /** The sequence whose turn it is. */
  readonly next: number;
  /** A gap up to here was reported. */
  readonly reportedUpTo: number;
}

/** The message to carry out now: in the order of the case record; those tried again come first. */
export const nextReady = ({ messages }: CaseInboxState): KnownMessage | undefined =>
  messages
    .filter(({ standing }) => standing === 'ready')
    .toSorted((a, b) => a.sequence - b.sequence)[0];

/** The first message that is missing though later ones came, if one is. */
export const missingIn = ({ messages, next }: CaseInboxState): readonly [number, number] | null => {
  const waiting = messages.filter(({ standing }) => standing === 'waiting');
  if (waiting.length === 0) return null;
  return [next, Math.min(...waiting.map(({ sequence }) => sequence)) - 1];
};
