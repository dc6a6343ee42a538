import { availableParallelism } from 'node:os';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Config } from '#platform/config/config.js';
import { combined, type ReplayTally } from '#platform/replay/replay-tally.js';
import { replayPart, type ReplayScope } from './replay-part.js';

const mostThreads = 8;

type Told = { readonly decisions: number } | { readonly tally: ReplayTally };

/**
 * Makes the decisions of the log again that the settings name, in a thread for each core.
 * `onProgress` is told the decisions of all threads.
 */
export async function replayed(
  config: Config,
  scope: ReplayScope,
  onProgress: (decisions: number) => void,
): Promise<ReplayTally> {
  const of = Math.min(mostThreads, availableParallelism());
  if (of === 1 || scope.stream !== undefined) return replayPart(config, scope, onProgress);
  const decisions = Array.from({ length: of }, () => 0);
  const parts = decisions.map((_, index) =>
    inThread({ ...scope, part: { index, of } }, (done) => {
      decisions[index] = done;
      onProgress(decisions.reduce((sum, each) => sum + each, 0));
    }),
  );
  return combined(await Promise.all(parts));
}

async function inThread(
  scope: ReplayScope,
  onProgress: (decisions: number) => void,
): Promise<ReplayTally> {
  const worker = new Worker(new URL('./replay.thread.js', import.meta.url), { workerData: scope });
  let tally: ReplayTally | undefined;
  worker.on('message', (told: Told) => {
    if ('tally' in told) ({ tally } = told);
    else onProgress(told.decisions);
  });
  await once(worker, 'exit');
  if (!tally) throw new Error('a thread of the replay ended early');
  return tally;
}
