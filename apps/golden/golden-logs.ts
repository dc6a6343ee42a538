import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#platform/config/project-root.js';
import { GoldenLog } from './golden-log.js';

/** Where a version's log lies. */
export const goldenFolder = (version: string): string =>
  join(projectRoot, 'eventstore', 'golden', version);

/** The log of each version, by its version. */
export const goldenLogs = (): readonly (readonly [version: string, log: GoldenLog])[] =>
  readdirSync(join(projectRoot, 'eventstore', 'golden'))
    .toSorted()
    .map((version) => [version, new GoldenLog(goldenFolder(version))]);
