import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore, type SqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { sideBySide } from '#platform/courtesy/side-by-side.js';
import { megabytes, thousands, timed, type Bench, type BenchOptions } from './harness.js';
import { nextId } from './sample-appends.js';
import { attendedIn, layouts, type VisitLayout } from './visit-layouts.js';

const inFlight = 64;
const referencePackages = 1672;
const weeksOfYear = 52;

interface Figures {
  readonly layout: VisitLayout;
  readonly visits: number;
  readonly streams: number;
  readonly events: number;
  readonly bytes: number;
  readonly recordSeconds: number;
  readonly foldSeconds: number;
  readonly scanSeconds: number;
}

/** A package's visits of one week in one stream, against a stream for each visit (ADR 2). */
export const visitsBench: Bench = async (options) => {
  const measured: Figures[] = [];
  for (const layout of layouts) measured.push(await figuresOf(layout, options));
  const { packages, weeks } = sizeOf(options);
  return {
    id: 'visits',
    title: 'Visits: a stream per week or per visit',
    text: [
      `${thousands(packages)} packages, ${weeks.length} week(s), 17 visits each, through the real ` +
        `command handler and decider, ${inFlight} package-weeks at a time, FULL. "Fold" reads each ` +
        'stream and folds it, as a command on a cold stream does; "scan" reads the whole log as a ' +
        'rebuild does. A year is 52 such weeks of 1,672 packages.',
    ],
    tables: [{ head: heads, rows: measured.map((figures) => rowOf(figures, weeks.length)) }],
    verdicts: [],
  };
};

const heads = [
  'layout',
  'plan + record visits/s',
  'fold visits/s',
  'scan visits/s',
  'events a visit',
  'bytes a visit',
  'streams a year',
  'appends a year',
  'log a year',
];

function rowOf(figures: Figures, weeks: number): string[] {
  const { layout, visits, streams, events, bytes } = figures;
  const packages = visits / 17 / weeks;
  const year = (weeksOfYear / weeks) * (referencePackages / packages);
  return [
    layout.name,
    thousands(visits / figures.recordSeconds),
    thousands(visits / figures.foldSeconds),
    thousands(visits / figures.scanSeconds),
    (events / visits).toFixed(2),
    thousands(bytes / visits),
    thousands(streams * year),
    thousands(events * year),
    megabytes(bytes * year),
  ];
}

const sizeOf = ({ quick }: BenchOptions) =>
  quick
    ? { packages: 200, weeks: ['2026-W06'] }
    : { packages: referencePackages, weeks: ['2026-W06', '2026-W07', '2026-W08', '2026-W09'] };

async function figuresOf(layout: VisitLayout, options: BenchOptions): Promise<Figures> {
  const { packages, weeks } = sizeOf(options);
  const file = join(options.directory, layout.name.replaceAll(/\W+/g, '-'), 'events.db');
  const ids = Array.from({ length: packages }, nextId);
  const work = weeks.flatMap((week) => ids.map((packageId) => ({ packageId, week })));
  const store = await openSqliteStore({ file });
  const commands = layout.commandsOver(store);
  const { seconds: recordSeconds } = await timed(() =>
    sideBySide(work, inFlight, ({ packageId, week }) => layout.playWeek(commands, packageId, week)),
  );
  const events = await store.head();
  await store.close();
  const reopened = await openSqliteStore({ file });
  const streams = work.flatMap(({ packageId, week }) => layout.streamsOf(packageId, week));
  const { seconds: foldSeconds, result: visits } = await timed(() => attendedIn(reopened, streams));
  if (visits !== work.length * 17) throw new Error(`${visits} visits were found again`);
  const { seconds: scanSeconds } = await timed(() => scan(reopened));
  await reopened.close();
  const bytes = sizeOfLog(file);
  const times = { recordSeconds, foldSeconds, scanSeconds };
  return { layout, visits, streams: streams.length, events, bytes, ...times };
}

/** The file's size once everything is out of its write-ahead log. */
function sizeOfLog(file: string): number {
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  return statSync(file).size;
}

async function scan(store: SqliteStore): Promise<void> {
  for (let after = 0; ;) {
    const page = await store.readAll({ after, limit: 2_000 });
    if (page.events.length === 0) return;
    after = page.upTo;
  }
}
