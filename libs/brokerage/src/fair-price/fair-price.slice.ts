import { defineSlice } from '#platform/commands/slice.js';
import type { FairPriceCommands } from './fair-price.commands.js';
import { fairPriceDecider } from './fair-price.decider.js';

export const fairPriceSlice = defineSlice<FairPriceCommands>({
  category: 'fairPrice',
  decider: fairPriceDecider,
  commands: { RecordMinimumPrice: { id: () => 'england' } },
});
