import { join } from 'node:path';
import { readConfig, type Config } from '#platform/config/config.js';
import { badUsage } from './outcome.js';

/** Where the settings say that the log lies. */
export interface LogPlace {
  readonly config: Config;
  readonly dataDir: string;
  readonly logFile: string;
}

/** Reads the settings. Refuses a store that keeps no files. */
export function logPlace(): LogPlace {
  const config = readConfig(process.env);
  if (config.store === 'memory') {
    throw badUsage('STORE=memory keeps no log; unset STORE, or set it to embedded.');
  }
  return { config, dataDir: config.dataDir, logFile: join(config.dataDir, 'events.db') };
}
