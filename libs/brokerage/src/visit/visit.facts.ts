import { factOf, type Fact, type FactReader } from '#platform/commands/slice.js';
import { packageDecider } from '../package/package.decider.js';
import { lastHolder, planSpans } from '../package/package.plan.rules.js';
import type { PackagePlan } from './visit.plan.rules.js';

/** The package that a week is planned for, folded to the end. */
export async function planFacts(
  { packageId, week }: { packageId: string; week: string },
  read: FactReader,
): Promise<{ plan: Fact<PackagePlan> }> {
  const carePackage = await read.folded(packageDecider, `carePackage-${packageId}`);
  return {
    plan: factOf(carePackage, (state) => ({
      personId: state.personId,
      patch: state.needs?.patch ?? '',
      holder: lastHolder(state),
      spans: planSpans(state, week),
    })),
  };
}
