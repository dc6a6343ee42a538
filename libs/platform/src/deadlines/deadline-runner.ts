import { deriveId } from '#kernel/ids.js';
import { systemActor } from '#kernel/actor.js';
import { StoreUnavailable } from '#eventstore/event-store.js';
import type { Clock } from '../commands/clock.js';
import type { Commands } from '../commands/commands.js';
import { Conflict } from '../commands/submission.js';
import { sideBySide } from '../courtesy/side-by-side.js';

/** A command whose time has come. */
export interface DueDeadline {
  /** Names the deadline among all; with the event that set it, it gives the command's id. */
  readonly key: string;
  readonly eventId: string;
  readonly command: string;
  readonly fields: object;
}

export interface DeadlineRunnerOptions {
  readonly commands: Commands;
  readonly clock: Clock;
  /** What is due at a moment, from a read model that has reached the log's head. */
  readonly due: (now: string) => Promise<readonly DueDeadline[]>;
  readonly onFailed?: (deadline: DueDeadline, error: unknown) => void;
  readonly everyMs?: number;
}

const atOnce = 64;

/**
 * Fires deadlines. Each command ends in an event that clears its row, so what is due again after a
 * round is the next one of the same row. A deadline that was refused, or whose command found nothing
 * to do, is not tried again until its row changes or the service restarts.
 */
export class DeadlineRunner {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<number> = Promise.resolve(0);
  private readonly fired = new Set<string>();

  constructor(private readonly options: DeadlineRunnerOptions) {}

  begin(): void {
    const { everyMs = 1_000 } = this.options;
    this.timer = setInterval(() => void this.fire().catch(() => undefined), everyMs);
  }

  /** Fires until nothing is due; answers how many commands were sent. */
  fire(): Promise<number> {
    this.round = this.round.then(
      () => this.fireAll(),
      () => this.fireAll(),
    );
    return this.round;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.round.catch(() => undefined);
  }

  private async fireAll(): Promise<number> {
    for (let sent = 0; ;) {
      const all = await this.options.due(this.options.clock.now());
      const due = all.filter((deadline) => !this.fired.has(nameOf(deadline)));
      if (due.length === 0) {
        this.forgetAllBut(all);
        return sent;
      }
      await sideBySide(due, atOnce, (deadline) => this.send(deadline));
      sent += due.length;
    }
  }

  private async send(deadline: DueDeadline): Promise<void> {
    const { eventId, key, command, fields } = deadline;
    const commandId = deriveId(eventId, 'deadline', key);
    const submission = { actor: systemActor, causationId: eventId };
    try {
      await this.options.commands.executeNamed(command, { ...fields, commandId }, submission);
    } catch (error) {
      const passing = error instanceof StoreUnavailable || error instanceof Conflict;
      this.options.onFailed?.(deadline, error);
      if (passing) throw error;
    }
    this.fired.add(nameOf(deadline));
  }

  private forgetAllBut(due: readonly DueDeadline[]): void {
    const still = new Set(due.map(nameOf));
    for (const name of this.fired) if (!still.has(name)) this.fired.delete(name);
  }
}

const nameOf = ({ key, eventId }: DueDeadline): string => `${eventId}/${key}`;
