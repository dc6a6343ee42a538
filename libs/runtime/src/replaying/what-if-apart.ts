import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import { slices } from '#brokerage/slices.js';
import type { TypedLog } from '#eventstore/typed-log.js';
import type { Config } from '#platform/config/config.js';
import { Past } from '#platform/replay/past.js';
import { whatIf, type WhatIfFound, type WhatIfQuestion } from '#platform/replay/what-if.js';

/** What another policy would have changed, found in a thread of its own where the log is a file. */
export async function whatIfApart(
  config: Config,
  log: TypedLog,
  question: WhatIfQuestion,
): Promise<WhatIfFound> {
  if (config.store !== 'embedded') {
    const past = new Past({ log, policyStream: councilPolicyStream });
    return whatIf({ slices, past, log, sealed: log.sealed }, question);
  }
  const workerData = { config, question };
  const worker = new Worker(new URL('./what-if.thread.js', import.meta.url), { workerData });
  let found: WhatIfFound | undefined;
  worker.on('message', (told: WhatIfFound) => (found = told));
  await once(worker, 'exit');
  if (!found) throw new Error('the thread of a what-if ended early');
  return found;
}
