import { factOf, type Fact, type FactReader } from '#platform/commands/slice.js';
import { providerDecider } from '../provider/provider.decider.js';

/** Whether the provider is on the register. */
export async function providerFacts(
  { providerId }: { providerId: string },
  read: FactReader,
): Promise<{ providerKnown: Fact<boolean> }> {
  const provider = await read.folded(providerDecider, `provider-${providerId}`);
  return { providerKnown: factOf(provider, (state) => Boolean(state.providerId)) };
}
