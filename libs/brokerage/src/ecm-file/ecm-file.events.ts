import type { Event } from '#kernel/decider.js';
import type { Instant, IsoWeek } from '#kernel/time.js';

export interface EcmFileCounts {
  /** Rows that say something. */
  readonly read: number;
  readonly new: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly unallocated: number;
  readonly rejected: number;
}

/** A provider's file of electronic call monitoring; neither its name nor its free text is kept. */
export type EcmFileReceived = Event<
  'EcmFileReceived',
  {
    readonly fileId: string;
    readonly providerId: string;
    readonly format: string;
    readonly fileRef: string;
    /** SHA-256 of the file. */
    readonly contentHash: string;
    /** The weeks that its visits lie in. */
    readonly weeks: readonly IsoWeek[];
    readonly counts: EcmFileCounts;
    readonly receivedAt: Instant;
  }
>;

/** Every row of it that could be taken is recorded: what it does not tell of did not happen. */
export type EcmFileAccepted = Event<
  'EcmFileAccepted',
  {
    readonly fileId: string;
    readonly providerId: string;
    readonly weeks: readonly IsoWeek[];
    readonly acceptedAt: Instant;
  }
>;

export type EcmFileEvent = EcmFileReceived | EcmFileAccepted;
