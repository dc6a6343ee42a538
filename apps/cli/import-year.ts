import { setTimeout as pause } from 'node:timers/promises';
import type { YearFileTold } from '#demo/ecm-year/year-files.js';
import { deriveId, uuidV7 } from '#kernel/ids.js';
import { instantMs, londonInstant, mondayOf } from '#kernel/time.js';
import { exitCodes } from './outcome.js';
import { counted, type Answer, type Speaker } from './output.js';
import { progressOf } from './progress.js';
import { withService, type Input, type ServiceClient } from './service-client.js';
import { readManifest, readYearFile } from './year-directory.js';

/** How often a job is asked after: a file takes a fraction of a second. */
const everyMs = 20;

interface Imported {
  files: number;
  before: number;
  rows: number;
  rejected: number;
  readonly differing: string[];
  /** Files whose job was cancelled while it ran. */
  readonly cancelled: string[];
}

/**
 * All files of a directory in the order of its manifest, a provider's next one when its last one is
 * recorded. What was taken before is passed over, so that an interrupted import goes on.
 */
export const importYear = (speaker: Speaker, directory: string): Promise<Answer> =>
  withService(async (client) => {
    const manifest = readManifest(directory);
    const progress = progressOf(speaker, 'Importing', 'rows');
    const sum: Imported = {
      files: 0,
      before: 0,
      rows: 0,
      rejected: 0,
      differing: [],
      cancelled: [],
    };
    const recording = new Map<string, Recording>();
    for (const told of manifest.files) {
      await recorded(client, recording.get(told.providerId), sum);
      recording.delete(told.providerId);
      const started = await importedFile(client, directory, told, sum);
      if (started) recording.set(told.providerId, started);
      progress.at(sum.rows, manifest.expected.read);
    }
    for (const each of recording.values()) await recorded(client, each, sum);
    progress.stop();
    return answerOf(sum);
  });

interface Recording {
  readonly path: string;
  readonly jobId: string;
  readonly after: number;
}

async function importedFile(
  client: ServiceClient,
  directory: string,
  told: YearFileTold,
  sum: Imported,
): Promise<Recording | undefined> {
  const { providerId, format, fileRef, expected, path } = told;
  const { csv, contentHash, carersCsv } = readYearFile(directory, told);
  sum.files += 1;
  sum.rows += expected.read;
  const asked = { providerId, contentHash, ...(fileRef !== undefined && { fileRef }) };
  if ((await client.ask('visits-file', asked)).accepted) {
    sum.before += 1;
    return undefined;
  }
  const { counts, jobId, position } = await sentAnew(
    client,
    { told, contentHash },
    {
      ...{ providerId, format, csv, preview: false },
      ...(carersCsv !== undefined && { carersCsv }),
    },
  );
  sum.rejected += counts.rejected;
  const { unchanged, ...found } = counts;
  const same = Object.entries(found).every(
    ([name, count]) => count === expected[name as keyof typeof expected],
  );
  // A file that was interrupted finds some of its rows recorded.
  if (!same && unchanged === 0) sum.differing.push(path);
  return jobId === undefined ? undefined : { path, jobId, after: Number(position) };
}

type Sent = Omit<Input<'import-visits'>, 'commandId'>;

/**
 * A file's command is the same in each run, so that a job which was interrupted goes on. One that was
 * cancelled stays so: its file is sent by another command, which takes the rest.
 */
async function sentAnew(
  client: ServiceClient,
  { told, contentHash }: { readonly told: YearFileTold; readonly contentHash: string },
  file: Sent,
) {
  for (let turn = 0; ; turn += 1) {
    const commandId = yearCommandId(told, contentHash, turn);
    const found = await client.ask('import-visits', { ...file, commandId });
    const { jobId, position } = found;
    if (jobId === undefined) return found;
    const { job } = await client.ask('job', { jobId, after: Number(position) });
    if (job?.status !== 'cancelled') return found;
  }
}

/** The command that sends a file of a directory; `turn` counts those whose job was cancelled. */
export function yearCommandId(
  { sentIn, path }: Pick<YearFileTold, 'sentIn' | 'path'>,
  contentHash: string,
  turn = 0,
): string {
  const sentAt = instantMs(londonInstant(mondayOf(sentIn), '12:00').instant);
  return deriveId(uuidV7(sentAt, ''), path, contentHash, ...(turn > 0 ? [turn] : []));
}

async function recorded(
  client: ServiceClient,
  recording: Recording | undefined,
  sum: Imported,
): Promise<void> {
  if (!recording) return;
  const { path, ...asked } = recording;
  for (;;) {
    const { job } = await client.ask('job', asked);
    if (job?.status === 'cancelled') sum.cancelled.push(path);
    if (job?.endedAt !== undefined) return;
    await pause(everyMs);
  }
}

function answerOf(sum: Imported): Answer {
  const { files, before, rows, rejected, differing, cancelled } = sum;
  const passed = before > 0 ? `, ${before} of which were taken before` : '';
  return {
    document: sum,
    lines: [
      `${counted(files, 'file')} with ${counted(rows, 'row')} taken${passed}; ${rejected} rejected.`,
      ...(differing.length === 0
        ? ['Every file gave what its manifest expects.']
        : differing.map((path) => `  ${path} gave other counts than its manifest expects.`)),
      ...cancelled.map((path) => `  ${path} was cancelled; the same command takes the rest of it.`),
    ],
    exitCode: differing.length + cancelled.length > 0 ? exitCodes.refused : exitCodes.ok,
  };
}
