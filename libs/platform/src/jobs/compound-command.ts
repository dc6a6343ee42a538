import type { Acknowledged, Submission, SubmittedCommand } from '../commands/submission.js';

/**
 * Carries out what a job calls a command although it takes several: sent again with the same id,
 * an interrupted one is begun anew and a finished one answered.
 */
export type CompoundCommand = (
  command: SubmittedCommand,
  submission: Submission,
) => Promise<Acknowledged>;

/** By the name that a job's list has. */
export type CompoundCommands = Readonly<Record<string, CompoundCommand>>;

/** Each is long, so that a job keeps results, and looks whether it is cancelled, after so many. */
export const compoundsAtOnce = 4;
