import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Position } from './event-store.js';

/** How far a log had come at some moment, kept outside the log: a later, shorter log was cut. */
export interface LogCheckpoint {
  readonly logId: string;
  readonly position: Position;
  /** How many events the log had; the same as `position` where positions are gapless. */
  readonly count: number;
  /** The chain's hash at `position`, 64 hex digits. */
  readonly hash: string;
}

export const checkpointFileIn = (directory: string): string => join(directory, 'checkpoint.json');

/** Where the checkpoint of a log file lies: beside it. */
export const checkpointFileOf = (file: string): string => checkpointFileIn(dirname(file));

/** Replaces the file in one step, so that a reader or a power cut never meets half of it. */
export function writeCheckpointFile(file: string, checkpoint: LogCheckpoint): void {
  const fresh = `${file}.new`;
  const handle = openSync(fresh, 'w');
  try {
    writeSync(handle, `${JSON.stringify(checkpoint)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
}

/** `undefined` when there is none. Throws when it is not a checkpoint. */
export function readCheckpointFile(file: string): LogCheckpoint | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const found = JSON.parse(text) as LogCheckpoint;
  if (typeof found.logId !== 'string' || !Number.isSafeInteger(found.position)) {
    throw new Error(`${file} is not a checkpoint of a log`);
  }
  return found;
}
