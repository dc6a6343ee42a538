import { idOfKey } from '#kernel/ids.js';
import type { Actor } from '#kernel/actor.js';
import { factOf, type FactReader } from '#platform/commands/slice.js';
import { packageDecider } from '../package/package.decider.js';
import { isCaseOf } from '../package/package.own-cases.rules.js';
import { providerContractDecider } from '../provider-contract/provider-contract.decider.js';
import { requestPackageId } from '../request-key/request-key.facts.js';
import { offerDecider } from './offer.decider.js';
import type { RequestTerms } from './offer.rules.js';

/** One offer per request and provider: the key is the id. */
export const offerIdOf = (requestId: string, providerId: string): string =>
  idOfKey('offer', requestId, providerId);

/** Whose reply it is: the provider's own user, or the provider a broker names. */
export const replyingProvider = (actor: Actor, named: string | undefined): string =>
  named ?? actor.organisation ?? '';

/** What a reply to a request is judged by. */
export async function replyFacts(
  read: FactReader,
  { requestId, providerId, actor }: { requestId: string; providerId: string; actor: Actor },
) {
  const packageId = await requestPackageId(read, requestId);
  const carePackage = await read.folded(packageDecider, `carePackage-${packageId ?? 'none'}`);
  const request = factOf(
    carePackage,
    ({ request: current, needs, personId, stage, brokerOrganisation }): RequestTerms => {
      const isCurrent = current?.requestId === requestId;
      const known = packageId !== undefined && isCurrent;
      return {
        known: known && isCaseOf({ brokerOrganisation }, actor),
        ...{ packageId: packageId ?? '', personId, stage, isCurrent },
        issuedAt: current?.issuedAt ?? '',
        closesAt: current?.closesAt ?? '',
        invited: (current?.invited ?? []).filter((invited) => invited.providerId === providerId),
        startOn: needs?.startOn ?? '',
        schedule: needs?.schedule ?? [],
        carerGenderNeed: needs?.carerGenderNeed ?? 'any',
      };
    },
  );
  const invitation = request.value.invited.find((invited) => invited.providerId === providerId);
  const contract = await read.folded(
    providerContractDecider,
    `providerContract-${invitation?.contractId ?? 'none'}`,
  );
  return {
    request,
    rateCards: factOf(contract, ({ type, rateCards }) => (type === 'in-house' ? null : rateCards)),
    provider: { value: { id: providerId, offerId: offerIdOf(requestId, providerId) } },
  };
}

/** The same for an offer that exists. */
export async function standingOfferFacts(read: FactReader, offerId: string, actor: Actor) {
  const { state } = await read.folded(offerDecider, `offer-${offerId}`);
  const { requestId, providerId } = state;
  const facts = await replyFacts(read, { requestId, providerId, actor });
  return { ...facts, ...(await ownCaseFact(read, offerId, actor)) };
}

/** Whether an offer is for a case that is the actor's to broker (S3-4). */
export async function ownCaseFact(read: FactReader, offerId: string, actor: Actor) {
  const { state } = await read.folded(offerDecider, `offer-${offerId}`);
  const carePackage = await read.folded(packageDecider, `carePackage-${state.packageId || 'none'}`);
  return { ownCase: factOf(carePackage, (of) => isCaseOf(of, actor)) };
}
