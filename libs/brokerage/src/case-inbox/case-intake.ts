import { createHash } from 'node:crypto';
import { deriveId } from '#kernel/ids.js';
import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { personIdOf } from '../package/package.referral.decider.js';
import { caseSystemActor } from './case-effects.js';
import { caseMessageIdOf } from './case-inbox.rules.js';
import { readMessage } from './read-message.js';

/** What came is durable; it takes effect next, in the order of the case record. */
export interface CaseReceipt {
  readonly messageId: string;
  readonly status: 'received';
}

/** Keeps what a case system says before anything of it takes effect. */
export class CaseIntake {
  constructor(private readonly commands: Commands) {}

  /** Keeps a message. Throws `InvalidInput` that names every error, and `CaseWebhookIdReused`. */
  async take(webhookId: string, text: string, correlationId: string): Promise<CaseReceipt> {
    const { personRef, ...message } = readMessage(text);
    const { system } = message;
    const messageId = caseMessageIdOf(system, webhookId);
    const contentHash = createHash('sha256').update(text).digest('hex');
    const commandId = deriveId(messageId, 'receive', contentHash);
    const personId = personIdOf({ system, personRef });
    const command = { commandId, personId, messageId, contentHash, ...message };
    const by: Submission = { actor: caseSystemActor(system), correlationId };
    await this.commands.executeNamed('ReceiveCaseMessage', command, by);
    return { messageId, status: 'received' };
  }
}
