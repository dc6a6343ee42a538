import { policyOn, type CouncilPolicy, type PolicyChange } from '#kernel/council-policy.js';
import { paymentTermsOn, type DatedPaymentTerms } from '#kernel/payment-terms.js';
import type { CivilDate } from '#kernel/time.js';
import type { Tenancy } from '../provider-contract/block.rules.js';
import { cardsOfTiers } from '../provider-contract/provider-contract.rates.decider.js';
import type {
  BlockTerms,
  ContractType,
  ProviderContractEvent,
} from '../provider-contract/provider-contract.events.js';
import { rateCardOn, type RateCard } from '../provider-contract/rate-card.rules.js';
import type { LineTerms } from './pay-line.rules.js';

/** A contract as pay reads it. */
export interface PayContract {
  readonly contractId: string;
  readonly providerId: string;
  readonly type: ContractType;
  readonly startsOn: CivilDate;
  readonly endsBefore: CivilDate | null;
  readonly rateCards: readonly RateCard[];
  readonly terms: readonly DatedPaymentTerms[];
  readonly block?: BlockTerms;
  readonly tenancies: readonly Tenancy[];
}

/** Everything that lines are priced by. */
export interface PayBook {
  readonly contracts: Readonly<Record<string, PayContract>>;
  readonly policyChanges: readonly PolicyChange[];
}

/** The contract after an event of its own; events that do not concern pay change nothing. */
export function withContractEvent(
  contract: PayContract | undefined,
  { type, data }: ProviderContractEvent,
): PayContract | undefined {
  if (type === 'ContractOpened') {
    const { contractId, providerId, startsOn, endsBefore, block, costAndVolume } = data;
    return {
      ...{ contractId, providerId, type: data.type, startsOn, endsBefore },
      ...{ rateCards: cardsOfTiers(costAndVolume, startsOn), terms: [], tenancies: [] },
      ...(block && { block }),
    };
  }
  if (!contract) return contract;
  switch (type) {
    case 'RateCardSet': {
      const { effectiveOn, rates, hours } = data;
      const card = { effectiveOn, rates, ...(hours && { hours }) };
      return { ...contract, rateCards: [...contract.rateCards, card] };
    }
    case 'PaymentTermsSet': {
      const { contractId: _, providerId: __, retroactive: ___, ...terms } = data;
      return { ...contract, terms: [...contract.terms, terms] };
    }
    case 'TenantMovedIn': {
      const { tenancyId, personId, fromOn } = data;
      const tenancy = { tenancyId, personId, fromOn, endsBefore: null };
      return { ...contract, tenancies: [...contract.tenancies, tenancy] };
    }
    case 'TenantMovedOut': {
      const { tenancyId, endsBefore } = data;
      const tenancies = contract.tenancies.map((one) =>
        one.tenancyId === tenancyId ? { ...one, endsBefore } : one,
      );
      return { ...contract, tenancies };
    }
    case 'ContractExtended':
    case 'ContractEnded':
      return { ...contract, endsBefore: data.endsBefore };
    case 'ContractAdmitted':
    case 'ContractCapacityChanged':
      return contract;
  }
}

/** Reads a contract's terms by date; asked for thousands of lines, so each date is looked up once. */
export class TermsByDate {
  private readonly found = new Map<string, LineTerms>();
  private readonly policies = new Map<CivilDate, CouncilPolicy>();

  constructor(private readonly book: PayBook) {}

  contract(contractId: string): PayContract | undefined {
    return this.book.contracts[contractId];
  }

  on(contractId: string, on: CivilDate): LineTerms {
    const key = `${contractId}/${on}`;
    const known = this.found.get(key);
    if (known) return known;
    const contract = this.contract(contractId);
    const terms: LineTerms = {
      terms: paymentTermsOn(contract?.terms ?? [], on),
      card: rateCardOn(contract?.rateCards ?? [], on),
      policy: this.policyOn(on),
    };
    this.found.set(key, terms);
    return terms;
  }

  private policyOn(on: CivilDate): CouncilPolicy {
    const policy = this.policies.get(on) ?? policyOn(this.book.policyChanges, on);
    this.policies.set(on, policy);
    return policy;
  }
}
