import type { Command } from 'commander';
import { ExportRefused } from '#eventstore/proof/export-file.js';
import { openChainedLog } from './audited-log.js';
import { badUsage, exitCodes, Stop } from './outcome.js';
import { answering, counted, type Answer, type Speaker } from './output.js';
import { progressOf } from './progress.js';

interface Options {
  readonly out: string;
  readonly from?: string;
}

/** `export-log`: the log as it lies, one event a line, for a verifier that shares nothing with us. */
export function addExportLog(program: Command): void {
  answering<Options>(
    program
      .command('export-log')
      .description(
        'write the log as it is stored, for the auditor; a file that is there is gone on with',
      )
      .requiredOption('--out <file>', 'where it goes')
      .option(
        '--from <position>',
        'first position; what lies before cannot be checked in the export',
      ),
    exported,
  );
}

async function exported(speaker: Speaker, { out, from }: Options): Promise<Answer> {
  if (from !== undefined && !/^[1-9]\d{0,14}$/.test(from)) {
    throw badUsage(`--from takes a position from 1 up; ${JSON.stringify(from)} is none.`);
  }
  const { exportLog } = await import('#eventstore/proof/export-log.js');
  const log = await openChainedLog();
  const progress = progressOf(speaker, 'Exporting', 'events');
  try {
    const result = await exportLog(log, {
      file: out,
      from: from === undefined ? undefined : Number(from),
      onProgress: ({ done, total }) => {
        progress.at(done, Math.max(done, total));
      },
    });
    const { events, before, cutBytes, unsealed } = result;
    const fresh = `${counted(events - before, 'event')} of log ${log.logId} written to ${out}.`;
    return {
      document: { ok: true, logId: log.logId, file: out, ...result },
      lines: [
        before > 0 ? `${counted(before, 'event')} were there before. ${fresh}` : fresh,
        ...(cutBytes > 0
          ? [`A line of ${counted(cutBytes, 'byte')} that was torn was cut off.`]
          : []),
        ...(unsealed > 0 ? [`${counted(unsealed, 'event')} not sealed yet left out.`] : []),
      ],
    };
  } catch (error) {
    if (!(error instanceof ExportRefused)) throw error;
    throw new Stop(error.name, error.message, exitCodes.refused);
  } finally {
    progress.stop();
    await log.close();
  }
}
