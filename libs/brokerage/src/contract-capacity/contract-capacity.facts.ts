import type { Units } from '#kernel/capacity.js';
import type { CivilDate } from '#kernel/time.js';
import { factOf, type CapacityClaim, type Fact, type Folded } from '#platform/commands/slice.js';
import type { ContractState } from '../provider-contract/provider-contract.rules.js';

/** What a contract may hold at most on any day; a unit that is absent has no limit. */
export interface CapacityLimits {
  readonly packages?: number;
  readonly weeklyMinutes?: number;
}

/** What a package would use of a contract, from a day on. */
export interface CapacityWanted {
  readonly contractId: string;
  readonly fromOn: CivilDate;
  readonly weeklyMinutes: number;
  /** What it uses again after a while. */
  readonly afterwards?: { readonly fromOn: CivilDate; readonly weeklyMinutes: number };
  readonly limits: CapacityLimits;
}

/** What a package would use of a folded contract; no fact where the contract has no limit. */
export const capacityFact = (
  contract: Folded<ContractState>,
  wanted: Omit<CapacityWanted, 'limits'>,
): { capacity?: Fact<CapacityWanted> } =>
  Object.keys(contract.state.capacity).length === 0
    ? {}
    : { capacity: factOf(contract, ({ capacity: limits }) => ({ ...wanted, limits })) };

const sentences: Readonly<Record<string, (limit: number) => string>> = {
  packages: (limit) =>
    `This contract holds at most ${limit} packages at once. Choose another contract, or ask a commissioner for more.`,
  weeklyMinutes: (limit) =>
    `This contract has ${limit} carer minutes a week, too few for this package too. Choose another contract, or ask a commissioner for more.`,
};

/**
 * A package's use of a contract, written before the package's own stream, so that awards at the same
 * moment never exceed what the contract holds (S3-11).
 */
export function capacityClaims(
  wanted: CapacityWanted | undefined,
  packageId: string,
): CapacityClaim[] {
  if (!wanted) return [];
  const { contractId, limits, afterwards } = wanted;
  const known = limits as Units;
  const steps = [wanted, ...(afterwards ? [afterwards] : [])];
  return steps.map(({ fromOn, weeklyMinutes }) => ({
    stream: `contractCapacity-${contractId}`,
    holder: packageId,
    holderStream: `carePackage-${packageId}`,
    fromOn,
    units: { packages: 1, weeklyMinutes },
    limits: known,
    refusal: {
      code: 'ContractCapacityReached',
      message: (unit) => sentences[unit]?.(known[unit] ?? 0) ?? unit,
    },
  }));
}
