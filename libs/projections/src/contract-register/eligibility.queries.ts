import type { EventStore, Position } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import { settled, type Projector } from '../read-side.js';
import { reason, type CareWanted, type Reason } from './care-wanted.rules.js';
import { contractRegister } from './contract-register.projection.js';
import type { Contract, Provider } from './contract-register.view.js';
import {
  contractReasons,
  contractTypesOf,
  costUnder,
  isFor,
  providerReasons,
  type EligibleContract,
} from './eligibility.rules.js';

export type EligibilityQuestion = CareWanted;

/** A provider with every reason for or against it, under the contract that serves the care best. */
export interface JudgedProvider {
  readonly provider: Provider;
  readonly contract?: Contract;
  readonly eligible: boolean;
  readonly reasons: readonly Reason[];
}

/**
 * Who may be invited to a request, ordered by the contracts' ids: a provider with several contracts
 * is invited under the one that began last. Knows all that the log holds now, up to `position`;
 * throws `ReadModelBehind` when the register does not come that far in time.
 */
export async function eligibleContracts(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  wanted: EligibilityQuestion,
): Promise<{ value: readonly EligibleContract[]; position: Position }> {
  const reader = projector.reader(contractRegister);
  const position = await settled(reader, contractRegister, store);
  const eligible = judgedProviders(projector, wanted).flatMap(({ contract, ...judged }) =>
    judged.eligible && contract ? [eligibleContract(contract, wanted)] : [],
  );
  const value = eligible.toSorted((a, b) => (a.contractId < b.contractId ? -1 : 1));
  return { value, position };
}

const eligibleContract = (contract: Contract, wanted: CareWanted): EligibleContract => ({
  ...{ providerId: contract.providerId, contractId: contract.contractId },
  contractType: contract.type,
  weeklyCostPence: costUnder(contract, wanted),
});

/** Every provider, judged by the very rules that invite, in the neutral order of names. */
export function judgedProviders(projector: Projector, wanted: CareWanted): JudgedProvider[] {
  const reader = projector.reader(contractRegister);
  const orderBy = { column: 'startsOn', direction: 'desc' } as const;
  const filter = { type: contractTypesOf(wanted) };
  const contracts = Map.groupBy(
    reader.select(systemActor, 'contracts', { filter, orderBy }),
    ({ providerId }) => providerId,
  );
  const limited = reader.select(systemActor, 'holdings');
  const holdings = new Map(limited.map(({ contractId, steps }) => [contractId, steps]));
  const byName = { column: 'legalName', direction: 'asc' } as const;
  const providers = reader.select(systemActor, 'providers', { orderBy: byName });
  return providers.map((provider) => {
    const own = (contracts.get(provider.providerId) ?? []).map((contract) => ({
      contract,
      reasons: contractReasons(contract, wanted, holdings.get(contract.contractId)),
    }));
    return judged(provider, own, wanted);
  });
}

function judged(
  provider: Provider,
  own: readonly { readonly contract: Contract; readonly reasons: readonly Reason[] }[],
  wanted: CareWanted,
): JudgedProvider {
  const general = providerReasons(provider, wanted);
  const best =
    own.find(({ reasons }) => isFor(reasons)) ??
    own.toSorted((a, b) => against(a.reasons) - against(b.reasons))[0];
  if (!best) {
    const none = reason('NoContractOfRoute', 'against', 'It has no contract of this route.');
    return { provider, eligible: false, reasons: [none, ...general] };
  }
  const reasons = [...best.reasons, ...general];
  return { provider, contract: best.contract, eligible: isFor(reasons), reasons };
}

const against = (reasons: readonly Reason[]): number =>
  reasons.filter(({ weight }) => weight === 'against').length;
