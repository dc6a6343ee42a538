import { definePolicy } from '#platform/policies/policy.js';
import type { JobFinished } from '#platform/jobs/job.events.js';
import { ecmImportKind } from '../ecm-import/ecm.job.js';

/** Once every row of a file was recorded, what it does not tell of did not happen (S2-12). */
export const acceptEcmFileWhenJobFinished = definePolicy<JobFinished>(
  'accept-ecm-file-when-job-finished',
  {
    JobFinished: ({ kind, source }) => {
      const [fileId] = source?.split('/') ?? [];
      return kind === ecmImportKind && fileId
        ? [{ name: 'AcceptEcmFile', fields: { fileId } }]
        : [];
    },
  },
);
