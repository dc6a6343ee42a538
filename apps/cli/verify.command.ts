import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { checkpointFileOf } from '#eventstore/checkpoint-file.js';
import type { LogFault, LogVerification } from '#eventstore/log-verification.js';
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
  const { config, logFile } = logPlace();
  if (config.store === 'esdb') {
    throw badUsage('The chain covers the embedded log alone; this log lies on EventStoreDB.');
  }
  const { verifyLog } = await import('#eventstore/sqlite/verify-log.js');
  if (!existsSync(logFile) && !existsSync(checkpointFileOf(logFile))) {
    throw badUsage(`There is no log at ${logFile}. Set DATA_DIR to the service's data directory.`);
  }
  const progress = progressOf(speaker, 'Checking', 'events');
  try {
    const onProgress = ({ checked, total }: { checked: number; total: number }) => {
      progress.at(checked, total);
    };
    return answerOf(await verifyLog(logFile, { from: Number(from), onProgress }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `${logFile} cannot be read as a log (${why}). Bring back a copy of it.`;
    throw new Stop('LogUnreadable', message, exitCodes.refused);
  } finally {
    progress.stop();
  }
}

function answerOf(found: LogVerification): Answer {
  const { fault, logId, events, position, hash, checkpoint } = found;
  const proven = `${counted(events, 'event')} of log ${logId} checked, proven up to position ${position}.`;
  const compared = checkpoint
    ? `Its checkpoint file of position ${checkpoint.position} was compared.`
    : 'There is no checkpoint file beside it, so a cut end would not be noticed.';
  return {
    document: { ok: fault === undefined, ...found },
    lines: fault ? [proven, badEvent(fault)] : [proven, compared, `Hash ${hash}`],
    exitCode: fault ? exitCodes.refused : exitCodes.ok,
  };
}

function badEvent({ position, stream, revision, why }: LogFault): string {
  const event = stream === undefined ? '' : `, revision ${revision} of ${stream}`;
  return `The first bad event is at position ${position}${event}: ${why}.`;
}
