import type { EsdbSettings } from '#eventstore/esdb/esdb-settings.js';
import { surveyEsdbLog, type EsdbSurvey } from '#eventstore/esdb/survey-esdb-log.js';
import { ok, warn, type Check } from './checkup.js';

const patienceMs = 5_000;
const slowReadMs = 50;

/** The log where it lies on EventStoreDB. Nothing is written. */
export const sharedLogChecks = (settings: EsdbSettings): readonly Check[] => [
  {
    check: 'log',
    run: async () => onServer(await surveyEsdbLog({ ...settings, patienceMs })),
    otherwise: 'Is the server up, and are STORE, its user and its certificates right?',
  },
];

/** Warns of a server without a log or a worker, and of a read over 50 ms. */
export function onServer({ logId, readMs, worker, sealedEvents }: EsdbSurvey) {
  if (logId === undefined) {
    return warn('EventStoreDB answers and holds no log', 'The first start begins one; see STORE.');
  }
  const found =
    `log ${logId} on EventStoreDB, a read takes ${readMs.toFixed(0)} ms, ` +
    `${sealedEvents} events sealed, ${worker === null ? 'nobody works' : `${worker} works`}`;
  if (worker === null)
    return warn(found, 'Start a process with WORKER=on: nothing happens by itself.');
  if (readMs > slowReadMs) return warn(found, 'Every command waits for this; bring them nearer.');
  return ok(found);
}
