import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planDemoCouncil } from '#demo/demo-plan.js';
import { playDemoCouncil } from '#demo/demo-player.js';
import { readConfig } from '#platform/config/config.js';
import type { StoredEvent } from '#eventstore/event-store.js';
import { openRuntime } from './open-runtime.js';
import type { RunningService } from './running-service.js';
import { eventsOf, samplesIn, sendRareCommands, type Samples } from './stored-samples.js';

/** Plays a small council of a fixed day in memory and answers a sample of all that it stores. */
export async function sampledCouncil(): Promise<Samples> {
  const dataDir = mkdtempSync(join(tmpdir(), 'samples-'));
  try {
    return await playedCouncil({ STORE: 'memory', DATA_DIR: dataDir }, ({ store }) =>
      samplesIn(store),
    );
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/**
 * Plays the same council into a data directory and answers its events, oldest first. `prepare` may
 * change how the service takes the council's commands.
 */
export const councilIn = (
  dataDir: string,
  prepare?: (service: RunningService) => void,
): Promise<StoredEvent[]> =>
  playedCouncil(
    { DATA_DIR: dataDir },
    async ({ store }) => {
      const events: StoredEvent[] = [];
      for await (const event of eventsOf(store)) events.push(event);
      return events;
    },
    prepare,
  );

async function playedCouncil<Result>(
  environment: Readonly<Record<string, string>>,
  use: (service: RunningService) => Promise<Result>,
  prepare: (service: RunningService) => void = () => undefined,
): Promise<Result> {
  const service = await openRuntime(readConfig({ DEMO: 'off', MAIL: 'off', ...environment }));
  try {
    prepare(service);
    const plan = planDemoCouncil({ seed: 1, asOfOn: '2026-11-22', scale: 'small' });
    await playDemoCouncil(plan, service);
    await sendRareCommands(service, plan.calendar.endsAt);
    return await use(service);
  } finally {
    await service.close();
  }
}
