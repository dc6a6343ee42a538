import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { systemActor } from '#kernel/actor.js';
import { VisitsImporter } from '#brokerage/ecm-import/ecm.importer.js';
import { Council } from './council.js';
import { atLeast, atMost, shortly, thousands, timed, type Bench } from './harness.js';
import { nextId } from './sample-appends.js';

interface LoggedLeg {
  readonly visitId: string;
  readonly loggedInAt: string;
  readonly loggedOutAt: string;
}

const header =
  'fileRef,personRef,visitRef,visitDate,carerRef,actualStart,actualEnd,logMethod,status';

/** Files of monitoring, a week each, from their text to every read model that shows them (S1-15). */
export const visitsImportBench: Bench = async ({ directory, quick }) => {
  const [packages, weeks] = quick ? [20, 4] : [400, 12];
  const dataDir = join(directory, 'visits-import');
  const council = await Council.open(dataDir, weeks);
  try {
    council.service.begin();
    const files = await filesOf(council, packages);
    const visits = files.reduce((sum, file) => sum + file.split('\n').length - 1, 0);
    const parsed = await timed(() => {
      for (const file of files) parse(file, { columns: true });
      return Promise.resolve();
    });
    let peakRss = 0;
    const halves: number[] = [];
    const began = performance.now();
    for (const [index, csv] of files.entries()) {
      await imported(council, csv);
      peakRss = Math.max(peakRss, process.memoryUsage().rss);
      if (index + 1 === files.length / 2) halves.push((performance.now() - began) / 1000);
    }
    await council.service.readModels.caughtUp();
    const seconds = (performance.now() - began) / 1000;
    const rate = visits / seconds;
    const yearMinutes = 1_466_660 / rate / 60;
    return {
      id: 'visits-import',
      title: 'Monitoring files',
      text: [
        `${thousands(packages)} packages with ${thousands(visits)} visits in ${files.length} weekly files of the ` +
          'generic form. Each is checked row by row, recorded by a job through the ordinary command with ' +
          'one append for each package and week, and accepted; policies, detection and all read models ' +
          'run beside it in the same process. Timed until every read model shows all of it.',
      ],
      tables: [
        {
          head: ['what', 'measured'],
          rows: [
            ['the first half of the files, seconds', shortly(halves[0] ?? 0)],
            ['all of them, seconds', shortly(seconds)],
            ['visits a second', thousands(rate)],
            ['a year of 1,466,660 visits at that rate, minutes', shortly(yearMinutes)],
            ['csv-parse alone, seconds', shortly(parsed.seconds)],
            ['largest resident memory, MB', thousands(peakRss / 1024 ** 2)],
          ],
        },
      ],
      verdicts: [
        atLeast('import of monitoring files', rate, 1_466_660 / 300, 'visits/s'),
        atMost('import of monitoring files: memory', peakRss / 1024 ** 2, 768, 'MB'),
      ],
    };
  } finally {
    await council.close();
    rmSync(dataDir, { recursive: true });
  }
};

async function filesOf(council: Council, packages: number): Promise<readonly string[]> {
  const ids = await council.takeOn(packages);
  const files: string[][] = [];
  for (const [index, packageId] of ids.entries()) {
    for (const [week, legs] of (await council.pastLegs(packageId)).entries()) {
      const lines = (files[week] ??= [header]);
      for (const { visitId, loggedInAt, loggedOutAt } of legs as readonly LoggedLeg[]) {
        const visit = visitId.slice(packageId.length + 1);
        const cells = [`W-${week}`, `P-taken-on-${index}`, `${index}-${visit}`, visit.slice(0, 10)];
        // A carer of each package's own: nobody is in two homes at once.
        lines.push([...cells, `C-${index}`, loggedInAt, loggedOutAt, 'app', 'delivered'].join(','));
      }
    }
  }
  return files.map((lines) => lines.join('\n'));
}

async function imported({ service, providerId }: Council, csv: string): Promise<void> {
  const file = { commandId: nextId(), providerId, format: 'generic' as const, csv };
  const { counts } = await new VisitsImporter(service.commands).import(
    { ...file, preview: false },
    { actor: systemActor },
  );
  if (counts.new !== counts.read)
    throw new Error(`not all rows are new: ${JSON.stringify(counts)}`);
  await service.jobs.idle();
}
