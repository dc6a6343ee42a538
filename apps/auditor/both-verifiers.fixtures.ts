import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChainedLog } from '#eventstore/proof/chained-log.js';
import { exportLog } from '#eventstore/proof/export-log.js';
import type { AuditPublicKey } from '#eventstore/proof/audit-key.js';
import type { LogVerification, VerifyOptions } from '#eventstore/log-verification.js';
import { givenCheckpoint } from '../cli/audited-log.js';
import type { LogPlace } from '../cli/data-directory.js';
import { python, type PythonSaid } from './python.js';
import { GivenCheckpoints, type CheckpointFinding } from '../cli/verify-checkpoints.js';

/** A log that two verifiers look at. */
export interface VerifiedLog {
  readonly place: LogPlace;
  readonly key: AuditPublicKey;
  readonly verify: (options: VerifyOptions) => Promise<LogVerification>;
  readonly open: () => Promise<ChainedLog>;
}

export interface BothSaid {
  readonly ours: LogVerification;
  readonly findings: readonly CheckpointFinding[];
  readonly theirs: PythonSaid;
}

/** Lets ours read the log itself, and theirs a fresh export of it, both with these checkpoints. */
export async function saidByBoth(
  log: VerifiedLog,
  checkpoints: readonly string[],
): Promise<BothSaid> {
  const { place, key } = log;
  const given = new GivenCheckpoints(
    place,
    checkpoints.map((file) => givenCheckpoint(file, key)),
  );
  const ours = await log.verify({ onLink: await given.listener() });
  const findings = await given.findings();
  const exported = join(place.dataDir, `export-${performance.now()}.ndjson`);
  const chained = await log.open();
  try {
    await exportLog(chained, { file: exported });
  } finally {
    await chained.close();
  }
  const keyFile = join(place.dataDir, 'public-key.txt');
  writeFileSync(keyFile, key.pem);
  const named = checkpoints.flatMap((file) => ['--checkpoint', file]);
  const theirs = python('--export', exported, '--public-key', keyFile, ...named);
  return { ours, findings, theirs };
}
