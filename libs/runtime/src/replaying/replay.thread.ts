import { parentPort, workerData } from 'node:worker_threads';
import { readConfig } from '#platform/config/config.js';
import { replayPart, type ReplayScope } from './replay-part.js';

/** A thread of `replayed`: replays one part and tells how far it is. */
const tally = await replayPart(readConfig(process.env), workerData as ReplayScope, (decisions) =>
  parentPort?.postMessage({ decisions }),
);
parentPort?.postMessage({ tally });
