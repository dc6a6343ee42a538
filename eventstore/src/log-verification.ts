import type { LogCheckpoint } from './checkpoint-file.js';
import type { Position } from './event-store.js';

/** The first event of a log that is not what was appended. */
export interface LogFault {
  readonly position: Position;
  /** Absent when the event itself is missing. */
  readonly stream?: string;
  readonly revision?: number;
  /** A sentence for an operator. */
  readonly why: string;
}

export interface LogVerification {
  readonly logId: string;
  /** How many events were read. */
  readonly events: number;
  /** The last position that is proven, and its hash. */
  readonly position: Position;
  readonly hash: string;
  /** How many events behind that are not proven yet; absent where each is as it is appended. */
  readonly unsealed?: number;
  /** The checkpoint file that was compared, when there was one. */
  readonly checkpoint?: LogCheckpoint;
  /** Absent when everything is as it was appended. */
  readonly fault?: LogFault;
}

export interface VerifyOptions {
  /** First position to check, default the log's first; what lies before it is taken on trust. */
  readonly from?: Position;
  readonly onProgress?: (progress: { checked: number; total: number }) => void;
  /** Given the chain's hash at each proven event, 32 bytes, in the order of the log. */
  readonly onLink?: ((hash: Buffer) => void) | undefined;
  /** Default `checkpoint.json` beside the log. */
  readonly checkpointFile?: string;
}

/** The log ends before what its checkpoint file proves, or is another log. */
export class LogCut extends Error {
  override readonly name = 'LogCut';
  constructor(
    readonly fault: LogFault,
    checkpointFile: string,
  ) {
    super(
      `${fault.why}. Bring back what is missing, or delete ${checkpointFile} to accept the loss.`,
    );
  }
}
