import { statSync } from 'node:fs';
import { CheckpointFolder } from '#eventstore/proof/checkpoint-folder.js';
import type { Config } from '#platform/config/config.js';
import { openSigningKey, signingKeyFile } from '#runtime/auditing/signing-key.js';
import { ok, warn, type Check } from './checkup.js';

/** Whether the log's checkpoints can be signed, and when that was done last. */
export const auditChecks = (config: Config): readonly Check[] => [
  {
    check: 'audit',
    run: () => checkpoints(config),
    otherwise: 'Set AUDIT_SIGNING_KEY to a PEM file with an Ed25519 private key.',
  },
];

const readableByOthers = 0o077;

function checkpoints(config: Config) {
  const file = signingKeyFile(config);
  // The doctor makes nothing.
  const key = openSigningKey({ ...config, audit: { ...config.audit, makesKey: false } });
  if (!key) {
    if (config.audit.makesKey) return ok('the signing key is made at the first start');
    return warn(
      'no checkpoints are signed',
      'Set AUDIT_SIGNING_KEY to prove the log to an auditor.',
    );
  }
  if (process.platform !== 'win32' && (statSync(file).mode & readableByOthers) !== 0) {
    return warn(`${file} can be read by others`, `Run: chmod 600 ${file}`);
  }
  const folder = new CheckpointFolder(config.dataDir);
  const newest = folder.names().at(-1);
  if (newest === undefined) return ok('checkpoints can be signed; there is none yet');
  const { size, time } = folder.read(newest).checkpoint;
  return ok(`signed last for ${size} events at ${time}`);
}
