import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';

/** Keeps who looked at which evidence. What cannot be recorded is not answered. */
export class AuditLooks {
  constructor(private readonly commands: Pick<Commands, 'executeNamed'>) {}

  /** @param what the query's name in the schema */
  async look(what: string, subjects: readonly string[], by: Submission): Promise<void> {
    const commandId = newCommandId();
    await this.commands.executeNamed('RecordAuditLook', { commandId, what, subjects } as never, by);
  }
}
