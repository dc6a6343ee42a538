import { createHash } from 'node:crypto';
import { civilDateOf } from '#kernel/time.js';
import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import type { CompoundCommand } from '#platform/jobs/compound-command.js';
import type { ChildCommand } from '#platform/jobs/job.events.js';
import { startedBefore, startJob } from '#platform/jobs/new-job.js';
import type { PrepareStatement, PrepareStatements } from './statement.commands.js';
import { statementDecider } from './statement.decider.js';
import { StatementPreparer } from './statement.preparer.js';
import { ensure, payPeriodFrom, statementIdOf } from './statement.rules.js';
import type { StatementPreparations } from './statement.view.js';

/** Prepares the statements of all providers by one job, a provider at a time (S2-18). */
export class StatementsStarter {
  constructor(private readonly commands: Commands) {}

  /** The list is frozen when it starts; sent again, even when some are approved, it is the same job. */
  async start(
    { commandId, periodStartsOn }: PrepareStatements,
    submission: Submission,
  ): Promise<StatementPreparations> {
    const source = createHash('sha256').update(periodStartsOn).digest('hex');
    const before = await startedBefore(this.commands, { commandId, source }, submission);
    if (before) return { commandId, providers: before.total, ...takenUp(before) };
    const period = payPeriodFrom(periodStartsOn, await this.commands.policyChanges());
    const today = civilDateOf(submission.simulatedNow ?? this.commands.now());
    ensure(period.endsBefore <= today, 'PayPeriodNotOver', { path: 'periodStartsOn' });
    const items = await this.items(periodStartsOn);
    if (items.length === 0) return { commandId, providers: 0 };
    const title = `Statements of ${items.length} ${items.length === 1 ? 'provider' : 'providers'} from ${periodStartsOn}`;
    const job = { commandId, kind: 'statements', title, source, items };
    const started = await startJob(this.commands, job, submission);
    return { commandId, providers: items.length, ...takenUp(started) };
  }

  private async items(periodStartsOn: string): Promise<ChildCommand[]> {
    const { reader } = this.commands;
    const { value: providers } = await reader.list<readonly string[]>('statementProviders', {
      periodStartsOn,
    });
    const items: ChildCommand[] = [];
    for (const providerId of providers) {
      const stream = `statement-${statementIdOf(providerId, periodStartsOn)}`;
      const { status } = (await reader.folded(statementDecider, stream)).state;
      if (status === 'approved' || status === 'closed') continue;
      const fields: Omit<PrepareStatement, 'commandId'> = { providerId, periodStartsOn };
      items.push({ name: 'PrepareStatement', fields, label: `provider ${providerId}` });
    }
    return items;
  }
}

/** One provider's statement as a job has it made. */
export const preparesStatement = (commands: Commands): CompoundCommand => {
  const preparer = new StatementPreparer(commands);
  return async (command, submission) => {
    const asked = command as PrepareStatement;
    const { statementId: id, position } = await preparer.prepare(asked, submission);
    return { id, position };
  };
};

const takenUp = ({ id, position }: { readonly id: string; readonly position: number }) => ({
  jobId: id,
  position: String(position),
});
