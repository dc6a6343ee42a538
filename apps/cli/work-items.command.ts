import type { Command } from 'commander';
import { answering, type Answer } from './output.js';
import { withService } from './service-client.js';

/** `work-items`: what the service could not do by itself. */
export function addWorkItems(program: Command): void {
  const workItems = program
    .command('work-items')
    .description('list work that the service could not carry out by itself, and try it again');
  answering(workItems.command('list').description('all open work items'), list);
  answering<object, [string]>(
    workItems.command('retry').description('try one again').argument('<id>'),
    (_speaker, _options, workItemId) => retry(workItemId),
  );
}

const list = (): Promise<Answer> =>
  withService(async (client) => {
    const document = await client.ask('work-items');
    const lines = document.workItems.map(
      ({ workItemId, openedAt, policy, stream, command, code }) =>
        `${workItemId}  ${openedAt}  ${policy}: ${command} for ${stream} was refused (${code})`,
    );
    return { document, lines: lines.length > 0 ? lines : ['There is no open work item.'] };
  });

const retry = (workItemId: string): Promise<Answer> =>
  withService(async (client) => ({
    document: await client.ask('retry-work-item', { workItemId }),
    lines: [`Work item ${workItemId} is done.`],
  }));
