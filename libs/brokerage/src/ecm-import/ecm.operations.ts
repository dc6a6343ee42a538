import { z } from 'zod';
import { operation } from '#platform/admin/operation.js';
import { operator } from '#platform/admin/service-operations.js';
import type { Runtime } from '#platform/runtime/runtime.js';
import { DemoLoading } from '#platform/viewer/refusals.js';
import { ecmFileDecider } from '../ecm-file/ecm-file.decider.js';
import { ecmFileIdOf, ecmFileStream } from '../ecm-file/ecm-file.slice.js';
import type { ImportVisits } from './ecm.commands.js';
import { ecmFormatNames } from './ecm.formats.js';
import { VisitsImporter } from './ecm.importer.js';

const input = z.object({
  commandId: z.uuidv7(),
  providerId: z.guid(),
  format: z.enum(ecmFormatNames),
  csv: z.string().min(1),
  carersCsv: z.string().min(1).optional(),
  preview: z.boolean(),
});

const sentFile = z.object({
  providerId: z.guid(),
  /** Absent: the file has none of its own. */
  fileRef: z.string().optional(),
  contentHash: z.string(),
});

/** What an operator may ask for on the command line. */
export const ecmOperations = {
  'visits-file': operation(sentFile, async ({ commands }: Runtime, sent) => {
    const { providerId, contentHash, fileRef = `#${contentHash}` } = sent;
    const stream = ecmFileStream(ecmFileIdOf(providerId, fileRef));
    const { state } = await commands.reader.folded(ecmFileDecider, stream);
    return { accepted: state.accepted && state.contentHash === contentHash };
  }),
  'import-visits': operation(input, (service: Runtime, command) => {
    const demo = service.demo();
    if (demo.state === 'loading') throw new DemoLoading(demo.percent);
    return new VisitsImporter(service.commands).import(command as ImportVisits, {
      actor: operator,
    });
  }),
};
