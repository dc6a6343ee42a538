import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { developmentKeys, type SubjectKeys } from '#eventstore/subject-keys.js';
import type { Config } from '#platform/config/config.js';

/**
 * Each person's key, derived from one master key: `MASTER_KEY` in production, else a file in the
 * data directory. Without that key the sealed fields of a log cannot be read.
 */
export function subjectKeysFor(config: Config): SubjectKeys {
  const { masterKey } = config;
  if (masterKey) return developmentKeys(Buffer.from(masterKey, 'hex'), { production: false });
  return developmentKeys(keyFile(config), { production: config.production });
}

function keyFile({ dataDir, store }: Config): Buffer {
  if (store === 'memory') return randomBytes(32);
  const path = join(dataDir, 'master.key');
  if (!existsSync(path)) {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  }
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
}
