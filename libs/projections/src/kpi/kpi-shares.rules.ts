import type { CouncilPolicy, KpiTargets } from '#kernel/council-policy.js';
import { shareInterval } from '#kernel/share-interval.js';
import { display, meets, type Share } from '#kernel/share.js';
import { addDays, firstOfMonth, monthAfter, type CivilDate, type Month } from '#kernel/time.js';
import { workingDaysAfter } from '#kernel/working-days.js';
import type { CareShare, KpiShare, ProviderKpiRow, VisitCounts } from './kpi.view.js';

export type Counts = Readonly<Record<string, number>>;

/** Counts of a provider in a patch by one set of KPIs. */
export interface Figure {
  readonly providerId: string;
  readonly patch: string;
  /** Absent: the contracts name none (S3-12). */
  readonly kpiSet?: string;
  readonly counts: Counts;
}

/** The four shares of a month, before any target. */
export type Shares = Readonly<Record<keyof KpiTargets, Share>>;

export function summed(figures: Iterable<Pick<Figure, 'counts'>>): Counts {
  const sum: Record<string, number> = {};
  for (const { counts } of figures) {
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
  }
  return sum;
}

export const share = (kept = 0, required = 0): Share => ({ kept, required });

export const evidencedOf = ({ attended = 0, partiallyAttended = 0, missed = 0 }: Counts): number =>
  attended + partiallyAttended + missed;

export const requiredOf = ({ planned = 0, excused = 0 }: Counts): number => planned - excused;

/** Required visits with evidence (X27). */
export const coverageOf = (counts: Counts): Share => share(evidencedOf(counts), requiredOf(counts));

/** Windows of continuity that can be told, carers being named (S2-11). */
export const toldOf = ({ windows = 0, windowsUntold = 0 }: Counts): Share =>
  share(windows, windows + windowsUntold);

/** Whether evidence is below policy; of no required visit none is missing (X27). */
export const isIncomplete = (coverage: Share, policy: CouncilPolicy): boolean =>
  meets(coverage, policy.evidenceCoveragePercent) === false;

export const sharesOf = (counts: Counts): Shares => ({
  punctualityStandard: share(counts['onTimeStandard'], counts['startedStandard']),
  punctualityCritical: share(counts['onTimeCritical'], counts['startedCritical']),
  continuity: share(counts['kept'], counts['windows']),
  notMissed: share(evidencedOf(counts) - (counts['missed'] ?? 0), evidencedOf(counts)),
});

const intervalOf = (of: Share) => {
  const interval = shareInterval(of);
  return interval && { interval };
};

export function judged(shares: Shares, targets: KpiTargets) {
  const of = (name: keyof KpiTargets): KpiShare => {
    const met = meets(shares[name], targets[name]);
    return {
      ...shares[name],
      targetPercent: targets[name],
      ...(met !== null && { met }),
      display: display(shares[name], targets[name]),
      ...intervalOf(shares[name]),
    };
  };
  return {
    punctualityStandard: of('punctualityStandard'),
    punctualityCritical: of('punctualityCritical'),
    notMissed: of('notMissed'),
    continuity: of('continuity'),
  };
}

export const careShare = (of: Share, targetPercent?: number): CareShare => ({
  ...of,
  display: display(of, targetPercent),
  ...intervalOf(of),
});

/** The first day on which a month is not provisional any more, its evidence given (S2-10). */
export function finalOn(month: Month, policy: CouncilPolicy): CivilDate {
  const lastDay = addDays(firstOfMonth(monthAfter(month, 1)), -1);
  const { challengeWorkingDays, bankHolidays } = policy;
  return addDays(workingDaysAfter(lastDay, challengeWorkingDays, bankHolidays), 1);
}

/** Targets of a set of KPIs; the general ones where policy names none for it (S3-12). */
const targetsOf = (policy: CouncilPolicy, kpiSet: string | undefined): KpiTargets =>
  policy.kpiSets.find((each) => each.kpiSet === kpiSet)?.targetPercent ?? policy.targetPercent;

/** What some figures say together, judged by the policy of their month. */
export function judgedFigures(figures: readonly Figure[], policy: CouncilPolicy, isFinal: boolean) {
  const counts = summed(figures);
  const sets = Map.groupBy(figures, ({ kpiSet }) => kpiSet);
  const [only] = sets.size === 1 ? [...sets.keys()] : [undefined];
  const coverage = coverageOf(counts);
  const evidenceIncomplete = isIncomplete(coverage, policy);
  return {
    ...judged(sharesOf(counts), targetsOf(policy, only)),
    ...countsOf(counts),
    ...reportedShares(counts),
    evidenceCoverage: careShare(coverage, policy.evidenceCoveragePercent),
    ...{ evidenceIncomplete, provisional: !isFinal || evidenceIncomplete },
    kpiSets: [...sets].flatMap(([kpiSet, some]) => {
      if (kpiSet === undefined) return [];
      return [{ kpiSet, ...judged(sharesOf(summed(some)), targetsOf(policy, kpiSet)) }];
    }),
  } satisfies Partial<ProviderKpiRow>;
}

/** Shares that are reported and have no target. */
export const careSharesOf = (counts: Counts) => {
  const { attended = 0, partiallyAttended = 0, short = 0, legs = 0 } = counts;
  const came = attended + partiallyAttended;
  return {
    asExpected: share(counts['asExpected'], came),
    doubleHandedKept: share(counts['doubleKept'], counts['double']),
    electronicLogs: share(legs - (counts['manualLegs'] ?? 0), legs),
    longVisits: share(requiredOf(counts) - short, requiredOf(counts)),
    agreedShortVisits: share(counts['shortAgreed'], short),
  };
};

const reportedShares = (counts: Counts) => {
  const { asExpected, doubleHandedKept, electronicLogs, longVisits, agreedShortVisits } =
    careSharesOf(counts);
  return {
    ...{ asExpected: careShare(asExpected), doubleHandedKept: careShare(doubleHandedKept) },
    ...{ electronicLogs: careShare(electronicLogs), longVisits: careShare(longVisits) },
    agreedShortVisits: careShare(agreedShortVisits),
  };
};

export const countsOf = (counts: Counts): Omit<VisitCounts, keyof Shares> => ({
  planned: counts['planned'] ?? 0,
  excused: counts['excused'] ?? 0,
  required: requiredOf(counts),
  attended: counts['attended'] ?? 0,
  partiallyAttended: counts['partiallyAttended'] ?? 0,
  late: counts['late'] ?? 0,
  missed: counts['missed'] ?? 0,
  missedReportedByProvider: counts['missedReportedByProvider'] ?? 0,
  missedReportedByCouncil: counts['missedReportedByCouncil'] ?? 0,
  missedDetected: counts['missedDetected'] ?? 0,
  missedUnreported: counts['missedUnreported'] ?? 0,
  missedByCutOff: counts['missedByCutOff'] ?? 0,
  evidenced: evidencedOf(counts),
  notEvidenced: requiredOf(counts) - evidencedOf(counts),
  windowsUntold: counts['windowsUntold'] ?? 0,
});
