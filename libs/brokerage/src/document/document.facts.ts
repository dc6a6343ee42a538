import type { Actor } from '#kernel/actor.js';
import { factOf, type FactReader } from '#platform/commands/slice.js';
import { frameworkDecider } from '../framework/framework.decider.js';
import { providerContractDecider } from '../provider-contract/provider-contract.decider.js';
import { providerKnown } from '../provider-contract/provider-contract.facts.js';
import type { ExpressInterest } from './document.commands.js';
import { interestedProvider } from './document.decider.js';
import type { DocumentTarget } from './document.events.js';

/** Whether the contract or framework exists. */
async function targetKnown(
  read: FactReader,
  { target, targetId }: { target: DocumentTarget; targetId: string },
) {
  if (target === 'framework') {
    const framework = await read.folded(frameworkDecider, `framework-${targetId}`);
    return factOf(framework, ({ frameworkId }) => ({ known: frameworkId !== null }));
  }
  const contract = await read.folded(providerContractDecider, `providerContract-${targetId}`);
  return factOf(contract, ({ contractId }) => ({ known: contractId !== null }));
}

export const attachFacts = async (
  command: { target: DocumentTarget; targetId: string },
  read: FactReader,
) => ({ target: await targetKnown(read, command) });

export const interestFacts = async (command: ExpressInterest, read: FactReader, actor: Actor) => ({
  target: await targetKnown(read, command),
  provider: await providerKnown(read, interestedProvider(command, actor)),
});
