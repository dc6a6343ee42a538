import type { CivilDate } from '#kernel/time.js';
import { standardRateOn } from '../contract-register/contract-register.rules.js';
import type { Contract } from '../contract-register/contract-register.view.js';
import type { FairPrice, FairPriceLine, MinimumPriceRow } from './fair-price.view.js';

/** Each live framework admission's standard rate against the minimum price of the date (X8). */
export function fairPriceOn(
  prices: readonly MinimumPriceRow[],
  contracts: readonly Contract[],
  on: CivilDate,
): Omit<FairPrice, 'asOf'> {
  const minimum = prices.find(({ startsOn, lastDay }) => startsOn <= on && on <= lastDay);
  const lines = contracts.flatMap((contract): FairPriceLine[] => {
    const pencePerHour = standardRateOn(contract, on);
    if (pencePerHour === null) return [];
    const { contractId, providerId, providerName } = contract;
    const difference = minimum && { differencePence: pencePerHour - minimum.pencePerHour };
    return [{ contractId, providerId, providerName, pencePerHour, ...difference }];
  });
  const inOrder = lines.toSorted((a, b) => (a.providerName < b.providerName ? -1 : 1));
  if (!minimum) return { on, figure: 'not loaded', lines: inOrder };
  const below = lines.filter(({ differencePence = 0 }) => differencePence < 0).length;
  return { on, figure: 'loaded', minimum, lines: inOrder, below };
}
