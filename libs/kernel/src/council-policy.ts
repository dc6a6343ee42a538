import type { CivilDate, LocalTime } from './time.js';
import { englishBankHolidays } from './working-days.js';

/** Shares kept that a provider must reach, as whole percentages (S2-10). */
export interface KpiTargets {
  readonly punctualityStandard: number;
  readonly punctualityCritical: number;
  readonly continuity: number;
  readonly notMissed: number;
}

/** Targets of the contracts that name a set of KPIs (S3-12). */
export interface KpiSetTargets {
  readonly kpiSet: string;
  readonly targetPercent: KpiTargets;
}

/** A way to find care (S3-17): the steps of the cascade. */
export type Route = 'framework' | 'spot' | 'in-house';

/** A rating by the Care Quality Commission (S4-8). */
export type CqcRating =
  'outstanding' | 'good' | 'requires-improvement' | 'inadequate' | 'not-rated';

export interface PanelPolicy {
  readonly measure: 'weekly-cost' | 'weekly-hours' | 'yearly-cost';
  /** Pence a week, minutes a week or pence a year; strictly more goes to the panel; absent: none. */
  readonly level?: number;
  /** Working days until the panel is due after interim authority. */
  readonly interimWorkingDays: number;
  /** Each must approve: `adult-social-care`, with joint panels `nhs`, `housing` … */
  readonly agencies: readonly string[];
}

/** Months that a record is kept after its last package is over (X29). */
export interface RetentionPolicy {
  readonly caredForMonths: number;
  /** Where no care was ever given: a withdrawn referral, a direct payment taken at once. */
  readonly notCaredForMonths: number;
}

/** How visits are paid where a contract says nothing else (section 5). */
export interface PayPolicy {
  /** Bands above the commissioned one that are paid without approval (S2-17b). */
  readonly overCommissionBands: number;
  /** A Monday on which a statement's period begins; the others follow from it. */
  readonly periodsFromOn: CivilDate;
  /** Weeks of a statement's period (S2-18). */
  readonly periodWeeks: number;
  /** Working days to answer a provider's query of a line (X15). */
  readonly queryWorkingDays: number;
}

/** The council's own numbers: effective-dated data, never constants in a rule. */
export interface CouncilPolicy {
  /** The approved change these values come from; 0 is what the product ships. */
  readonly version: number;
  /** Largest distance from the agreed start that still is on time (S2-9). */
  readonly punctualityToleranceMinutes: { readonly standard: number; readonly critical: number };
  readonly targetPercent: KpiTargets;
  /** How long a request is open for offers (X4). */
  readonly requestWindowMinutes: { readonly standard: number; readonly urgent: number };
  /** Time after the agreed start before a visit without evidence may be detected as missed (S2-12). */
  readonly missedGraceMinutes: { readonly standard: number; readonly critical: number };
  /** A feed that was silent for longer tells of no miss; 0: its declaration is enough (S2-12). */
  readonly feedSilenceMinutes: number;
  /** For so long a leg without a log-out counts as still under way, and is no exception (X12). */
  readonly openLegMinutes: number;
  /** How long the older secret of a feed is still good after its rotation. */
  readonly feedSecretOverlapHours: number;
  /** How long a message of the case system is waited for before a person is told that it is missing. */
  readonly caseGapMinutes: number;
  /** Working days after a visit's own within which its provider reports it missed (S2-12). */
  readonly missReportWorkingDays: number;
  /** How long an alarm waits before someone more senior is asked; office hours for standard ones (X26). */
  readonly visitAlarmClock: {
    readonly criticalMinutes: number;
    readonly standardWorkingMinutes: number;
  };
  /**
   * An alarm of a visit that lay further back when it was raised is
   * listed, but escalates to nobody (X26).
   */
  readonly visitAlarmEscalatesWithinDays: number;
  /** When the office works on a working day. */
  readonly officeHours: { readonly opensAt: LocalTime; readonly closesAt: LocalTime };
  /** Continuity windows start each Monday or each day (S2-11). */
  readonly continuityStep: 'weekly' | 'daily';
  /** Whether continuity counts carer legs instead of visits (S2-11). */
  readonly continuityCountsLegs: boolean;
  /** Weights of the provider league (L1). */
  readonly leagueWeights: KpiTargets;
  /** Fewer evidenced visits in a month leave a provider unranked (L1). */
  readonly leagueMinimumVisits: number;
  /** A smaller share of required visits with evidence leaves a provider's month unranked (X27). */
  readonly evidenceCoveragePercent: number;
  /** Working days after a month within which a provider may challenge its figures (S2-10). */
  readonly challengeWorkingDays: number;
  /** A visit that starts later than this counts as missed; 0: it is late, however late (X10). */
  readonly lateCutOffMinutes: number;
  /** The distance from the agreed start that the council expects; reported, never judged (S2-5). */
  readonly expectedArrivalMinutes: number;
  /** Targets by set of KPIs; a set that is not named here has the general ones (S3-12). */
  readonly kpiSets: readonly KpiSetTargets[];
  /** Visits are planned this many ISO weeks beyond the current one. */
  readonly planWeeksAhead: number;
  /** What the Quality Assurance Panel considers: packages over its level (S3-7). */
  readonly panel: PanelPolicy;
  /** The order in which each service line asks (S3-17). */
  readonly cascade: {
    readonly longTerm: readonly Route[];
    readonly shortTerm: readonly Route[];
  };
  /** A short-term service ends within this many weeks (S4-5). */
  readonly shortTermWeeks: number;
  /** Shorter visits need a recorded prior agreement (X3). */
  readonly shortVisitMinutes: number;
  /** Whether the pack tells the postcode sector (S1-9). */
  readonly packTellsSector: boolean;
  /** Working days for a provider to acknowledge an award, and days after the start to confirm it (X24). */
  readonly chase: { readonly acknowledgeWorkingDays: number; readonly startDays: number };
  /** How long the provider before a suspension may answer the restart (X17). */
  readonly restartWindowMinutes: number;
  /** An increase starts no more than this many days before it is submitted (X18). */
  readonly increaseBackdatingDays: number;
  /** A handback with a shorter notice makes the package urgent (X19). */
  readonly handbackNoticeDays: number;
  /** A risk review of a waiting person is due this many days after the last (S2-20). */
  readonly riskReviewDays: number;
  /** Days on which the office does not work, beside weekends. */
  readonly bankHolidays: readonly CivilDate[];
  /** A lower rating keeps a provider from new work; the lowest admits every rating (S4-8). */
  readonly minimumCqcRating: Exclude<CqcRating, 'not-rated'>;
  /** Whether a provider that is not rated yet may take new work (S4-8). */
  readonly notRatedAllowed: boolean;
  /** Whether a provider of which no registration is recorded may take new work (S4-8). */
  readonly unrecordedRegistrationAllowed: boolean;
  readonly retention: RetentionPolicy;
  /** How long a provider may still read who a person is after its care ended (S1-9). */
  readonly identityAfterCareDays: number;
  readonly pay: PayPolicy;
  /** Pence of a financial year by type of service; the one in force on its last day counts (S2-18). */
  readonly budgets: {
    readonly longTermPence: number | null;
    readonly shortTermPence: number | null;
  };
  /** The first day with electronic call monitoring; no visit is planned before it (X24, X30). */
  readonly ecmGoLiveOn: CivilDate | null;
}

/** What a change may set: any values but the version. */
export type CouncilPolicyValues = Partial<Omit<CouncilPolicy, 'version'>>;

/** An approved change of policy. */
export interface PolicyChange {
  readonly version: number;
  readonly effectiveOn: CivilDate;
  readonly values: CouncilPolicyValues;
}

/** The values shipped with the product (rules.md names each as "default"). */
export const shippedPolicy: CouncilPolicy = {
  version: 0,
  punctualityToleranceMinutes: { standard: 30, critical: 15 },
  targetPercent: {
    punctualityStandard: 80,
    punctualityCritical: 90,
    continuity: 80,
    notMissed: 80,
  },
  requestWindowMinutes: { standard: 24 * 60, urgent: 2 * 60 },
  missedGraceMinutes: { standard: 120, critical: 30 },
  feedSilenceMinutes: 60,
  openLegMinutes: 4 * 60,
  feedSecretOverlapHours: 24,
  caseGapMinutes: 15,
  missReportWorkingDays: 1,
  visitAlarmClock: { criticalMinutes: 30, standardWorkingMinutes: 120 },
  visitAlarmEscalatesWithinDays: 28,
  officeHours: { opensAt: '09:00', closesAt: '17:00' },
  continuityStep: 'weekly',
  continuityCountsLegs: false,
  leagueWeights: {
    punctualityStandard: 30,
    punctualityCritical: 30,
    continuity: 20,
    notMissed: 20,
  },
  leagueMinimumVisits: 100,
  evidenceCoveragePercent: 95,
  challengeWorkingDays: 10,
  lateCutOffMinutes: 0,
  expectedArrivalMinutes: 15,
  kpiSets: [],
  planWeeksAhead: 2,
  panel: {
    measure: 'weekly-cost',
    level: 150_000,
    interimWorkingDays: 5,
    agencies: ['adult-social-care'],
  },
  cascade: {
    longTerm: ['framework', 'spot', 'in-house'],
    shortTerm: ['in-house', 'framework', 'spot'],
  },
  shortTermWeeks: 6,
  shortVisitMinutes: 30,
  packTellsSector: false,
  chase: { acknowledgeWorkingDays: 1, startDays: 1 },
  restartWindowMinutes: 24 * 60,
  increaseBackdatingDays: 14,
  handbackNoticeDays: 28,
  riskReviewDays: 7,
  bankHolidays: englishBankHolidays,
  minimumCqcRating: 'requires-improvement',
  notRatedAllowed: true,
  unrecordedRegistrationAllowed: true,
  retention: { caredForMonths: 6 * 12, notCaredForMonths: 2 * 12 },
  identityAfterCareDays: 28,
  budgets: { longTermPence: null, shortTermPence: null },
  pay: {
    overCommissionBands: 1,
    periodsFromOn: '2026-01-05',
    periodWeeks: 4,
    queryWorkingDays: 10,
  },
  ecmGoLiveOn: null,
};

/** The policy in force on a date: changes apply in order of effective date, then of approval. */
export function policyOn(changes: readonly PolicyChange[], date: CivilDate): CouncilPolicy {
  return changes
    .filter((change) => change.effectiveOn <= date)
    .toSorted((a, b) =>
      a.effectiveOn === b.effectiveOn
        ? a.version - b.version
        : a.effectiveOn < b.effectiveOn
          ? -1
          : 1,
    )
    .reduce<CouncilPolicy>(
      (policy, change) => ({ ...policy, ...change.values, version: change.version }),
      shippedPolicy,
    );
}
