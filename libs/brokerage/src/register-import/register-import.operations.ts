import { z } from 'zod';
import { operation } from '#platform/admin/operation.js';
import { operator } from '#platform/admin/service-operations.js';
import type { Runtime } from '#platform/runtime/runtime.js';
import { DemoLoading } from '#platform/viewer/refusals.js';
import { registerKinds } from './register-import.codes.js';
import type { ImportRegister } from './register-import.commands.js';
import { RegisterImporter } from './register-import.importer.js';

const input = z.object({
  commandId: z.uuidv7(),
  kind: z.enum(registerKinds),
  csv: z.string().min(1),
  preview: z.boolean(),
});

/** What an operator may ask for on the command line. */
export const registerImportOperations = {
  'import-register': operation(input, (service: Runtime, command: ImportRegister) => {
    const demo = service.demo();
    if (demo.state === 'loading') throw new DemoLoading(demo.percent);
    return new RegisterImporter(service.commands).import(command, { actor: operator });
  }),
};
