import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AuditSigningKey, BadAuditKey } from '#eventstore/proof/audit-key.js';
import { auditFolder } from '#eventstore/proof/checkpoint-folder.js';
import type { Config } from '#platform/config/config.js';

type KeySettings = Pick<Config, 'dataDir' | 'audit'>;

/** Where the key lies whose signatures this service's checkpoints have. */
export const signingKeyFile = ({ dataDir, audit }: KeySettings): string =>
  audit.signingKey ?? join(auditFolder(dataDir), 'signing-key.pem');

/**
 * The key with which checkpoints are signed; development makes one beside the data. `undefined` where
 * production names none. Throws `BadAuditKey` with the file.
 */
export function openSigningKey(settings: KeySettings): AuditSigningKey | undefined {
  const file = signingKeyFile(settings);
  const { signingKey, makesKey } = settings.audit;
  if (signingKey === undefined && !existsSync(file)) {
    if (!makesKey) return undefined;
    make(file);
  }
  try {
    return AuditSigningKey.ofPem(readFileSync(file, 'utf8'));
  } catch (error) {
    const why = error instanceof BadAuditKey ? error.message : 'cannot be read';
    throw new BadAuditKey(
      `${file} ${why}. Set AUDIT_SIGNING_KEY to a PEM file with an Ed25519 private key ` +
        '(openssl genpkey -algorithm ed25519).',
    );
  }
}

/** Two processes may begin at once: one of them makes it. */
function make(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  try {
    const handle = openSync(file, 'wx', 0o600);
    writeSync(handle, AuditSigningKey.newPem());
    fsyncSync(handle);
    closeSync(handle);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
