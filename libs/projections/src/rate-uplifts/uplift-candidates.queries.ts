import type { EventStore, Position } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import type { DayHours } from '#brokerage/provider-contract/provider-contract.events.js';
import { dayKindOf, rateCardOn } from '#brokerage/provider-contract/rate-card.rules.js';
import type { UpliftQuestion } from '#brokerage/rate-uplift/rate-uplift.facts.js';
import type { PricedCare, UpliftCandidate } from '#brokerage/rate-uplift/rate-uplift.rules.js';
import { isOverStage } from '#brokerage/package/package.codes.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { isInForce } from '../contract-register/contract-register.rules.js';
import type { Contract } from '../contract-register/contract-register.view.js';
import { packages } from '../package/package.projection.js';
import { settled, type Projector } from '../read-side.js';

/** The contracts that an uplift may be for, with live care, ordered by id (X25). */
export async function upliftCandidates(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  { contractIds, type, frameworkId, providerId, on }: UpliftQuestion,
): Promise<{ value: readonly UpliftCandidate[]; position: Position }> {
  const register = projector.reader(contractRegister);
  const position = await settled(register, contractRegister, store);
  const named = contractIds && new Set(contractIds);
  const found = register
    .select(systemActor, 'contracts', { filter: { providerId, type, frameworkId } })
    .filter((contract) => (named ? named.has(contract.contractId) : isOffered(contract, on)));
  const hours = new Map(
    found.map(({ contractId, rateCards }) => [contractId, rateCardOn(rateCards, on)?.hours]),
  );
  const care = careByContract(projector, hours);
  const value = found
    .map((contract): UpliftCandidate => {
      const { contractId, rateCards } = contract;
      const card = isPriced(contract) ? rateCardOn(rateCards, on) : undefined;
      return {
        ...{ contractId, providerId: contract.providerId },
        card: card ? { effectiveOn: card.effectiveOn, rates: card.rates } : null,
        hasLaterCard: rateCards.some(({ effectiveOn }) => effectiveOn >= on),
        care: [...(care.get(contractId)?.values() ?? [])],
      };
    })
    .toSorted((a, b) => (a.contractId < b.contractId ? -1 : 1));
  return { value, position };
}

const isPriced = ({ type }: Contract): boolean => type !== 'in-house' && type !== 'cost-and-volume';

const isOffered = (contract: Contract, on: string): boolean =>
  isPriced(contract) && isInForce(contract, on);

/** Live care by what it is priced by. */
function careByContract(projector: Projector, hours: ReadonlyMap<string, DayHours | undefined>) {
  const byContract = new Map<string, Map<string, PricedCare>>();
  const live = projector
    .reader(packages)
    .select(systemActor, 'packages', { where: '"contractId" IS NOT NULL' });
  for (const { award, stage, schedule } of live) {
    if (!award || !hours.has(award.contractId) || isOverStage(stage)) continue;
    const care = byContract.get(award.contractId) ?? new Map<string, PricedCare>();
    byContract.set(award.contractId, care);
    for (const { days, start, minutes, carers } of schedule) {
      for (const day of days) {
        const dayKind = dayKindOf(day, start, hours.get(award.contractId));
        add(care, { dayKind, visitMinutes: minutes, weeklyMinutes: minutes * carers });
      }
    }
  }
  return byContract;
}

function add(care: Map<string, PricedCare>, more: PricedCare): void {
  const key = `${more.dayKind}/${more.visitMinutes}`;
  const before = care.get(key)?.weeklyMinutes ?? 0;
  care.set(key, { ...more, weeklyMinutes: before + more.weeklyMinutes });
}
