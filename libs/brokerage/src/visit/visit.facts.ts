import { factOf, type Fact, type FactReader } from '#platform/commands/slice.js';
import { packageDecider } from '../package/package.decider.js';
import type { PackagePlan } from './visit.plan.decider.js';

const plannedStages = ['awaiting-start', 'live', 'ended', 'direct-payment'];

/** The package that a week is planned for, folded to the end. */
export async function planFacts(
  { packageId }: { packageId: string },
  read: FactReader,
): Promise<{ plan: Fact<PackagePlan> }> {
  const carePackage = await read.folded(packageDecider, `carePackage-${packageId}`);
  return {
    plan: factOf(carePackage, ({ award, stage, personId, needs, schedule, endsBefore }) => ({
      confirmed: award !== null && plannedStages.includes(stage),
      personId,
      providerId: award?.providerId ?? '',
      contractId: award?.contractId ?? '',
      contractType: award?.contractType ?? '',
      patch: needs?.patch ?? '',
      schedule: schedule.map(({ line, days, start, minutes, carers, critical }) => ({
        ...{ line, days, start, minutes, carers, critical },
      })),
      startOn: award?.startOn ?? '',
      endsBefore,
    })),
  };
}
