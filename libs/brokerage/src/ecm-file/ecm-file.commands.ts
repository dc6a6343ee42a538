import type { IsoWeek } from '#kernel/time.js';
import { Submitted } from '../submitted.commands.js';
import type { EcmFileCounts } from './ecm-file.events.js';

/** A file was read; its rows follow in a job. Sent by the import itself. */
export class ReceiveEcmFile extends Submitted {
  fileId: string;
  providerId: string;
  format: string;
  fileRef: string;
  contentHash: string;
  weeks: readonly IsoWeek[];
  counts: EcmFileCounts;
}

/** The job of a file is over. Sent by the service itself. */
export class AcceptEcmFile extends Submitted {
  fileId: string;
}

export interface EcmFileCommands {
  ReceiveEcmFile: ReceiveEcmFile;
  AcceptEcmFile: AcceptEcmFile;
}
