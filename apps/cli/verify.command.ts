import { existsSync } from 'node:fs';
import { messageOf } from '#kernel/message-of.js';
import type { Command } from 'commander';
import { checkpointFileIn, checkpointFileOf } from '#eventstore/checkpoint-file.js';
import type { EsdbSettings } from '#eventstore/esdb/esdb-settings.js';
import type { LogFault, LogVerification, VerifyOptions } from '#eventstore/log-verification.js';
import type { AuditPublicKey } from '#eventstore/proof/audit-key.js';
import { givenCheckpoint, publicKeyOf } from './audited-log.js';
import { logPlace } from './data-directory.js';
import { badUsage, exitCodes, Stop } from './outcome.js';
import { answering, counted, type Answer, type Speaker } from './output.js';
import { progressOf } from './progress.js';
import { findingLine, GivenCheckpoints, type CheckpointFinding } from './verify-checkpoints.js';

interface Options {
  readonly from?: string;
  readonly checkpoint?: readonly string[];
  readonly publicKey?: string;
}

/** `verify`: every event against the hash chain, read-only, beside a running service or alone. */
export function addVerify(program: Command): void {
  answering<Options>(
    program
      .command('verify')
      .description('check every event of the log against its hash chain and its checkpoint file')
      .option('--from <position>', 'first position to check; the event before it is trusted')
      .option('--checkpoint <file>', 'a signed checkpoint to compare; may be given again', several)
      .option('--public-key <file>', 'whose signatures are taken, default the key of the service'),
    verify,
  );
}

const several = (file: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  file,
];

async function verify(
  speaker: Speaker,
  { from, checkpoint = [], publicKey }: Options,
): Promise<Answer> {
  if (from !== undefined && !/^[1-9]\d{0,14}$/.test(from)) {
    throw badUsage(`--from takes a position from 1 up; ${JSON.stringify(from)} is none.`);
  }
  if (from !== undefined && checkpoint.length > 0) {
    throw badUsage('A checkpoint is of the log from its first event on: leave out --from.');
  }
  const place = logPlace();
  const key = checkpoint.length > 0 ? publicKeyOf(publicKey, place) : undefined;
  const given = new GivenCheckpoints(place, checkpoint.map(signedBy(key)));
  const onLink = checkpoint.length > 0 ? await given.listener() : undefined;
  const progress = progressOf(speaker, 'Checking', 'events');
  const onProgress = ({ checked, total }: { checked: number; total: number }) => {
    progress.at(checked, total);
  };
  const options = { from: Number(from ?? 1), onProgress, onLink };
  try {
    const { esdb } = place.config;
    const found = esdb
      ? await verifyShared(esdb, place.dataDir, options)
      : await verifyFile(place.logFile, options);
    return answerOf(found, checkpoint.length > 0 ? await given.findings() : []);
  } finally {
    progress.stop();
  }
}

const signedBy = (key: AuditPublicKey | undefined) => (file: string) => givenCheckpoint(file, key);

async function verifyFile(logFile: string, options: VerifyOptions): Promise<LogVerification> {
  const { verifyLog } = await import('#eventstore/sqlite/verify-log.js');
  if (!existsSync(logFile) && !existsSync(checkpointFileOf(logFile))) {
    throw badUsage(`There is no log at ${logFile}. Set DATA_DIR to the service's data directory.`);
  }
  return verifyLog(logFile, options).catch((error: unknown) => {
    throw unreadable(
      `${logFile} cannot be read as a log (${messageOf(error)}). Bring back a copy of it.`,
    );
  });
}

/** With the checkpoint file of the worker, when `DATA_DIR` is the worker's. */
async function verifyShared(
  settings: EsdbSettings,
  dataDir: string,
  options: VerifyOptions,
): Promise<LogVerification> {
  const { verifyEsdbLog } = await import('#eventstore/esdb/verify-esdb-log.js');
  const checkpointFile = checkpointFileIn(dataDir);
  return verifyEsdbLog(settings, { ...options, checkpointFile }).catch((error: unknown) => {
    throw unreadable(`The log on EventStoreDB cannot be read (${messageOf(error)}). Check STORE.`);
  });
}

const unreadable = (message: string): Stop => new Stop('LogUnreadable', message, exitCodes.refused);

function answerOf(found: LogVerification, checkpoints: readonly CheckpointFinding[]): Answer {
  const { fault, logId, events, position, hash, checkpoint, unsealed } = found;
  const proven = `${counted(events, 'event')} of log ${logId} checked, proven up to position ${position}.`;
  const compared = checkpoint
    ? `Its checkpoint file of position ${checkpoint.position} was compared.`
    : 'There is no checkpoint file beside it, so a cut end would not be noticed.';
  const open = unsealed
    ? [`${counted(unsealed, 'event')} behind it not sealed yet: nothing proves them.`]
    : [];
  const ok = fault === undefined && checkpoints.every((each) => each.ok);
  const signed = checkpoints.map(findingLine);
  return {
    document: { ok, ...found, ...(checkpoints.length > 0 && { checkpoints }) },
    lines: fault
      ? [proven, badEvent(fault), ...signed]
      : [proven, ...open, compared, `Hash ${hash}`, ...signed],
    exitCode: ok ? exitCodes.ok : exitCodes.refused,
  };
}

function badEvent({ position, stream, revision, why }: LogFault): string {
  const event = stream === undefined ? '' : `, revision ${revision} of ${stream}`;
  return `The first bad event is at position ${position}${event}: ${why}.`;
}
