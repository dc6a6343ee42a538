import { Field, ID, ObjectType } from '@nestjs/graphql';
import { caseNotices, type CaseNotice } from '#brokerage/case-inbox/case-inbox.codes.js';
import {
  messageStandings,
  type CaseInboxState,
  type MessageStanding,
} from '#brokerage/case-inbox/case-inbox.rules.js';
import { codeList } from '#brokerage/codes.commands.js';

export const MessageStandingCode = codeList(
  'MessageStanding',
  messageStandings,
  'Where a message of the case system stands. `WAITING`: one before it is missing. `ASIDE`: a person is to look at it.',
);
const CaseNoticeCode = codeList(
  'CaseNotice',
  caseNotices,
  'What a person is still to see to, though a message was taken.',
);

/** Why a message could not be taken: the rule, and the place in the message. */
@ObjectType()
export class CaseMessageViolation {
  code: string;

  path: string;

  /** The rule in words. */
  message: string;
}

/** A message of the case system, without what it says. */
@ObjectType()
export class CaseMessageStatus {
  @Field(() => ID)
  messageId: string;

  @Field(() => ID)
  personId: string;

  system: string;

  type: string;

  /** Of this person: 1, 2, 3 … */
  sequence: number;

  occurredAt: string;

  receivedAt: string;

  @Field(() => MessageStandingCode)
  standing: MessageStanding;

  /** Packages that it changed. */
  @Field(() => [ID])
  packageIds: string[];

  @Field(() => CaseNoticeCode, { nullable: true })
  notice?: CaseNotice;

  violations: CaseMessageViolation[];

  /** The message has fields that this product does not know; they are kept aside. */
  hasUnknownFields: boolean;
}

/** The messages of one person as the inbox folds them. */
export interface InboxRow {
  readonly personId: string;
  readonly state: CaseInboxState;
  /** When the oldest message came that waits, while its gap is not reported. */
  readonly reportsAfter: string | null;
  readonly eventId: string;
  readonly position: number;
}
