import { definePolicy } from '#platform/policies/policy.js';
import type { EcmFileAccepted } from '../ecm-file/ecm-file.events.js';

/** The weeks that a file tells of have their evidence now: what it leaves out was missed (S2-12). */
export const acceptEvidenceWhenEcmFileAccepted = definePolicy<EcmFileAccepted>(
  'accept-evidence-when-ecm-file-accepted',
  {
    EcmFileAccepted: ({ fileId: fileRef, providerId, weeks }) =>
      weeks.map((week) => ({ name: 'AcceptEvidenceWeek', fields: { providerId, week, fileRef } })),
  },
);
