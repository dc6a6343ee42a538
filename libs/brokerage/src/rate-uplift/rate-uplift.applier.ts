import type { Commands } from '#platform/commands/commands.js';
import type { Submission } from '#platform/commands/submission.js';
import type { ChildCommand } from '#platform/jobs/job.events.js';
import { startJob } from '#platform/jobs/new-job.js';
import type { ApproveRateUplift, ProposeRateUplift } from './rate-uplift.commands.js';
import { rateUpliftDecider } from './rate-uplift.decider.js';
import { applyId } from './rate-uplift.job.rules.js';
import type { RateUpliftProposed } from './rate-uplift.events.js';
import type { RateUpliftApproval, RateUpliftPreview } from './rate-uplift.view.js';

/** Approves an uplift and starts the job that sets each contract's prices (X25). */
export class RateUpliftApplier {
  constructor(private readonly commands: Commands) {}

  /** What proposing it would record now; nothing is stored. */
  async preview(input: ProposeRateUplift, submission: Submission): Promise<RateUpliftPreview> {
    const { events } = await this.commands.rehearse('ProposeRateUplift', input, submission);
    const { upliftId: _, ...preview } = events[0]?.data as RateUpliftProposed['data'];
    return {
      ...preview,
      excluded: [...preview.excluded],
      newRates: preview.newRates && [...preview.newRates],
      contracts: preview.contracts.map((one) => ({
        ...{ ...one, rates: [...one.rates], uplifted: [...one.uplifted] },
      })),
    } as RateUpliftPreview;
  }

  /** The same approver may send it again: a job that was not started is, a started one stays. */
  async approve(input: ApproveRateUplift, submission: Submission): Promise<RateUpliftApproval> {
    const { upliftId } = input;
    await this.commands.executeNamed('ApproveRateUplift', input, submission);
    const stream = `rateUplift-${upliftId}`;
    const { state } = await this.commands.reader.folded(rateUpliftDecider, stream);
    const uplift = state.uplift as RateUpliftProposed['data'];
    const { effectiveOn, previewHash: source } = uplift;
    const items = uplift.contracts.map(
      ({ contractId, replaces, uplifted: rates }): ChildCommand => ({
        name: 'ApplyRateUplift',
        fields: { contractId, upliftId, effectiveOn, replaces, rates },
        label: `contract ${contractId}`,
      }),
    );
    const title = `Rate uplift of ${items.length} contracts from ${effectiveOn}`;
    const job = { commandId: applyId(upliftId), kind: 'rate-uplift', title, source, items };
    const { id: jobId, position } = await startJob(this.commands, job, submission);
    const { commandId } = input;
    return { commandId, jobId, position: String(position), contracts: items.length };
  }
}
