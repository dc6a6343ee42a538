import { z } from 'zod';
import { operation } from '#platform/admin/operation.js';
import { operator } from '#platform/admin/service-operations.js';
import type { Runtime } from '#platform/runtime/runtime.js';
import { DemoLoading } from '#platform/viewer/refusals.js';
import type { ImportTakeOns } from './take-on.commands.js';
import { TakeOnImporter } from './take-on.importer.js';

const input = z.object({ commandId: z.uuidv7(), csv: z.string().min(1), preview: z.boolean() });

/** What an operator may ask for on the command line. */
export const takeOnOperations = {
  'import-take-ons': operation(input, (service: Runtime, command: ImportTakeOns) => {
    const demo = service.demo();
    if (demo.state === 'loading') throw new DemoLoading(demo.percent);
    return new TakeOnImporter(service.commands).import(command, { actor: operator });
  }),
};
