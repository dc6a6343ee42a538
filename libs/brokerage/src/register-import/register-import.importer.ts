import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { deriveId } from '#kernel/ids.js';
import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { InputPipe } from '#platform/graphql/input.pipe.js';
import type { ChildCommand } from '#platform/jobs/job.events.js';
import { startedBefore, startJob } from '#platform/jobs/new-job.js';
import { problemsOf, WantedKeys } from '../csv-import/csv-import.problems.js';
import type { ImportProblem } from '../csv-import/csv-import.rules.js';
import { readTable } from '../csv-import/csv-import.table.js';
import type { Submitted } from '../submitted.commands.js';
import type { RegisterKind } from './register-import.codes.js';
import type { ImportRegister } from './register-import.commands.js';
import { contractFiles } from './register-import.contracts.js';
import type { RegisterDirectory } from './register-import.directory.js';
import type { Change, RegisterEntry, RegisterReading } from './register-import.entry.js';
import { providerFiles } from './register-import.providers.js';
import { rateFiles } from './register-import.rates.js';
import { rejectionsCsv } from './register-import.rejections.js';
import type { RegisterImport } from './register-import.view.js';

const shownRejections = 1_000;

/** Other requests are answered after so many entries. */
const entriesInATurn = 20;

interface Checked {
  readonly items: readonly ChildCommand[];
  readonly counts: { read: number; new: number; unchanged: number; rejected: number };
  readonly rejectedRows: ReadonlySet<number>;
  readonly problems: readonly ImportProblem[];
}

/**
 * Takes providers, contracts or rates from a CSV file (S3-10): every entry is compared with the
 * register and rehearsed, each rejection named by row and column; a job records what is new.
 */
export class RegisterImporter {
  private readonly pipe = new InputPipe();

  constructor(private readonly commands: Commands) {}

  /** Refuses a file of other columns with one sentence. */
  import(input: ImportRegister, submission: Submission): Promise<RegisterImport> {
    if (input.kind === 'providers') return this.imported(providerFiles, input, submission);
    if (input.kind === 'contracts') return this.imported(contractFiles, input, submission);
    return this.imported(rateFiles, input, submission);
  }

  private async imported<Name extends string>(
    { columns, entries }: RegisterReading<Name>,
    { commandId, kind, csv, preview }: ImportRegister,
    submission: Submission,
  ): Promise<RegisterImport> {
    const rows = readTable(csv, columns);
    const source = createHash('sha256').update(`${kind}\n${csv}`).digest('hex');
    const read = { commandId, kind, preview, rowsRead: rows.length };
    if (!preview) {
      const before = await startedBefore(this.commands, { commandId, source }, submission);
      if (before) return { ...read, ...takenUp(before), rejections: [] };
    }
    const checked = await this.checked(
      { columns, entries: () => entries(rows) },
      commandId,
      submission,
    );
    const { counts, problems, items } = checked;
    const answer = {
      ...{ ...read, counts, rejections: problems.slice(0, shownRejections) },
      ...(counts.rejected > 0 && { rejectionsCsv: rejectionsCsv(columns, rows, checked) }),
    };
    if (preview || items.length === 0) return answer;
    const job = {
      commandId,
      kind: 'register-import',
      title: titleOf(kind, counts.new),
      source,
      items,
    };
    return { ...answer, ...takenUp(await startJob(this.commands, job, submission)) };
  }

  private async checked<Name extends string>(
    {
      columns,
      entries,
    }: Pick<RegisterReading<Name>, 'columns'> & {
      readonly entries: () => readonly RegisterEntry<Name>[];
    },
    commandId: string,
    submission: Submission,
  ): Promise<Checked> {
    const list = await this.commands.reader.list<RegisterDirectory>('registerDirectory', {});
    const keys = new WantedKeys();
    const items: ChildCommand[] = [];
    const problems: ImportProblem[] = [];
    const rejectedRows = new Set<number>();
    const counts = { read: 0, new: 0, unchanged: 0, rejected: 0 };
    for (const [index, entry] of entries().entries()) {
      if (index % entriesInATurn === 0) await nextTurn();
      counts.read += 1;
      const rehearsalId = deriveId(commandId, 'rehearsal', index);
      const found = await this.rehearsed(entry, list.value, {
        keys,
        rehearsalId,
        submission,
      }).catch((error: unknown) => problemsOf(error, { columns, placeOf: entry.placeOf }));
      if ('items' in found) {
        items.push(...found.items);
        counts[found.items.length > 0 ? 'new' : 'unchanged'] += 1;
        continue;
      }
      counts.rejected += 1;
      problems.push(...found);
      for (const row of entry.rows) rejectedRows.add(row);
    }
    const inOrder = problems.toSorted((a, b) => a.row - b.row);
    return { items, counts, rejectedRows, problems: inOrder };
  }

  /** What would record an entry, each command rehearsed; or what is wrong with its cells. */
  private async rehearsed<Name extends string>(
    entry: RegisterEntry<Name>,
    register: RegisterDirectory,
    by: { keys: WantedKeys; rehearsalId: string; submission: Submission },
  ): Promise<{ readonly items: readonly ChildCommand[] } | readonly ImportProblem[]> {
    if (entry.problems.length > 0) return entry.problems;
    const label = labelOf(entry.rows);
    const items: ChildCommand[] = [];
    for (const [index, change] of entry.changes(register).entries()) {
      const command = await this.commandOf(change, deriveId(by.rehearsalId, 'change', index));
      const { name } = change.command;
      const { reservations } = await this.commands.rehearse(name, command, by.submission);
      by.keys.take(reservations, entry.rows[0], repeated);
      const { commandId: _, ...fields } = command;
      items.push({ name, fields, label });
    }
    return { items };
  }

  private async commandOf({ command, fields }: Change, commandId: string): Promise<Submitted> {
    const metadata = { type: 'body', metatype: command } as const;
    return (await this.pipe.transform({ ...fields, commandId }, metadata)) as Submitted;
  }
}

const repeated = (earlierRow: number) => ({
  code: 'RowRepeated',
  path: '',
  message: `Row ${earlierRow} has this name already. One provider has one row.`,
});

const labelOf = (rows: readonly number[]): string =>
  rows.length === 1 ? `row ${rows[0]}` : `rows ${rows.join(', ')}`;

const things: Readonly<Record<RegisterKind, readonly [one: string, many: string]>> = {
  providers: ['provider', 'providers'],
  contracts: ['contract', 'contracts'],
  rates: ['rate card', 'rate cards'],
};

const titleOf = (kind: RegisterKind, count: number): string =>
  `Register import of ${count} ${things[kind][count === 1 ? 0 : 1]}`;

const takenUp = ({ id, position }: { readonly id: string; readonly position: number }) => ({
  jobId: id,
  position: String(position),
});
