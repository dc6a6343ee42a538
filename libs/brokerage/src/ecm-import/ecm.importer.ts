import { createHash } from 'node:crypto';
import { hasRole } from '#kernel/actor.js';
import { deriveId } from '#kernel/ids.js';
import { foreground } from '#platform/courtesy/foreground.js';
import { sideBySide } from '#platform/courtesy/side-by-side.js';
import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import type { ChildCommand } from '#platform/jobs/job.events.js';
import { startedBefore, startJob } from '#platform/jobs/new-job.js';
import { carerRegisterDecider } from '../carer-register/carer-register.decider.js';
import { carerRegisterStream } from '../carer-register/carer-register.slice.js';
import type { ImportProblem } from '../csv-import/csv-import.rules.js';
import type { EcmFileCounts } from '../ecm-file/ecm-file.events.js';
import { ecmFileDecider } from '../ecm-file/ecm-file.decider.js';
import { ecmFileIdOf, ecmFileStream } from '../ecm-file/ecm-file.slice.js';
import { providerDecider } from '../provider/provider.decider.js';
import { outcomesOf, type RowOutcome } from '../visit/visit.monitoring.rules.js';
import { visitDecider } from '../visit/visit.decider.js';
import { weekIdOf } from '../visit/visit.rules.js';
import { readCarers } from './controcc.carers.js';
import type { ImportVisits } from './ecm.commands.js';
import type { EcmFormat } from './ecm.format.js';
import { ecmFormats } from './ecm.formats.js';
import { ecmImportKind } from './ecm.job.js';
import { packagesByWeek, type PersonPackages, type WeekRows } from './ecm.packages.js';
import { rejectionsCsv } from './ecm.rejections.js';
import { readRow, type EcmRow } from './ecm.rows.js';
import { ecmRules, ensure } from './ecm.rules.js';
import { readEcmTable, type EcmTable } from './ecm.table.js';
import type { VisitsImport } from './ecm.view.js';

type Counter = Exclude<keyof EcmFileCounts, 'read' | 'rejected'>;

const shownRejections = 1_000;
/** Rows that are read before others have their turn. */
const rowsInATurn = 200;
/** Weeks whose streams are read side by side: each is a round trip to EventStoreDB. */
const weeksAtOnce = 16;

interface Checked {
  readonly items: readonly ChildCommand[];
  readonly counts: EcmFileCounts;
  readonly problems: readonly ImportProblem[];
  readonly weeks: readonly string[];
}

interface EcmFile {
  readonly fileId: string;
  readonly fileRef: string;
  readonly contentHash: string;
  readonly providerId: string;
  readonly format: EcmFormat;
}

interface Sending {
  readonly commandId: string;
  readonly submission: Submission;
  /** The file was received before, by this command or another. */
  readonly isReceived: boolean;
}

/**
 * Takes files of electronic call monitoring (S1-15): each row is matched to a planned visit and judged
 * as it would be recorded; a job records what is not rejected, one append for a package's week.
 */
export class VisitsImporter {
  constructor(private readonly commands: Commands) {}

  /** Refuses with one sentence a file of other columns, and one whose reference was used before. */
  async import(input: ImportVisits, submission: Submission): Promise<VisitsImport> {
    const { commandId, providerId, preview } = input;
    await this.ensureOwn(providerId, submission);
    const format = ecmFormats[input.format];
    const table = await readEcmTable(input.csv, format);
    const file = fileOf(input, table, format);
    const { state: before } = await this.commands.reader.folded(
      ecmFileDecider,
      ecmFileStream(file.fileId),
    );
    const isNew = before.fileId === null || before.contentHash === file.contentHash;
    ensure(isNew, 'FileReferenceTaken');
    if (!preview && input.carersCsv !== undefined) await this.registerCarers(input, submission);
    const checked = await this.checked(file, table, carersOf(input));
    const { counts, problems } = checked;
    const answer = {
      ...{ commandId, fileId: file.fileId, format: input.format, preview, counts },
      rejections: problems.slice(0, shownRejections),
      ...(problems.length > 0 && { rejectionsCsv: rejectionsCsv(format, table.lines, problems) }),
    };
    if (preview) return answer;
    const sending = { commandId, submission, isReceived: before.fileId !== null };
    const taken = await this.record(file, checked, sending);
    return { ...answer, ...(taken && { jobId: taken.id, position: String(taken.position) }) };
  }

  private async ensureOwn(providerId: string, { actor }: Submission): Promise<void> {
    const own = !hasRole(actor, 'provider') || actor.organisation === providerId;
    ensure(own, 'EcmFileOfAnotherProvider', { path: 'providerId' });
    const { state } = await this.commands.reader.folded(providerDecider, `provider-${providerId}`);
    ensure(state.providerId, 'EcmProviderUnknown', { path: 'providerId' });
  }

  private async registerCarers(
    { commandId, providerId, carersCsv = '' }: ImportVisits,
    submission: Submission,
  ): Promise<void> {
    const carers = readCarers(carersCsv);
    const register = { commandId: deriveId(commandId, 'carers'), providerId, carers };
    await this.commands.executeNamed('RegisterCarers', register, submission);
  }

  /** The file's own job goes on where it was interrupted; rows that came since make another one. */
  private async record(
    { fileId, fileRef, contentHash, providerId, format }: EcmFile,
    { items, counts, weeks }: Checked,
    { commandId, submission, isReceived }: Sending,
  ) {
    const receive = {
      fileId,
      providerId,
      format: format.name,
      fileRef,
      contentHash,
      weeks,
      counts,
    };
    const received = { ...receive, commandId: deriveId(commandId, 'receive') };
    // An interrupted import counts again: what it recorded before is unchanged to it now.
    if (!isReceived) await this.commands.executeNamed('ReceiveEcmFile', received, submission);
    if (items.length === 0) {
      const accept = { commandId: deriveId(commandId, 'accept'), fileId };
      await this.commands.executeNamed('AcceptEcmFile', accept, submission);
      return undefined;
    }
    const source = `${fileId}/${contentHash}`;
    const title = `Visits of ${weeks.length === 1 ? weeks[0] : `${weeks.length} weeks`}`;
    const before = await startedBefore(this.commands, { commandId, source }, submission);
    if (before) return before;
    const job = { commandId, kind: ecmImportKind, title, source, items };
    return startJob(this.commands, job, submission);
  }

  private async checked(
    file: EcmFile,
    table: EcmTable,
    carersInFile: ReadonlySet<string>,
  ): Promise<Checked> {
    const rows: EcmRow[] = [];
    const problems: ImportProblem[] = [];
    for (const [index, line] of table.lines.entries()) {
      if (index % rowsInATurn === 0) await foreground.giveWay();
      const read = readRow(file.format, line);
      if ('row' in read) rows.push(read.row);
      else problems.push(...read.problems);
    }
    const known = await this.withKnownCarers(file, rows, carersInFile);
    problems.push(...known.problems);
    const refs = [...new Set(known.rows.map(({ personRef }) => personRef))];
    const { value } = await this.commands.reader.list<PersonPackages>('packagesOfPeople', { refs });
    const grouped = packagesByWeek(known.rows, value, file.providerId);
    problems.push(...grouped.problems);
    const counts = { read: table.lines.length, new: 0, updated: 0, unchanged: 0, unallocated: 0 };
    const items: ChildCommand[] = [];
    const judged = await sideBySide(grouped.weeks, weeksAtOnce, async (week) => {
      await foreground.giveWay();
      return { week, outcomes: await this.outcomes(file, week) };
    });
    for (const { week, outcomes } of judged) {
      for (const outcome of outcomes) {
        if (outcome.kind === 'rejected') problems.push(problemOf(outcome));
        else counts[counted[outcome.kind]] += 1;
      }
      items.push(...itemsOf(file, week, outcomes));
    }
    const rejected = new Set(problems.map(({ row }) => row)).size;
    return {
      ...{ items, counts: { ...counts, rejected } },
      problems: problems.toSorted((a, b) => a.row - b.row),
      weeks: [...new Set(grouped.weeks.map(({ week }) => week))].toSorted(),
    };
  }

  private async withKnownCarers(
    { format, providerId }: EcmFile,
    rows: readonly EcmRow[],
    inFile: ReadonlySet<string>,
  ): Promise<{ rows: readonly EcmRow[]; problems: readonly ImportProblem[] }> {
    if (!format.needsCarerRegister) return { rows, problems: [] };
    const stream = carerRegisterStream(providerId);
    const { state } = await this.commands.reader.folded(carerRegisterDecider, stream);
    const isKnown = ({ row: { carer } }: EcmRow) =>
      carer === undefined || carer in state || inFile.has(carer);
    const column = format.columns.carerRef?.title ?? 'carer';
    const problems = rows
      .filter((row) => !isKnown(row))
      .map(({ row: { row } }) => problem(row, column, 'CarerUnknown'));
    return { rows: rows.filter(isKnown), problems };
  }

  /** As the job will find them; a week that is not planned yet has nothing but what was kept. */
  private async outcomes(
    { providerId }: EcmFile,
    { packageId, week, rows }: WeekRows,
  ): Promise<readonly RowOutcome[]> {
    const stream = `visitWeek-${weekIdOf(packageId, week)}`;
    const { state } = await this.commands.reader.folded(visitDecider, stream);
    return outcomesOf(state, rows, { providerId, now: this.commands.now() });
  }
}

const counted: Readonly<Record<Exclude<RowOutcome['kind'], 'rejected'>, Counter>> = {
  ...{ new: 'new', missed: 'new', excused: 'new', corrects: 'updated' },
  ...{ unchanged: 'unchanged', unallocated: 'unallocated' },
};

function itemsOf(
  { fileId, providerId }: EcmFile,
  { packageId, personId, week }: WeekRows,
  outcomes: readonly RowOutcome[],
): readonly ChildCommand[] {
  const rows = outcomes
    .filter(({ kind }) => kind !== 'rejected' && kind !== 'unchanged')
    .map(({ row }) => row);
  const [first] = rows;
  if (!first) return [];
  const fields = { packageId, personId, week, providerId, fileId, rows };
  const label =
    rows.length === 1 ? `row ${first.row}` : `${rows.length} rows from row ${first.row}`;
  return [{ name: 'RecordMonitoring', fields, label }];
}

const problem = (row: number, column: string, code: keyof typeof ecmRules): ImportProblem => ({
  ...{ row, column, code, reason: ecmRules[code] },
});

const problemOf = ({
  row: { row },
  code,
  message,
}: Extract<RowOutcome, { kind: 'rejected' }>): ImportProblem => ({
  ...{ row, column: '', code, reason: message },
});

const carersOf = ({ carersCsv }: ImportVisits): ReadonlySet<string> =>
  new Set(carersCsv === undefined ? [] : readCarers(carersCsv).map(({ carerRef }) => carerRef));

/** Without a reference of its own a file is known by its content; a mended one is another file. */
function fileOf(
  { providerId, csv }: ImportVisits,
  { lines, isOfRejections }: EcmTable,
  format: EcmFormat,
): EcmFile {
  const contentHash = createHash('sha256').update(csv).digest('hex');
  const refs = new Set(lines.flatMap(({ cells: { fileRef } }) => (fileRef ? [fileRef] : [])));
  ensure(refs.size <= 1, 'SeveralFileReferences', {
    message: `A file has one reference; this one has ${[...refs].slice(0, 3).join(', ')}. Send them one by one.`,
  });
  const [given] = refs;
  const fileRef = given === undefined || isOfRejections ? `${given ?? ''}#${contentHash}` : given;
  const fileId = ecmFileIdOf(providerId, fileRef);
  return { fileId, fileRef, contentHash, providerId, format };
}
