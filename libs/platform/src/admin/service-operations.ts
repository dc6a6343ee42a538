import { z } from 'zod';
import type { Actor } from '#kernel/actor.js';
import { ruleBook } from '#kernel/rejection.js';
import { software } from '../config/project-root.js';
import type { CancelJob } from '../jobs/job.commands.js';
import type { Runtime } from '../runtime/runtime.js';
import { operation } from './operation.js';

/** Who acts when a command line does: the machine's operator, whom no one has signed in. */
export const operator: Actor = { id: 'command-line', roles: ['administrator'] };

export const adminRules = {
  ProjectionUnknown: 'There is no such projection.',
  WorkItemUnknown: 'There is no such open work item.',
} as const;

const ensure: ReturnType<typeof ruleBook<typeof adminRules>> = ruleBook(adminRules);

const nothing = z.object({});
const projection = z.object({ name: z.string() });

function ensureProjection(service: Runtime, name: string): void {
  const names = service.projections().map((each) => each.name);
  const message = `There is no projection ${name}. There are: ${names.join(', ')}.`;
  ensure(names.includes(name), 'ProjectionUnknown', { message });
}

/** What every service can be asked. */
export const serviceOperations = {
  service: operation(nothing, ({ logId, startedAt }) => ({ ...software, logId, startedAt })),
  projections: operation(nothing, (service) => ({ projections: service.projections() })),
  'rebuild-projection': operation(projection, async (service, { name }) => {
    ensureProjection(service, name);
    await service.rebuildProjection(name);
    return { name };
  }),
  'retry-projection': operation(projection, (service, { name }) => {
    ensureProjection(service, name);
    service.retryProjection(name);
    return { name };
  }),
  'work-items': operation(nothing, async ({ workItems }) => {
    await workItems.load();
    return { workItems: workItems.list() };
  }),
  'retry-work-item': operation(
    z.object({ workItemId: z.uuid() }),
    async (service, { workItemId }) => {
      await service.workItems.load();
      const item = service.workItems.find(workItemId);
      ensure(item, 'WorkItemUnknown');
      await service.retryWorkItem(item);
      return { workItemId };
    },
  ),
  'cancel-job': operation(
    z.object({ commandId: z.uuidv7(), jobId: z.uuid() }),
    (service, command: CancelJob) =>
      service.commands.executeNamed('CancelJob', command, { actor: operator }),
  ),
};
