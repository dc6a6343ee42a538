import { Rejection } from '#kernel/rejection.js';
import { StoreUnavailable } from '#eventstore/event-store.js';
import type { Commands } from '../commands/commands.js';
import {
  Conflict,
  IdempotencyKeyReused,
  type Submission,
  type SubmittedCommand,
} from '../commands/submission.js';
import { foreground } from '../courtesy/foreground.js';
import type { CompoundCommands } from './compound-command.js';
import type { ChildCommand, ChildResult } from './job.events.js';

/** Sends single commands of a job and tells what became of them. */
export class ChildSender {
  constructor(
    private readonly options: {
      readonly commands: Pick<Commands, 'executeNamed'>;
      readonly compounds?: CompoundCommands;
      readonly onFailed?: (command: string, error: unknown) => void;
    },
    private readonly signal: AbortSignal,
  ) {}

  /** Sends until it is carried out or refused; a store that takes nothing now is waited for. */
  async send(
    { name, fields }: ChildCommand,
    commandId: string,
    submission: Submission,
  ): Promise<ChildResult> {
    for (let attempt = 0; !this.signal.aborted; attempt += 1) {
      await foreground.giveWay();
      try {
        const command = { ...fields, commandId };
        const { id } = await this.carryOut(name, command, submission);
        return { outcome: 'done', id };
      } catch (error) {
        if (this.signal.aborted) break;
        const passing = error instanceof StoreUnavailable || error instanceof Conflict;
        if (!passing) return this.notDone(name, error);
        await pause(Math.min(5_000, 20 * 2 ** attempt), this.signal);
      }
    }
    return { outcome: 'failed' };
  }

  private carryOut(name: string, command: SubmittedCommand, submission: Submission) {
    const { commands, compounds } = this.options;
    const compound = compounds?.[name];
    return compound
      ? compound(command, submission)
      : commands.executeNamed(name, command, submission);
  }

  private notDone(name: string, error: unknown): ChildResult {
    if (error instanceof Rejection || error instanceof IdempotencyKeyReused) {
      const code = error instanceof Rejection ? error.code : error.name;
      return { outcome: 'refused', code, message: error.message };
    }
    this.options.onFailed?.(name, error);
    return { outcome: 'failed', code: error instanceof Error ? error.name : 'Unknown' };
  }
}

/** Resolves after a time, or at once when the signal aborts. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener('abort', wake);
  });
