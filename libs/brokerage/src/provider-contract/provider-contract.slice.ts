import { defineSlice } from '#platform/commands/slice.js';
import type { ProviderContractCommands } from './provider-contract.commands.js';
import { providerContractDecider } from './provider-contract.decider.js';
import {
  frameworkOfContract,
  frameworkTerms,
  personOfPackage,
  providerKnown,
} from './provider-contract.facts.js';

export const providerContractSlice = defineSlice<ProviderContractCommands>({
  category: 'providerContract',
  decider: providerContractDecider,
  commands: {
    OpenContract: {
      id: (_, create) => create('providerContract'),
      facts: async ({ providerId, frameworkId }, read) => ({
        provider: await providerKnown(read, providerId),
        framework: await frameworkTerms(read, frameworkId),
      }),
    },
    AdmitToLots: {
      id: ({ contractId }) => contractId,
      facts: async ({ contractId }, read) => ({
        framework: await frameworkOfContract(read, contractId),
      }),
    },
    SetRateCard: { id: ({ contractId }) => contractId },
    SetPaymentTerms: { id: ({ contractId }) => contractId },
    ApplyRateUplift: { id: ({ contractId }) => contractId },
    ChangeContractCapacity: { id: ({ contractId }) => contractId },
    MoveTenantIn: {
      id: ({ contractId }) => contractId,
      facts: async ({ packageId }, read) => ({ package: await personOfPackage(read, packageId) }),
    },
    MoveTenantOut: { id: ({ contractId }) => contractId },
    ExtendContract: { id: ({ contractId }) => contractId },
    EndContract: {
      id: ({ contractId }) => contractId,
      facts: async ({ contractId }, read) => ({
        framework: await frameworkOfContract(read, contractId),
      }),
    },
  },
});
