import { planYear } from '#demo/ecm-year/year-plan.js';
import { writeYear } from '#demo/ecm-year/year-directory.js';
import { civilDateOf, isoWeekOf, mondayOf } from '#kernel/time.js';
import { badUsage } from './outcome.js';
import { counted, type Answer, type Speaker } from './output.js';
import { progressOf } from './progress.js';
import { withService } from './service-client.js';
import { readManifest, yearPath } from './year-directory.js';

export interface YearOptions {
  readonly seed: string;
  readonly asOf?: string;
  readonly weeks?: string;
  readonly scale?: string;
}

/** `demo --ecm-year`: monitoring files of the last whole weeks before a day; needs no service. */
export async function writeEcmYear(
  speaker: Speaker,
  directory: string,
  { seed, asOf, weeks = '52', scale = '1' }: YearOptions,
): Promise<Answer> {
  const today = asOf ?? civilDateOf(new Date().toISOString());
  const endsBefore = mondayOf(isoWeekOf(today));
  const request = { seed: Number(seed), endsBefore, weeks: Number(weeks), scale: Number(scale) };
  const progress = progressOf(speaker, 'Monitoring files', 'rows');
  try {
    const manifest = await writeYear(
      planYear(request),
      yearPath(directory),
      (done, total, rows) => {
        progress.at(done, total, rows);
      },
    );
    const { files, ...told } = manifest;
    const { read, rejected, unallocated, updated } = told.expected;
    return {
      document: { ...told, files: files.length },
      lines: [
        `${counted(files.length, 'file')} of ${counted(told.visits, 'planned visit')} of ` +
          `${counted(told.people, 'person', 'people')} are in ${yearPath(directory)}: ` +
          `${counted(read, 'row')}, of which ${updated} correct others, ${unallocated} have no plan ` +
          `and ${rejected} are to be rejected.`,
      ],
    };
  } catch (error) {
    if (error instanceof RangeError) throw badUsage(`No files were written: ${error.message}.`);
    throw error;
  } finally {
    progress.stop();
  }
}

/** `demo --for-year`: the council that the files were written for. */
export const setUpYear = (directory: string): Promise<Answer> =>
  withService(
    async (client) => {
      const { request } = readManifest(directory);
      const { people, providers } = await client.ask('set-up-year', request);
      return {
        document: { ...request, people, providers },
        lines: [
          `${counted(providers, 'provider')} and ${counted(people, 'package')} are set up, their visits planned.`,
        ],
      };
    },
    { mayCreate: true },
  );
