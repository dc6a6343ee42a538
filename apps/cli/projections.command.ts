import type { Command } from 'commander';
import type { ProjectionLag } from '#platform/runtime/runtime.js';
import { exitCodes } from './outcome.js';
import { answering, type Answer, type Speaker } from './output.js';
import { progressOf } from './progress.js';
import { withService, type ServiceClient } from './service-client.js';
import { until } from './until.js';

/** `projections`: the read models, how far they are, and how to get them going again. */
export function addProjections(program: Command): void {
  const projections = program
    .command('projections')
    .description('list the read models; build one anew, or go on after a failure');
  answering(
    projections.command('list').description('how far each read model has read the log'),
    list,
  );
  answering<object, [string]>(
    projections
      .command('rebuild')
      .description('build a read model anew from the log; the present one serves meanwhile')
      .argument('<name>'),
    (speaker, _, name) => begun(speaker, 'rebuild-projection', name, 'Rebuilding'),
  );
  answering<object, [string]>(
    projections
      .command('retry')
      .description('go on with the event that stopped a read model')
      .argument('<name>'),
    (speaker, _, name) => begun(speaker, 'retry-projection', name, 'Catching up'),
  );
}

function list(): Promise<Answer> {
  return withService(async (client) => {
    const document = await client.ask('projections');
    const healthy = document.projections.every(({ state }) => state !== 'stopped');
    return {
      document,
      lines: document.projections.flatMap(linesOf),
      exitCode: healthy ? exitCodes.ok : exitCodes.refused,
    };
  });
}

type Start = 'rebuild-projection' | 'retry-projection';

/** Begins the work and waits for its end, which the service reaches without us, too. */
function begun(speaker: Speaker, start: Start, name: string, label: string): Promise<Answer> {
  return withService(async (client) => {
    await client.ask(start, { name });
    const progress = progressOf(speaker, label, 'events');
    const found = await until(
      () => projection(client, name),
      (each) => {
        const { state, head, lagEvents, progress: part = 1 - lagEvents / Math.max(1, head) } = each;
        progress.at(Math.round(part * head), head);
        return state === 'live' || state === 'stopped';
      },
    );
    progress.stop();
    return {
      document: found,
      lines: linesOf(found),
      exitCode: found.state === 'live' ? exitCodes.ok : exitCodes.refused,
    };
  });
}

async function projection(client: ServiceClient, name: string): Promise<ProjectionLag> {
  const { projections } = await client.ask('projections');
  const found = projections.find((each) => each.name === name);
  if (!found) throw new Error(`the service has no projection ${name} any more`);
  return found;
}

function linesOf({ name, version, state, position, lagEvents, failure }: ProjectionLag): string[] {
  const lag = lagEvents === 0 ? 'up to date' : `${lagEvents} events behind`;
  const line = `${`${name}@${version}`.padEnd(24)}  ${state.padEnd(11)}  position ${position}, ${lag}`;
  if (!failure) return [line];
  const why = `  stopped at position ${failure.position} by ${failure.type}: ${failure.error}`;
  return [line, why, `  Once its cause is gone: brokerage projections retry ${name}`];
}
