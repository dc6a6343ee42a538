import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { checkpointFileIn, checkpointFileOf } from '#eventstore/checkpoint-file.js';
import type { EsdbSettings } from '#eventstore/esdb/esdb-settings.js';
import type { LogFault, LogVerification, VerifyOptions } from '#eventstore/log-verification.js';
import { logPlace } from './data-directory.js';
import { badUsage, exitCodes, Stop } from './outcome.js';
import { answering, counted, type Answer, type Speaker } from './output.js';
import { progressOf } from './progress.js';

/** `verify`: every event against the hash chain, read-only, beside a running service or alone. */
export function addVerify(program: Command): void {
  answering<{ from?: string }>(
    program
      .command('verify')
      .description('check every event of the log against its hash chain and its checkpoint file')
      .option('--from <position>', 'first position to check; the event before it is trusted'),
    (speaker, { from }) => verify(speaker, from),
  );
}

async function verify(speaker: Speaker, from = '1'): Promise<Answer> {
  if (!/^[1-9]\d{0,14}$/.test(from)) {
    throw badUsage(`--from takes a position from 1 up; ${JSON.stringify(from)} is none.`);
  }
  const { config, dataDir, logFile } = logPlace();
  const progress = progressOf(speaker, 'Checking', 'events');
  const onProgress = ({ checked, total }: { checked: number; total: number }) => {
    progress.at(checked, total);
  };
  const options = { from: Number(from), onProgress };
  try {
    const { esdb } = config;
    const found = esdb
      ? await verifyShared(esdb, dataDir, options)
      : await verifyFile(logFile, options);
    return answerOf(found);
  } finally {
    progress.stop();
  }
}

async function verifyFile(logFile: string, options: VerifyOptions): Promise<LogVerification> {
  const { verifyLog } = await import('#eventstore/sqlite/verify-log.js');
  if (!existsSync(logFile) && !existsSync(checkpointFileOf(logFile))) {
    throw badUsage(`There is no log at ${logFile}. Set DATA_DIR to the service's data directory.`);
  }
  return verifyLog(logFile, options).catch((error: unknown) => {
    throw unreadable(
      `${logFile} cannot be read as a log (${saidBy(error)}). Bring back a copy of it.`,
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
    throw unreadable(`The log on EventStoreDB cannot be read (${saidBy(error)}). Check STORE.`);
  });
}

const unreadable = (message: string): Stop => new Stop('LogUnreadable', message, exitCodes.refused);

const saidBy = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function answerOf(found: LogVerification): Answer {
  const { fault, logId, events, position, hash, checkpoint, unsealed } = found;
  const proven = `${counted(events, 'event')} of log ${logId} checked, proven up to position ${position}.`;
  const compared = checkpoint
    ? `Its checkpoint file of position ${checkpoint.position} was compared.`
    : 'There is no checkpoint file beside it, so a cut end would not be noticed.';
  const open = unsealed
    ? [`${counted(unsealed, 'event')} behind it not sealed yet: nothing proves them.`]
    : [];
  return {
    document: { ok: fault === undefined, ...found },
    lines: fault ? [proven, badEvent(fault)] : [proven, ...open, compared, `Hash ${hash}`],
    exitCode: fault ? exitCodes.refused : exitCodes.ok,
  };
}

function badEvent({ position, stream, revision, why }: LogFault): string {
  const event = stream === undefined ? '' : `, revision ${revision} of ${stream}`;
  return `The first bad event is at position ${position}${event}: ${why}.`;
}
