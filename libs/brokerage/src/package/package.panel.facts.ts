import type { Context } from '#kernel/decider.js';
import type { FactReader } from '#platform/commands/slice.js';
import { packageDecider } from './package.decider.js';
import { packageStream } from './package.facts.js';
import type { OpenPanelCase } from './package.panel.commands.js';
import { dearest } from './package.panel.rules.js';
import { proposedVariation } from './package.service.facts.js';
import { eligibleFor } from './package.sourcing.facts.js';

/** The figure that the panel is asked about, as things stand now (S3-7). */
export async function panelCaseFacts(
  command: OpenPanelCase,
  read: FactReader,
  _: unknown,
  at: Pick<Context, 'now' | 'policy'>,
) {
  const { packageId, on, variation } = command;
  const { state } = await read.folded(packageDecider, packageStream(packageId));
  const proposed = on === 'variation' ? variation : undefined;
  const eligible = on === 'estimate' ? await eligibleFor(state, command, read, at) : { value: [] };
  return {
    estimatePence: { ...eligible, value: dearest(eligible.value) },
    variation: proposed ? await proposedVariation(state, proposed, read) : { value: null },
  };
}
