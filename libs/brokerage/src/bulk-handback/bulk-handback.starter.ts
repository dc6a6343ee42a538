import { createHash } from 'node:crypto';
import { civilDateOf, isCivilDate } from '#kernel/time.js';
import type { Clock } from '#platform/commands/clock.js';
import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import type { ChildCommand } from '#platform/jobs/job.events.js';
import { startedBefore, startJob } from '#platform/jobs/new-job.js';
import type { HandBackAllPackages } from './bulk-handback.commands.js';
import { ensure } from './bulk-handback.rules.js';
import type { BulkHandback } from './bulk-handback.view.js';

interface PartInCare {
  readonly packageId: string;
  readonly contractId: string;
  readonly part: 'pending' | 'awarded' | 'responsible' | 'leaving';
}

/**
 * Hands back all packages of a provider by one job (X19). Its list is frozen when it starts; each
 * package's own stream decides, so that one which another provider took over meanwhile is refused.
 */
export class BulkHandbackStarter {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  async start(input: HandBackAllPackages, submission: Submission): Promise<BulkHandback> {
    const { commandId, effectiveOn, cause, preview = false } = input;
    ensure(isCivilDate(effectiveOn), 'DateDoesNotExist', { path: 'effectiveOn' });
    const inTime = cause === 'provider-failure' || effectiveOn >= civilDateOf(this.clock.now());
    const source = sourceOf(input);
    if (!preview) {
      // Sent again, even on a later day, it is the same job.
      const before = await startedBefore(this.commands, { commandId, source }, submission);
      if (before) return { ...answer(commandId, before.total), ...takenUp(before) };
    }
    ensure(inTime, 'HandbackInPast', { path: 'effectiveOn' });
    const items = await this.items(input);
    if (preview || items.length === 0) return { ...answer(commandId, items.length), preview };
    const title = `${titles[cause]} of ${items.length} ${items.length === 1 ? 'package' : 'packages'}`;
    const job = { commandId, kind: cause, title, source, items };
    const started = await startJob(this.commands, job, submission);
    return { ...answer(commandId, items.length), ...takenUp(started) };
  }

  /** The provider's packages in the order of their ids, so that the list is the same whoever asks. */
  private async items({
    providerId,
    cause,
    effectiveOn,
    reason,
    contractIds,
  }: HandBackAllPackages): Promise<ChildCommand[]> {
    const { reader } = this.commands;
    const { value } = await reader.list<readonly PartInCare[]>('packagesOfProvider', {
      providerId,
    });
    return value
      .filter(({ contractId }) => !contractIds || contractIds.includes(contractId))
      .filter(({ part }) => part !== 'leaving' || cause === 'provider-failure')
      .toSorted((a, b) => (a.packageId < b.packageId ? -1 : 1))
      .map(({ packageId }) => ({
        name: 'HandBackPackage',
        fields: { packageId, providerId, cause, effectiveOn, reason },
        label: packageId,
      }));
  }
}

const titles = {
  'bulk-handback': 'Handback',
  'provider-failure': 'Provider failure: handback',
} as const;

const sourceOf = ({ providerId, cause, effectiveOn, reason, contractIds }: HandBackAllPackages) =>
  createHash('sha256')
    .update(JSON.stringify([providerId, cause, effectiveOn, reason, contractIds?.toSorted()]))
    .digest('hex');

const answer = (commandId: string, packages: number) => ({ commandId, preview: false, packages });

const takenUp = ({ id, position }: { readonly id: string; readonly position: number }) => ({
  jobId: id,
  position: String(position),
});
