import type { Command } from 'commander';
import type { TakeOnImport } from '#brokerage/take-on/take-on.view.js';
import type { Job } from '#projections/jobs/jobs.view.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { readSpreadsheetText } from './csv-file.js';
import { followedJob } from './followed-job.js';
import { itemLine } from './jobs.command.js';
import { exitCodes } from './outcome.js';
import { answering, counted, type Answer, type Speaker } from './output.js';
import { withService } from './service-client.js';

/** `take-on`: the standing book of packages from a CSV file (X30). */
export function addTakeOn(program: Command): void {
  answering<{ preview?: boolean }, [string]>(
    program
      .command('take-on')
      .description('take on packages from the system before; the columns are in docs/formats.md')
      .argument('<file>', 'a CSV file')
      .option('--preview', 'only tell what would be taken on and what rejected'),
    (speaker, { preview = false }, file) => takeOn(speaker, readSpreadsheetText(file), preview),
  );
}

const takeOn = (speaker: Speaker, csv: string, preview: boolean): Promise<Answer> =>
  withService(async (client) => {
    const command = { commandId: newCommandId(), csv, preview };
    const found = await client.ask('import-take-ons', command);
    const { jobId, position } = found;
    if (jobId === undefined || position === undefined) return answerOf(found);
    const { job, refused } = await followedJob(
      client,
      speaker,
      { jobId, after: Number(position) },
      ['Taking on', 'packages'],
    );
    const answer = answerOf(found, job);
    return {
      document: { ...answer.document, job, refused },
      lines: [...answer.lines, ...refused.map(itemLine)],
      exitCode: job?.done === job?.total ? (answer.exitCode ?? exitCodes.ok) : exitCodes.refused,
    };
  });

function answerOf(found: TakeOnImport, job?: Job): Answer {
  const { preview, rowsRead, packagesRead, packagesNew, packagesRejected, rejections } = found;
  const read = `${counted(packagesRead, 'package')} in ${counted(rowsRead, 'row')} read`;
  const rejected = `${packagesRejected} rejected`;
  const taken = job ? `${job.done} taken on` : `${packagesNew} ${preview ? 'new' : 'taken on'}`;
  return {
    document: found,
    lines: [
      `${read}: ${taken}, ${rejected}.${preview ? ' Nothing was stored.' : ''}`,
      ...rejections.map(({ row, column, reason }) => `  row ${row}, ${column}: ${reason}`),
    ],
    exitCode: packagesRejected > 0 ? exitCodes.refused : exitCodes.ok,
  };
}
