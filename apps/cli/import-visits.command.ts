import { Option, type Command } from 'commander';
import { ecmFormatNames, type EcmFormatName } from '#brokerage/ecm-import/ecm.formats.js';
import type { VisitsImport } from '#brokerage/ecm-import/ecm.view.js';
import type { Job } from '#projections/jobs/jobs.view.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { readSpreadsheetText } from './csv-file.js';
import { followedJob } from './followed-job.js';
import { itemLine } from './jobs.command.js';
import { importYear } from './import-year.js';
import { badUsage, exitCodes } from './outcome.js';
import { answering, counted, type Answer, type Speaker } from './output.js';
import { rejectionsFile } from './rejections-file.js';
import { withService } from './service-client.js';
import { holdsYear } from './year-directory.js';

interface Wanted {
  readonly format?: EcmFormatName;
  readonly provider?: string;
  readonly carers?: string;
  readonly preview?: boolean;
  readonly rejections?: string;
}

/** `import-visits`: a provider's electronic call monitoring from a file (S1-15). */
export function addImportVisits(program: Command): void {
  answering<Wanted, [string]>(
    program
      .command('import-visits')
      .description('take a provider’s file of electronic call monitoring; see docs/formats.md')
      .argument('<file>', 'a CSV file, or a directory that `demo --ecm-year` wrote')
      .addOption(new Option('--format <format>', 'the form of the file').choices(ecmFormatNames))
      .option('--provider <id>', 'whose visits they are')
      .option('--carers <file>', 'the file of carers that goes before it')
      .option('--preview', 'only tell what would be recorded and what rejected')
      .option(
        '--rejections <file>',
        'write the rejected rows to a file, to be mended and sent again',
      ),
    (speaker, wanted, file) =>
      holdsYear(file)
        ? importYear(speaker, file)
        : importVisits(speaker, readSpreadsheetText(file), wanted),
  );
}

const importVisits = (speaker: Speaker, csv: string, wanted: Wanted): Promise<Answer> =>
  withService(async (client) => {
    const { format, provider: providerId, carers, preview = false } = wanted;
    if (!format || !providerId) throw badUsage('A file needs --format and --provider.');
    const keep = rejectionsFile(wanted.rejections);
    const found = await client.ask('import-visits', {
      ...{ commandId: newCommandId(), providerId, format, csv, preview },
      ...(carers !== undefined && { carersCsv: readSpreadsheetText(carers) }),
    });
    keep(found.rejectionsCsv ?? '');
    const { jobId, position } = found;
    if (jobId === undefined || position === undefined) return answerOf(found);
    const follow = { jobId, after: Number(position) };
    const { job, refused } = await followedJob(client, speaker, follow, [
      ...(['Importing', 'weeks of packages'] as const),
    ]);
    const answer = answerOf(found, job);
    return {
      document: { ...answer.document, job, refused },
      lines: [...answer.lines, ...refused.map(itemLine)],
      exitCode: job?.done === job?.total ? (answer.exitCode ?? exitCodes.ok) : exitCodes.refused,
    };
  });

function answerOf(found: VisitsImport, job?: Job): Answer {
  const { preview, counts, rejections } = found;
  const { read, new: fresh, updated, unchanged, unallocated, rejected } = counts;
  const told =
    `${fresh} new, ${updated} updated, ${unchanged} unchanged, ` +
    `${unallocated} unallocated, ${rejected} rejected`;
  const recorded = job ? ` ${counted(job.done, 'week')} of packages recorded.` : '';
  return {
    document: found,
    lines: [
      `${counted(read, 'row')} read: ${told}.${recorded}${preview ? ' Nothing was stored.' : ''}`,
      ...rejections.map(
        ({ row, column, reason }) => `  row ${row}${column && `, ${column}`}: ${reason}`,
      ),
    ],
    exitCode: rejected > 0 ? exitCodes.refused : exitCodes.ok,
  };
}
