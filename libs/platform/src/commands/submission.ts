import type { Actor } from '#kernel/actor.js';
import type { Event } from '#kernel/decider.js';
import type { Reservation } from './slice.js';

/** Who sends a command and in which context; never part of the command's own fields. */
export interface Submission {
  readonly actor: Actor;
  /** 32 hex digits of the caller's trace. */
  readonly correlationId?: string;
  /** The event that made a policy or a deadline send the command. */
  readonly causationId?: string;
  /** The simulated clock may bring its own moment (demo data); refused in production. */
  readonly simulatedNow?: string;
}

/** A command is an object of a class; its name is the class's. */
export interface SubmittedCommand {
  readonly commandId: string;
}

/** What an acknowledged command answers: durable, and queries with `after: position` see it. */
export interface Acknowledged {
  readonly id: string;
  readonly position: number;
}

/** What a command would do now. */
export interface Rehearsal {
  /** What would be created or changed. */
  readonly id: string;
  /** The command has taken effect before; sending it again changes nothing. */
  readonly known: boolean;
  readonly events: readonly Event[];
  /** The keys that it would take, so that two rehearsed commands can be compared. */
  readonly reservations: readonly Reservation[];
}

/** The same command id came with other fields or from another person (design section 4). */
export class IdempotencyKeyReused extends Error {
  override readonly name = 'IdempotencyKeyReused';
  constructor(readonly commandId: string) {
    super(
      `Command id ${commandId} was used before with other content. Send a new command id for a new command.`,
    );
  }
}

/** Others changed the same thing three times in a row; nothing was recorded. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  constructor() {
    super(
      'Someone else changed this at the same moment. Nothing was recorded; please send it again.',
    );
  }
}
