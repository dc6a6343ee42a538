import { factOf, type Fact, type FactReader } from '#platform/commands/slice.js';
import { frameworkDecider } from '../framework/framework.decider.js';
import { packageDecider } from '../package/package.decider.js';
import { providerDecider } from '../provider/provider.decider.js';
import type { FrameworkTerms } from './admission.rules.js';
import { providerContractDecider } from './provider-contract.decider.js';

/** Whether a provider is registered. */
export const providerKnown = async (read: FactReader, providerId: string) =>
  factOf(await read.folded(providerDecider, `provider-${providerId}`), (state) => ({
    known: state.providerId !== null,
  }));

/** The terms of a framework; null where the contract has none. */
export async function frameworkTerms(
  read: FactReader,
  frameworkId: string | null | undefined,
): Promise<Fact<FrameworkTerms | null>> {
  if (!frameworkId) return { value: null };
  return factOf(
    await read.folded(frameworkDecider, `framework-${frameworkId}`),
    ({ startsOn, endsBefore, openings, frameworkId: known }) => ({
      known: known !== null,
      ...{ startsOn, endsBefore, openings },
    }),
  );
}

/** The terms of the framework that a contract belongs to. */
export async function frameworkOfContract(read: FactReader, contractId: string) {
  const stream = `providerContract-${contractId}`;
  const { state } = await read.folded(providerContractDecider, stream);
  return frameworkTerms(read, state.frameworkId);
}

/** Whose package it is. */
export const personOfPackage = async (read: FactReader, packageId: string) =>
  factOf(await read.folded(packageDecider, `carePackage-${packageId}`), (state) => ({
    known: state.packageId !== null,
    personId: state.personId,
  }));
