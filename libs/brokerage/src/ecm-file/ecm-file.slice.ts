import type { Decider } from '#kernel/decider.js';
import { idOfKey } from '#kernel/ids.js';
import type { IsoWeek } from '#kernel/time.js';
import { defineSlice } from '#platform/commands/slice.js';
import { ensure } from '../ecm-import/ecm.rules.js';
import { Submitted } from '../submitted.commands.js';
import type { EcmFileCounts, EcmFileEvent } from './ecm-file.events.js';

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

export interface EcmFileState {
  readonly fileId: string | null;
  readonly providerId: string;
  readonly contentHash: string;
  readonly weeks: readonly IsoWeek[];
  readonly accepted: boolean;
}

/** A provider's file has one reference for good: the same content again changes nothing (S1-15). */
export const ecmFileDecider: Decider<EcmFileState, EcmFileCommands, EcmFileEvent> = {
  initial: { fileId: null, providerId: '', contentHash: '', weeks: [], accepted: false },
  decide: {
    ReceiveEcmFile(state, { commandId: _, ...file }, { now }) {
      const isSame = state.contentHash === file.contentHash;
      ensure(state.fileId === null || isSame, 'FileReferenceTaken', { path: 'fileRef' });
      if (state.fileId !== null) return [];
      return [{ type: 'EcmFileReceived', data: { ...file, receivedAt: now } }];
    },
    AcceptEcmFile({ fileId, providerId, weeks, accepted }, _, { now }) {
      if (fileId === null || accepted) return [];
      return [{ type: 'EcmFileAccepted', data: { fileId, providerId, weeks, acceptedAt: now } }];
    },
  },
  evolve: {
    EcmFileReceived: (_, { fileId, providerId, contentHash, weeks }) => ({
      ...{ fileId, providerId, contentHash, weeks, accepted: false },
    }),
    EcmFileAccepted: (state) => ({ ...state, accepted: true }),
  },
};

export const ecmFileIdOf = (providerId: string, fileRef: string): string =>
  idOfKey('ecmFile', providerId, fileRef);

export const ecmFileStream = (fileId: string): string => `ecmFile-${fileId}`;

export const ecmFileSlice = defineSlice<EcmFileCommands>({
  category: 'ecmFile',
  decider: ecmFileDecider,
  commands: {
    ReceiveEcmFile: { id: ({ fileId }) => fileId },
    AcceptEcmFile: { id: ({ fileId }) => fileId },
  },
});
