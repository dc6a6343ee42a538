import { InputType } from '@nestjs/graphql';
import { IsNotEmpty, IsUUID, MaxLength } from 'class-validator';
import { Submitted } from '../submitted.commands.js';
import type { CaseNotice } from './case-inbox.codes.js';

/** A verified message of a case system; sent by the service itself. */
export class ReceiveCaseMessage extends Submitted {
  personId: string;
  messageId: string;
  system: string;
  type: string;
  sequence: number;
  occurredAt: string;
  contentHash: string;
  body: string;
  aside?: string;
}

/** A message took effect; sent by the service itself. */
export class RecordCaseMessageTaken extends Submitted {
  personId: string;
  messageId: string;
  packageIds: string[];
  commands: string[];
  notice?: CaseNotice;
}

/** A message cannot be taken as it is; sent by the service itself. */
export class SetCaseMessageAside extends Submitted {
  personId: string;
  messageId: string;
  violations: { code: string; path: string }[];
}

/** Has a message of the case system tried again, once what it needed is there. */
@InputType()
export class RetryCaseMessage extends Submitted {
  @IsUUID()
  personId: string;

  @IsUUID()
  messageId: string;
}

/** Says that somebody has seen to a message of the case system by hand. */
@InputType()
export class DismissCaseMessage extends Submitted {
  @IsUUID()
  personId: string;

  @IsUUID()
  messageId: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

/** Messages are missing for too long; sent by the service itself. */
export class ReportCaseGap extends Submitted {
  personId: string;
}

/** Goes on without messages of the case system that are missing. */
@InputType()
export class SkipCaseGap extends Submitted {
  @IsUUID()
  personId: string;

  @IsNotEmpty()
  @MaxLength(500)
  reason: string;
}

export interface CaseInboxCommands {
  ReceiveCaseMessage: ReceiveCaseMessage;
  RecordCaseMessageTaken: RecordCaseMessageTaken;
  SetCaseMessageAside: SetCaseMessageAside;
  RetryCaseMessage: RetryCaseMessage;
  DismissCaseMessage: DismissCaseMessage;
  ReportCaseGap: ReportCaseGap;
  SkipCaseGap: SkipCaseGap;
}
