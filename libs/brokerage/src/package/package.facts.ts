import type { Context } from '#kernel/decider.js';
import { civilDateOf } from '#kernel/time.js';
import { keyHash } from '#kernel/ids.js';
import { factOf, type Fact, type FactReader, type Reservation } from '#platform/commands/slice.js';
import { offerDecider } from '../offer/offer.decider.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import { capacityFact, type CapacityWanted } from '../contract-capacity/contract-capacity.facts.js';
import { openPackageReservation } from '../open-package/open-package.slice.js';
import { providerDecider } from '../provider/provider.decider.js';
import { ratingGate, registrationGate } from '../provider/provider.quality.rules.js';
import { suspends } from '../provider/provider.rules.js';
import { providerContractDecider } from '../provider-contract/provider-contract.decider.js';
import { frameworkTerms } from '../provider-contract/provider-contract.facts.js';
import { contractIsLive, isAdmitted } from '../provider-contract/provider-contract.rules.js';
import { rateCardOn, weeklyCostPence } from '../provider-contract/rate-card.rules.js';
import type { AwardFacts } from './package.award.decider.js';
import type { ReferPackage, TakeOnPackage } from './package.referral.commands.js';
import { packageDecider } from './package.decider.js';
import { personIdOf, type TakeOnFacts } from './package.referral.decider.js';
import type { PackageState } from './package.rules.js';
import { careNeeds } from './package.schedule.rules.js';

export const packageStream = (packageId: string) => `carePackage-${packageId}`;
const contractStream = (contractId: string) => `providerContract-${contractId}`;

/** One referral per external reference; one open package per person and service line (X1). */
export function referralReservations(
  command: ReferPackage | TakeOnPackage,
  id: string,
): Reservation[] {
  const { system, referralRef } = command.reference;
  const referral: Reservation = {
    stream: `referral-${keyHash(system, referralRef)}`,
    holder: id,
    holderStream: packageStream(id),
    refusal: {
      code: 'ReferralAlreadyReceived',
      message: (holder) => `Referral ${referralRef} of ${system} is package ${holder} already.`,
    },
  };
  const linkedTo = 'linkedTo' in command ? command.linkedTo?.packageId : undefined;
  const personId = personIdOf(command.reference);
  return [referral, openPackageReservation(personId, command.needs.serviceLine, id, linkedTo)];
}

/** Who comes back from a direct payment has an open package again (X1). */
export function returnReservations(_: unknown, id: string, state: unknown): Reservation[] {
  const { personId, needs } = state as PackageState;
  return [openPackageReservation(personId, needs?.serviceLine ?? '', id)];
}

/** The contract that a package is taken on under, and what the care costs there. */
export async function takeOnFacts(
  { contractId, needs, startedOn }: TakeOnPackage,
  read: FactReader,
) {
  const contract = await read.folded(providerContractDecider, contractStream(contractId));
  return {
    contract: factOf(contract, (state): TakeOnFacts['contract'] => {
      const card = rateCardOn(state.rateCards, startedOn);
      return {
        known: state.contractId !== null,
        ...{ providerId: state.providerId, type: state.type, startsOn: state.startsOn },
        weeklyCostPence: card ? weeklyCostPence(card, careNeeds(needs).schedule) : null,
      };
    }),
    ...capacityFact(contract, {
      ...{ contractId, fromOn: startedOn },
      weeklyMinutes: weeklyCarerMinutes(careNeeds(needs).schedule),
    }),
  };
}

type Award = AwardFacts['AwardPackage'];

/** The chosen offer, its contract and its provider, each folded to the end (X5). */
export async function awardFacts(
  { packageId }: { packageId: string },
  read: FactReader,
  _: unknown,
  at: Pick<Context, 'now' | 'policy'>,
) {
  const { state } = await read.folded(packageDecider, packageStream(packageId));
  const chosen = state.presented.find(({ offerId }) => offerId === state.chosenOfferId);
  const offer = await read.folded(offerDecider, `offer-${chosen?.offerId ?? 'none'}`);
  return {
    offer: factOf(offer, ({ status, terms }): Award['offer'] => ({
      standing: status === 'offered',
      compliant: terms?.nonCompliance.length === 0,
      receivedAt: terms?.receivedAt ?? '',
      startOn: terms?.startOn ?? '',
      times: terms?.times ?? [],
    })),
    ...(await contractFacts(read, state, chosen)),
    provider: await providerFact(read, state, chosen, at),
  };
}

type Chosen = { providerId: string; contractId: string; startOn: string } | undefined;

async function contractFacts(
  read: FactReader,
  { request, needs }: PackageState,
  chosen: Chosen,
): Promise<{
  capacity?: Fact<CapacityWanted>;
  contract: Fact<Award['contract']>;
  framework: Fact<{ endsBefore: string } | null>;
}> {
  const stream = contractStream(chosen?.contractId ?? 'none');
  const contract = await read.folded(providerContractDecider, stream);
  const framework = await frameworkTerms(read, contract.state.frameworkId);
  const endsBefore = framework.value?.endsBefore ?? null;
  const on = chosen?.startOn ?? '';
  const weeklyMinutes = weeklyCarerMinutes(needs?.schedule ?? []);
  return {
    ...capacityFact(contract, { contractId: chosen?.contractId ?? '', fromOn: on, weeklyMinutes }),
    contract: factOf(contract, (state) => ({
      type: state.type,
      liveOnStart: contractIsLive(state, endsBefore, on),
      admittedOnStart: state.type !== 'framework' || isAdmitted(state, request?.lot ?? '', on),
    })),
    framework: { ...framework, value: endsBefore === null ? null : { endsBefore } },
  };
}

async function providerFact(
  read: FactReader,
  { request }: PackageState,
  chosen: Chosen,
  { now, policy }: Pick<Context, 'now' | 'policy'>,
): Promise<Fact<Award['provider']>> {
  const provider = await read.folded(providerDecider, `provider-${chosen?.providerId ?? 'none'}`);
  const today = civilDateOf(now);
  return factOf(provider, ({ suspensions, ...facts }) => ({
    gates: {
      registration: registrationGate(facts, policy, today),
      rating: ratingGate(facts, policy, today),
    },
    suspended: Object.values(suspensions).some((suspension) =>
      suspends(suspension, request?.lot ?? null, chosen?.startOn ?? ''),
    ),
  }));
}
