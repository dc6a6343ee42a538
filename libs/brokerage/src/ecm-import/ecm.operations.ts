import { z } from 'zod';
import { operation } from '#platform/admin/operation.js';
import { operator } from '#platform/admin/service-operations.js';
import type { Runtime } from '#platform/runtime/runtime.js';
import { DemoLoading } from '#platform/viewer/refusals.js';
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

/** What an operator may ask for on the command line. */
export const ecmOperations = {
  'import-visits': operation(input, (service: Runtime, command) => {
    const demo = service.demo();
    if (demo.state === 'loading') throw new DemoLoading(demo.percent);
    return new VisitsImporter(service.commands).import(command as ImportVisits, {
      actor: operator,
    });
  }),
};
