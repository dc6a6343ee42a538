import type { Decider } from '#kernel/decider.js';
import { addDays, isCivilDate } from '#kernel/time.js';
import type { FairPriceCommands } from './fair-price.commands.js';
import type { MinimumPrice, MinimumPriceRecorded } from './fair-price.events.js';
import { ensure } from './fair-price.rules.js';

/** Published minimum prices, each for its own days (X8). */
export const fairPriceDecider: Decider<
  { readonly prices: readonly MinimumPrice[] },
  FairPriceCommands,
  MinimumPriceRecorded
> = {
  initial: { prices: [] },
  decide: {
    RecordMinimumPrice({ prices }, { startsOn, lastDay, pencePerHour, source }, { now, actor }) {
      ensure(isCivilDate(startsOn), 'DateDoesNotExist', { path: 'startsOn' });
      ensure(isCivilDate(lastDay), 'DateDoesNotExist', { path: 'lastDay' });
      ensure(startsOn <= lastDay, 'MinimumPriceEndsBeforeItStarts', { path: 'lastDay' });
      const apart = prices.every(
        (price) => lastDay < price.startsOn || startsOn >= price.endsBefore,
      );
      ensure(apart, 'MinimumPriceOverlaps', { path: 'startsOn' });
      const data = {
        ...{ startsOn, endsBefore: addDays(lastDay, 1), pencePerHour, source },
        ...{ recordedBy: actor.id, recordedAt: now },
      };
      return [{ type: 'MinimumPriceRecorded', data }];
    },
  },
  evolve: { MinimumPriceRecorded: ({ prices }, price) => ({ prices: [...prices, price] }) },
};
