import { capacityFold, heldOn, type Holdings } from '#kernel/capacity.js';
import type { Decider } from '#kernel/decider.js';
import { defineSlice } from '#platform/commands/slice.js';
import { Submitted } from '../submitted.commands.js';
import type { CapacityReleased, CapacityTaken } from './contract-capacity.events.js';

/** A package needs nothing of a contract's capacity from a day on. Sent by the service itself. */
export class ReleaseCapacity extends Submitted {
  contractId: string;
  packageId: string;
  fromOn: string;
  /** When the package left the contract: what it took afterwards stays. */
  releasedAt: string;
}

interface ContractCapacityCommands {
  ReleaseCapacity: ReleaseCapacity;
}

const contractCapacityDecider: Decider<
  Holdings,
  ContractCapacityCommands,
  CapacityTaken | CapacityReleased
> = {
  ...capacityFold,
  decide: {
    ReleaseCapacity({ steps }, { packageId: holder, fromOn, releasedAt }) {
      const inTime = steps.filter((step) => step.holder === holder && step.takenAt <= releasedAt);
      const later = inTime.some((step) => step.fromOn > fromOn);
      const held = Object.keys(heldOn(inTime, holder, fromOn) ?? {}).length > 0;
      if (!held && !later) return [];
      return [{ type: 'CapacityReleased', data: { holder, fromOn, releasedAt } }];
    },
  },
};

/** What packages use of a contract that can hold only so much: spot caps and in-house hours. */
export const contractCapacitySlice = defineSlice<ContractCapacityCommands>({
  category: 'contractCapacity',
  decider: contractCapacityDecider,
  commands: { ReleaseCapacity: { id: ({ contractId }) => contractId } },
});
