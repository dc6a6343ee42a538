import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { deriveId } from '#kernel/ids.js';
import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import { InputPipe } from '#platform/graphql/input.pipe.js';
import type { ChildCommand } from '#platform/jobs/job.events.js';
import { startedBefore, startJob } from '#platform/jobs/new-job.js';
import {
  contractInForce,
  providerNamed,
  type ContractDirectory,
} from '../csv-import/csv-import.directory.js';
import { problemsOf, WantedKeys } from '../csv-import/csv-import.problems.js';
import type { ImportProblem } from '../csv-import/csv-import.rules.js';
import { readTable } from '../csv-import/csv-import.table.js';
import { TakeOnPackage } from '../package/package.referral.commands.js';
import type { ImportTakeOns } from './take-on.commands.js';
import { draftsOf, type TakeOnDraft } from './take-on.drafts.js';
import { takeOnColumns } from './take-on.columns.js';
import { placing } from './take-on.problems.js';
import { takeOnRules } from './take-on.rules.js';
import type { TakeOnImport } from './take-on.view.js';

const shownRejections = 1_000;

/** Other requests are answered after so many packages. */
const packagesInATurn = 20;

interface Checked {
  readonly accepted: readonly ChildCommand[];
  readonly problems: readonly ImportProblem[];
}

/**
 * Takes on the standing book of packages from a CSV file (X30): every package is rehearsed, each
 * rejection named by row and column; a job sends the others through the ordinary command.
 */
export class TakeOnImporter {
  private readonly pipe = new InputPipe();

  constructor(private readonly commands: Commands) {}

  /** Refuses a file that is no take-on file with one sentence. */
  async import(input: ImportTakeOns, submission: Submission): Promise<TakeOnImport> {
    const { commandId, csv, preview } = input;
    const rows = readTable(csv, takeOnColumns);
    const { drafts, problems, packages } = draftsOf(rows);
    const source = createHash('sha256').update(csv).digest('hex');
    const counts = { commandId, preview, rowsRead: rows.length, packagesRead: packages };
    if (!preview) {
      const before = await startedBefore(this.commands, { commandId, source }, submission);
      if (before) return { ...counts, ...takenUp(before), ...outcome(packages, before.total, []) };
    }
    const checked = await this.check(drafts, commandId, submission);
    const { accepted: items } = checked;
    const rejected = [...problems, ...checked.problems].toSorted((a, b) => a.row - b.row);
    const answer = { ...counts, ...outcome(packages, items.length, rejected) };
    if (preview || items.length === 0) return answer;
    const job = { commandId, kind: 'take-on', title: titleOf(items.length), source, items };
    return { ...answer, ...takenUp(await startJob(this.commands, job, submission)) };
  }

  private async check(
    drafts: readonly TakeOnDraft[],
    commandId: string,
    submission: Submission,
  ): Promise<Checked> {
    const { value } = await this.commands.reader.list<ContractDirectory>('contractDirectory', {});
    const accepted: ChildCommand[] = [];
    const problems: ImportProblem[] = [];
    const keys = new WantedKeys();
    for (const [index, draft] of drafts.entries()) {
      if (index % packagesInATurn === 0) await nextTurn();
      try {
        const rehearsalId = deriveId(commandId, 'rehearsal', index);
        const command = await this.commandOf(draft, value, rehearsalId);
        const { reservations } = await this.commands.rehearse('TakeOnPackage', command, submission);
        keys.take(reservations, draft.rows[0], repeated);
        const { commandId: _, ...fields } = command;
        accepted.push({ name: 'TakeOnPackage', fields, label: labelOf(draft) });
      } catch (error) {
        problems.push(...problemsOf(error, placing(draft)));
      }
    }
    return { accepted, problems };
  }

  /** The validated command, its provider and contract found. */
  private async commandOf(
    { provider, contract, contractType: type, fields }: TakeOnDraft,
    directory: ContractDirectory,
    commandId: string,
  ): Promise<TakeOnPackage> {
    const providerId = providerNamed(directory, provider);
    const given = contract.toLowerCase();
    const contractId =
      given === '' ? contractInForce(directory, { providerId, type, on: fields.startedOn }) : given;
    const command = { ...fields, commandId, providerId, contractId };
    const metadata = { type: 'body', metatype: TakeOnPackage } as const;
    return (await this.pipe.transform(command, metadata)) as TakeOnPackage;
  }
}

const repeated = (earlierRow: number) => ({
  code: 'ReferralRepeated' satisfies keyof typeof takeOnRules,
  path: '',
  message: `Row ${earlierRow} has another referral of this person and service line. Keep one of them open.`,
});

const labelOf = ({ rows }: TakeOnDraft): string =>
  rows.length === 1 ? `row ${rows[0]}` : `rows ${rows.join(', ')}`;

const titleOf = (packages: number): string =>
  `Take-on of ${packages} ${packages === 1 ? 'package' : 'packages'}`;

const takenUp = ({ id, position }: { readonly id: string; readonly position: number }) => ({
  jobId: id,
  position: String(position),
});

const outcome = (
  packagesRead: number,
  packagesNew: number,
  rejections: readonly ImportProblem[],
) => ({
  packagesNew,
  packagesRejected: packagesRead - packagesNew,
  rejections: rejections.slice(0, shownRejections),
});
