import { Option, type Command } from 'commander';
import {
  registerKinds,
  type RegisterKind,
} from '#brokerage/register-import/register-import.codes.js';
import type { RegisterImport } from '#brokerage/register-import/register-import.view.js';
import type { Job } from '#projections/jobs/jobs.view.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { readSpreadsheetText } from './csv-file.js';
import { followedJob } from './followed-job.js';
import { itemLine } from './jobs.command.js';
import { exitCodes } from './outcome.js';
import { answering, counted, type Answer, type Speaker } from './output.js';
import { rejectionsFile } from './rejections-file.js';
import { withService } from './service-client.js';

interface Wanted {
  readonly kind: RegisterKind;
  readonly preview?: boolean;
  readonly rejections?: string;
}

/** `import-register`: providers, contracts or rates from a CSV file (S3-10). */
export function addImportRegister(program: Command): void {
  answering<Wanted, [string]>(
    program
      .command('import-register')
      .description('take providers, contracts or rates from a file; see docs/formats.md')
      .argument('<file>', 'a CSV file')
      .addOption(
        new Option('--kind <kind>', 'what the file tells of')
          .choices(registerKinds)
          .makeOptionMandatory(),
      )
      .option('--preview', 'only tell what would be recorded and what rejected')
      .option(
        '--rejections <file>',
        'write the rejected rows to a file, to be mended and sent again',
      ),
    (speaker, wanted, file) => importRegister(speaker, readSpreadsheetText(file), wanted),
  );
}

const importRegister = (speaker: Speaker, csv: string, wanted: Wanted): Promise<Answer> =>
  withService(async (client) => {
    const { kind, preview = false } = wanted;
    const keep = rejectionsFile(wanted.rejections);
    const found = await client.ask('import-register', {
      ...{ commandId: newCommandId(), kind, csv, preview },
    });
    keep(found.rejectionsCsv ?? '');
    const { jobId, position } = found;
    if (jobId === undefined || position === undefined) return answerOf(found);
    const { job, refused } = await followedJob(
      client,
      speaker,
      { jobId, after: Number(position) },
      ['Importing', kind],
    );
    const answer = answerOf(found, job);
    return {
      document: { ...answer.document, job, refused },
      lines: [...answer.lines, ...refused.map(itemLine)],
      exitCode: job?.done === job?.total ? (answer.exitCode ?? exitCodes.ok) : exitCodes.refused,
    };
  });

const things: Readonly<Record<RegisterKind, string>> = {
  providers: 'provider',
  contracts: 'contract',
  rates: 'rate card',
};

function answerOf(found: RegisterImport, job?: Job): Answer {
  const { kind, preview, rowsRead, counts, rejections } = found;
  const { read = 0, unchanged = 0, rejected = 0, new: fresh = 0 } = counts ?? {};
  const what = `${counted(read, things[kind])} in ${counted(rowsRead, 'row')} read`;
  const told = `${fresh} new, ${unchanged} unchanged, ${rejected} rejected`;
  const recorded = job ? ` ${counted(job.done, 'change')} recorded.` : '';
  return {
    document: found,
    lines: [
      `${what}: ${told}.${recorded}${preview ? ' Nothing was stored.' : ''}`,
      ...rejections.map(({ row, column, reason }) => `  row ${row}, ${column}: ${reason}`),
    ],
    exitCode: rejected > 0 ? exitCodes.refused : exitCodes.ok,
  };
}
