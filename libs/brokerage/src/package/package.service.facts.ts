import { weeklyCarerMinutes } from '#kernel/schedule.js';
import { addDays, isCivilDate } from '#kernel/time.js';
import { factOf, type Fact, type FactReader } from '#platform/commands/slice.js';
import { providerContractDecider } from '../provider-contract/provider-contract.decider.js';
import { frameworkTerms } from '../provider-contract/provider-contract.facts.js';
import { contractIsLive } from '../provider-contract/provider-contract.rules.js';
import { rateCardOn, weeklyCostPence } from '../provider-contract/rate-card.rules.js';
import { capacityFact, type CapacityWanted } from '../contract-capacity/contract-capacity.facts.js';
import { layerOn, providerInCharge } from './package.cover.rules.js';
import { packageDecider } from './package.decider.js';
import type { HandbackFacts } from './package.handback.decider.js';
import type { PanelFigures } from './package.panel.rules.js';
import type { PackageState } from './package.rules.js';
import type { VariationFacts } from './package.variation.decider.js';
import type { VaryPackage } from './package.variation.commands.js';
import { variedLines } from './package.variation.rules.js';
import type { WaitingFacts } from './package.waiting.decider.js';
import type { RecordInterimCover } from './package.waiting.commands.js';

const contractOf = (read: FactReader, contractId: string | undefined) =>
  read.folded(providerContractDecider, `providerContract-${contractId ?? 'none'}`);

/** The notice that the contract in charge asks for (X19). */
export async function handbackFacts({ packageId }: { packageId: string }, read: FactReader) {
  const { state } = await read.folded(packageDecider, `carePackage-${packageId}`);
  const contract = await contractOf(read, providerInCharge(state.service)?.contractId);
  return {
    contract: factOf(contract, ({ noticeDays }): HandbackFacts['HandBackPackage']['contract'] => ({
      noticeDays,
    })),
  };
}

/** What the varied schedule costs a week at the rates of its first day (X18). */
export async function variationFacts(command: VaryPackage, read: FactReader) {
  const { packageId, fromOn, lastDay, schedule } = command;
  const { state } = await read.folded(packageDecider, `carePackage-${packageId}`);
  const contract = await contractOf(read, providerInCharge(state.service)?.contractId);
  return {
    contract: factOf(contract, ({ rateCards }): VariationFacts['VaryPackage']['contract'] => {
      const card = rateCardOn(rateCards, fromOn);
      const complete = state.needs && schedule.every((line) => line.days && line.start);
      return {
        weeklyCostPence:
          card && complete ? weeklyCostPence(card, variedLines(state, schedule)) : null,
      };
    }),
    ...capacityFact(contract, {
      ...{ contractId: contract.state.contractId ?? '', fromOn },
      weeklyMinutes: weeklyCarerMinutes(variedLines(state, schedule)),
      ...afterwards(state, lastDay),
    }),
  };
}

/** What the panel would judge of a proposed variation (S3-7). */
export async function proposedVariation(
  state: PackageState,
  { fromOn, schedule }: Pick<VaryPackage, 'fromOn' | 'schedule'>,
  read: FactReader,
): Promise<Fact<PanelFigures | null>> {
  const complete = schedule.every((line) => line.days && line.start);
  if (!state.needs || !complete) return { value: null };
  const lines = variedLines(state, schedule);
  const contract = await contractOf(read, providerInCharge(state.service)?.contractId);
  return factOf(contract, ({ rateCards }) => {
    const card = rateCardOn(rateCards, fromOn);
    return { schedule: lines, weeklyCostPence: card ? weeklyCostPence(card, lines) : null };
  });
}

/** After a temporary variation the schedule of that day is in force again. */
function afterwards({ service }: PackageState, lastDay: string | undefined) {
  if (!lastDay || !isCivilDate(lastDay)) return {};
  const endsBefore = addDays(lastDay, 1);
  const schedule = layerOn(service, endsBefore)?.schedule ?? [];
  return { afterwards: { fromOn: endsBefore, weeklyMinutes: weeklyCarerMinutes(schedule) } };
}

/** The contract under which a provider bridges a gap (S4-14). */
export async function interimCoverFacts(
  { packageId, contractId, fromOn }: RecordInterimCover,
  read: FactReader,
): Promise<{
  contract: Fact<WaitingFacts['RecordInterimCover']['contract']>;
  capacity?: Fact<CapacityWanted>;
}> {
  if (!contractId) return { contract: { value: null } };
  const contract = await contractOf(read, contractId);
  const framework = await frameworkTerms(read, contract.state.frameworkId);
  const { state: sought } = await read.folded(packageDecider, `carePackage-${packageId}`);
  const schedule = layerOn(sought.service, fromOn)?.schedule ?? [];
  return {
    ...capacityFact(contract, {
      ...{ contractId, fromOn, weeklyMinutes: weeklyCarerMinutes(schedule) },
    }),
    contract: factOf(contract, (state) => ({
      known: state.contractId !== null,
      ...{ providerId: state.providerId, type: state.type },
      liveOn: contractIsLive(state, framework.value?.endsBefore ?? null, fromOn),
    })),
  };
}
