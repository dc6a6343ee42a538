import type { Decider } from '#kernel/decider.js';
import type { IsoWeek } from '#kernel/time.js';
import type { EcmFileCommands } from './ecm-file.commands.js';
import type { EcmFileEvent } from './ecm-file.events.js';
import { ensure } from './ecm-file.rules.js';

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
