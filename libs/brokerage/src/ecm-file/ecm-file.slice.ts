import { idOfKey } from '#kernel/ids.js';
import { defineSlice } from '#platform/commands/slice.js';
import type { EcmFileCommands } from './ecm-file.commands.js';
import { ecmFileDecider } from './ecm-file.decider.js';

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
