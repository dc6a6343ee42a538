import { parentPort, workerData } from 'node:worker_threads';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import { slices } from '#brokerage/slices.js';
import type { Config } from '#platform/config/config.js';
import { Past } from '#platform/replay/past.js';
import { whatIf, type WhatIfQuestion } from '#platform/replay/what-if.js';
import { openReadableLog } from './readable-log.js';

/** A thread of `whatIfApart`: reads the log beside the service, so that no query waits for it. */
const { config, question } = workerData as { config: Config; question: WhatIfQuestion };
const readable = await openReadableLog(config);
try {
  const { log } = readable;
  const past = new Past({ log, policyStream: councilPolicyStream });
  parentPort?.postMessage(await whatIf({ slices, past, log, sealed: log.sealed }, question));
} finally {
  await readable.close();
}
