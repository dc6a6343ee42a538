import { addDays, daysBetween, type CivilDate } from '#kernel/time.js';
import type {
  ProviderSuspended,
  ProviderSuspensionLifted,
} from '#brokerage/provider/provider.events.js';
import type { ContractTerms } from '#brokerage/provider-contract/provider-contract.events.js';
import { contractEndsBefore } from '#brokerage/provider-contract/provider-contract.rules.js';
import { rateCardOn, standardRate } from '#brokerage/provider-contract/rate-card.rules.js';
import type {
  Admission,
  Contract,
  Framework,
  Provider,
  Suspension,
} from './contract-register.view.js';

/** A contract's row with the end that follows from all that limits it (S1-7). */
export function withEnd(row: Contract, frameworkEndsBefore: CivilDate | null): Contract {
  const { type, agreedEndsBefore, endedBefore } = row;
  const limits = { type, endsBefore: agreedEndsBefore, endedBefore };
  const endsBefore = contractEndsBefore(limits, frameworkEndsBefore);
  const { lastDay: _, ...others } = row;
  return {
    ...others,
    endsBefore,
    ...(endsBefore !== null && { lastDay: addDays(endsBefore, -1) }),
  };
}

export function contractFrom(
  terms: ContractTerms,
  provider: Provider | undefined,
  framework: Framework | undefined,
): Contract {
  const { contractId, providerId, type, startsOn, frameworkId, spotReason } = terms;
  const row: Contract = {
    ...{ contractId, providerId, type, startsOn },
    providerName: provider?.legalName ?? providerId,
    ...(frameworkId && { frameworkId }),
    admissions: [],
    patches: [...terms.patches],
    rateCards: [],
    ...(spotReason && { spotReason }),
    ...limitsIn(terms),
    ...(terms.block && { block: { ...terms.block, windows: [...terms.block.windows] } }),
    ...(terms.costAndVolume && {
      costAndVolume: { ...terms.costAndVolume, tiers: [...terms.costAndVolume.tiers] },
    }),
    ...(terms.kpiSet && { kpiSet: terms.kpiSet }),
    ...(terms.noticeDays && { noticeDays: terms.noticeDays }),
    suspensions: provider?.suspensions ?? [],
    agreedEndsBefore: terms.endsBefore,
    endedBefore: null,
    endsBefore: null,
  };
  return withEnd(row, framework ? addDays(framework.lastDay, 1) : null);
}

const limitsIn = ({
  capacityWeeklyMinutes,
  maxPackages,
}: Pick<ContractTerms, 'capacityWeeklyMinutes' | 'maxPackages'>) => ({
  ...(capacityWeeklyMinutes && { capacityWeeklyMinutes }),
  ...(maxPackages && { maxPackages }),
});

/** A contract's row with another capacity. */
export function withLimits(
  { capacityWeeklyMinutes: _, maxPackages: __, ...row }: Contract,
  limits: Pick<ContractTerms, 'capacityWeeklyMinutes' | 'maxPackages'>,
): Contract {
  return { ...row, ...limitsIn(limits) };
}

export const admittedFrom = (row: Contract, admission: Admission): Contract => ({
  ...row,
  admissions: [...row.admissions, admission],
});

type Suspendable = { suspensions: Suspension[] };

export const suspendedFrom = <Row extends Suspendable>(
  row: Row,
  { suspensionId, lots, fromOn, reason }: ProviderSuspended['data'],
): Row => ({
  ...row,
  suspensions: [...row.suspensions, { suspensionId, lots: [...lots], fromOn, reason }],
});

export const suspensionLifted = <Row extends Suspendable>(
  row: Row,
  { suspensionId, fromOn }: ProviderSuspensionLifted['data'],
): Row => ({
  ...row,
  suspensions: row.suspensions.map((suspension) =>
    suspension.suspensionId === suspensionId ? { ...suspension, liftedOn: fromOn } : suspension,
  ),
});

/** Whether a contract is in force on a date. */
export const isInForce = ({ startsOn, endsBefore }: Contract, on: CivilDate): boolean =>
  startsOn <= on && (endsBefore === null || on < endsBefore);

/** The standard weekday daytime rate of a live framework admission on a date, if it has one (S1-14). */
export function standardRateOn(row: Contract, on: CivilDate): number | null {
  const admitted = row.admissions.some(({ admittedOn }) => admittedOn <= on);
  const card = rateCardOn(row.rateCards, on);
  const counts = row.type === 'framework' && isInForce(row, on) && admitted && card;
  return counts ? standardRate(card) : null;
}

/** Frameworks that start later than the day after the one they follow say so (S1-7). */
export function withGaps(frameworks: readonly Framework[]): Framework[] {
  return frameworks.map((framework) => {
    const before = frameworks.find(({ frameworkId }) => frameworkId === framework.succeeds);
    if (!before) return framework;
    const daysWithoutFramework = daysBetween(before.lastDay, framework.startsOn) - 1;
    if (daysWithoutFramework <= 0) return framework;
    const days = daysWithoutFramework === 1 ? 'is 1 day' : `are ${daysWithoutFramework} days`;
    const warning = `There ${days} without a framework before this one. Extend the one before it.`;
    return { ...framework, daysWithoutFramework, warning };
  });
}
