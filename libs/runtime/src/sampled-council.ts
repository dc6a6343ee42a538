import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planDemoCouncil } from '#demo/demo-plan.js';
import { playDemoCouncil } from '#demo/demo-player.js';
import { readConfig } from '#platform/config/config.js';
import { openRuntime } from './open-runtime.js';
import { samplesIn, sendRareCommands, type Samples } from './stored-samples.js';

/** Plays a small council of a fixed day in memory and answers a sample of all that it stores. */
export async function sampledCouncil(): Promise<Samples> {
  const dataDir = mkdtempSync(join(tmpdir(), 'samples-'));
  const service = await openRuntime(
    readConfig({ STORE: 'memory', DEMO: 'off', DATA_DIR: dataDir }),
  );
  try {
    const plan = planDemoCouncil({ seed: 1, asOfOn: '2026-11-22', scale: 'small' });
    await playDemoCouncil(plan, service);
    await sendRareCommands(service, plan.calendar.endsAt);
    return await samplesIn(service.store);
  } finally {
    await service.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
