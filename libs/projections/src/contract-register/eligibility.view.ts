import { Field, ID, ObjectType } from '@nestjs/graphql';
import { codeList } from '#brokerage/codes.commands.js';
import { ContractTypeCode } from '#brokerage/provider-contract/provider-contract.commands.js';
import type { ContractType } from '#brokerage/provider-contract/provider-contract.events.js';
import { Stated } from '#platform/graphql/paging.view.js';
import { reasonWeights, type ReasonWeight } from './care-wanted.rules.js';

export const ReasonWeightCode = codeList(
  'ReasonWeight',
  reasonWeights,
  'For and against decide; a preference and what cannot be checked only tell.',
);

/** A reason for or against a provider. */
@ObjectType()
export class EligibilityReason {
  /** `NotInLot`, `ProviderSuspended` … */
  code: string;

  @Field(() => ReasonWeightCode)
  weight: ReasonWeight;

  sentence: string;
}

/** Whether a provider may be asked for a package's care, with every reason. */
@ObjectType()
export class ProviderEligibility {
  @Field(() => ID)
  providerId: string;

  legalName: string;

  eligible: boolean;

  /** The contract that it is judged under; absent: it has none of the route. */
  @Field(() => ID, { nullable: true })
  contractId?: string;

  @Field(() => ContractTypeCode, { nullable: true })
  contractType?: ContractType;

  reasons: EligibilityReason[];
}

/** Every provider, by name; an order by price or quality would be a ranking (S1-13). */
@ObjectType()
export class EligibleProviders extends Stated {
  /** The first day that is judged. */
  startOn: string;

  /** The way of asking that is judged. */
  route: string;

  providers: ProviderEligibility[];
}
