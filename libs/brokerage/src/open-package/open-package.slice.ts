import type { Decider } from '#kernel/decider.js';
import { keyHash } from '#kernel/ids.js';
import { defineSlice, type Reservation } from '#platform/commands/slice.js';
import { Submitted } from '../submitted.commands.js';
import type { KeyReleased, KeyReserved } from './open-package.events.js';

/** The package is over: the person may have another open one. Sent by the service itself. */
export class ReleaseOpenPackage extends Submitted {
  personId: string;
  serviceLine: string;
  packageId: string;
}

interface OpenPackageCommands {
  ReleaseOpenPackage: ReleaseOpenPackage;
}

const keyOf = (personId: string, serviceLine: string) => keyHash(personId, serviceLine);

const openPackageDecider: Decider<
  { readonly holders: readonly string[] },
  OpenPackageCommands,
  KeyReserved | KeyReleased
> = {
  initial: { holders: [] },
  decide: {
    ReleaseOpenPackage: ({ holders }, { packageId }) =>
      holders.includes(packageId) ? [{ type: 'KeyReleased', data: { holder: packageId } }] : [],
  },
  evolve: {
    KeyReserved: ({ holders }, { holder }) => ({ holders: [...holders, holder] }),
    KeyReleased: ({ holders }, { holder }) => ({
      holders: holders.filter((other) => other !== holder),
    }),
  },
};

/** One open package per person and service line, unless linked with a reason (X1). */
export const openPackageSlice = defineSlice<OpenPackageCommands>({
  category: 'openPackage',
  decider: openPackageDecider,
  commands: {
    ReleaseOpenPackage: { id: ({ personId, serviceLine }) => keyOf(personId, serviceLine) },
  },
});

export const openPackageReservation = (
  personId: string,
  serviceLine: string,
  packageId: string,
  linkedTo?: string,
): Reservation => ({
  stream: `openPackage-${keyOf(personId, serviceLine)}`,
  holder: packageId,
  holderStream: `carePackage-${packageId}`,
  ...(linkedTo !== undefined && { beside: linkedTo }),
  refusal: {
    code: 'OpenPackageExists',
    message: (holder) =>
      `The person has an open package of this service line: ${holder}. Link the new one to it with a reason.`,
  },
});
