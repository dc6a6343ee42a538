import { Field, Float, ID, ObjectType, PartialType } from '@nestjs/graphql';
import {
  ContinuityStepCode,
  MinimumCqcRatingCode,
  PanelMeasureCode,
  RouteCode,
} from '#brokerage/council-policy/council-policy.commands.js';
import { Stated } from '#platform/graphql/paging.view.js';

/** Minutes for standard and for critical visits. */
@ObjectType()
export class VisitMinutes {
  standard: number;

  critical: number;
}

/** Minutes that a request is open. */
@ObjectType()
export class WindowMinutes {
  standard: number;

  urgent: number;
}

/** A whole number for each KPI. */
@ObjectType()
export class KpiNumbers {
  punctualityStandard: number;

  punctualityCritical: number;

  continuity: number;

  notMissed: number;
}

/** Targets of the contracts that name a set of KPIs (S3-12). */
@ObjectType()
export class KpiSetNumbers {
  kpiSet: string;

  targetPercent: KpiNumbers;
}

/** What the Quality Assurance Panel considers (S3-7). */
@ObjectType()
export class PanelNumbers {
  @Field(() => PanelMeasureCode)
  measure: 'weekly-cost' | 'weekly-hours' | 'yearly-cost';

  /** Pence a week, minutes a week or pence a year; strictly more goes to the panel. Absent: none. */
  level?: number;

  /** Working days until the panel is due after interim authority. */
  interimWorkingDays: number;

  /** Agencies that must each approve. */
  @Field(() => [String])
  agencies: readonly string[];
}

/** The order in which each service line asks (S3-17). */
@ObjectType()
export class Cascade {
  @Field(() => [RouteCode])
  longTerm: readonly ('framework' | 'spot' | 'in-house')[];

  @Field(() => [RouteCode])
  shortTerm: readonly ('framework' | 'spot' | 'in-house')[];
}

/** How long an alarm waits before someone more senior is asked (X26). */
@ObjectType()
export class VisitAlarmClock {
  criticalMinutes: number;

  /** Counted in office hours. */
  standardWorkingMinutes: number;
}

/** When the office works on a working day. */
@ObjectType()
export class OfficeHours {
  opensAt: string;

  closesAt: string;
}

/** What the council may spend in a financial year by type of service (S2-18, S3-9). */
@ObjectType()
export class ServiceBudgets {
  /** Pence; null where none is set. */
  @Field(() => Float, { nullable: true })
  longTermPence: number | null;

  /** Pence; null where none is set. */
  @Field(() => Float, { nullable: true })
  shortTermPence: number | null;
}

/** Days until an award is chased (X24). */
@ObjectType()
export class ChaseDays {
  acknowledgeWorkingDays: number;

  startDays: number;
}

/** Months that a record is kept after its last package is over (X29). */
@ObjectType()
export class RetentionMonths {
  caredForMonths: number;

  notCaredForMonths: number;
}

/** How visits are paid where a contract says nothing else (section 5). */
@ObjectType()
export class PayNumbers {
  /** Bands above the commissioned one that are paid without approval (S2-17b). */
  overCommissionBands: number;

  /** A Monday on which a statement's period begins; the others follow from it. */
  periodsFromOn: string;

  /** Weeks of a statement's period (S2-18). */
  periodWeeks: number;

  /** Working days to answer a provider's query of a line (X15). */
  queryWorkingDays: number;
}

/** The council's own numbers. */
@ObjectType({ isAbstract: true })
export class PolicyNumbers {
  /** Largest distance from the agreed start that is on time (S2-9). */
  punctualityToleranceMinutes: VisitMinutes;

  /** Shares kept that a provider must reach (S2-10). */
  targetPercent: KpiNumbers;

  /** How long a request is open (X4). */
  requestWindowMinutes: WindowMinutes;

  /** Time after the agreed start before a visit without evidence may count as missed (S2-12). */
  missedGraceMinutes: VisitMinutes;

  /** Working days after a visit's own within which its provider reports it missed (S2-12). */
  missReportWorkingDays: number;

  visitAlarmClock: VisitAlarmClock;

  /** An alarm of a visit that lay further back when it was raised escalates to nobody (X26). */
  visitAlarmEscalatesWithinDays: number;

  officeHours: OfficeHours;

  @Field(() => ContinuityStepCode)
  continuityStep: 'weekly' | 'daily';

  /** Whether continuity counts legs instead of visits (S2-11). */
  continuityCountsLegs: boolean;

  /** Weights of the provider league (L1). */
  leagueWeights: KpiNumbers;

  /** Fewer evidenced visits in a month leave a provider unranked (L1). */
  leagueMinimumVisits: number;

  /** A smaller share of required visits with evidence leaves a provider's month unranked (X27). */
  evidenceCoveragePercent: number;

  /** A feed that was silent for longer tells of no miss; 0: its declaration is enough (S2-12). */
  feedSilenceMinutes: number;

  /** For so long a leg without a log-out counts as still under way, and is no exception (X12). */
  openLegMinutes: number;

  /** How long the older secret of a feed is still good after its rotation. */
  feedSecretOverlapHours: number;

  /** How long a message of the case system is waited for before a person is told that it is missing. */
  caseGapMinutes: number;

  /** Working days after a month within which a provider may challenge its figures (S2-10). */
  challengeWorkingDays: number;

  /** A visit that starts later than this counts as missed; 0: it is late, however late (X10). */
  lateCutOffMinutes: number;

  /** The distance from the agreed start that the council expects; reported, never judged (S2-5). */
  expectedArrivalMinutes: number;

  /** Targets by set of KPIs; a set that is not named here has the general ones (S3-12). */
  @Field(() => [KpiSetNumbers])
  kpiSets: readonly KpiSetNumbers[];

  planWeeksAhead: number;

  panel: PanelNumbers;

  cascade: Cascade;

  /** A short-term service ends within this many weeks (S4-5). */
  shortTermWeeks: number;

  /** Shorter visits need a recorded prior agreement (X3). */
  shortVisitMinutes: number;

  /** Whether the pack tells the postcode sector (S1-9). */
  packTellsSector: boolean;

  chase: ChaseDays;

  budgets: ServiceBudgets;

  /** How long the provider before a suspension may answer the restart (X17). */
  restartWindowMinutes: number;

  /** An increase starts no more than this many days before it is submitted (X18). */
  increaseBackdatingDays: number;

  /** A handback with a shorter notice makes the package urgent (X19). */
  handbackNoticeDays: number;

  /** A risk review of a waiting person is due this many days after the last (S2-20). */
  riskReviewDays: number;

  /** Days on which the office does not work, beside weekends. */
  @Field(() => [String])
  bankHolidays: readonly string[];

  /** A lower CQC rating keeps a provider from new work (S4-8). */
  @Field(() => MinimumCqcRatingCode)
  minimumCqcRating: 'outstanding' | 'good' | 'requires-improvement' | 'inadequate';

  notRatedAllowed: boolean;

  /** Whether a provider of which no CQC registration is recorded may take new work. */
  unrecordedRegistrationAllowed: boolean;

  retention: RetentionMonths;

  /** How long a provider may still read who a person is after its care ended (S1-9). */
  identityAfterCareDays: number;

  pay: PayNumbers;

  /** First day with electronic call monitoring. */
  ecmGoLiveOn?: string;
}

/** The values that a change sets. */
@ObjectType()
export class PolicyValues extends PartialType(PolicyNumbers, ObjectType) {}

/** A proposed or approved change. */
@ObjectType()
export class PolicyChangeRow {
  @Field(() => ID)
  changeId: string;

  effectiveOn: string;

  values: PolicyValues;

  reason: string;

  proposedBy: string;

  proposedAt: string;

  /** Counts approvals from 1; absent: not approved yet. */
  version?: number;

  approvedBy?: string;

  approvedAt?: string;
}

/** The council policy in force on a date, and how it came to be. */
@ObjectType()
export class Policy extends PolicyNumbers implements Stated {
  on: string;

  /** The approved change these values come from; 0 is what the product ships. */
  version: number;

  /** Every change, the newest proposal first. */
  changes: PolicyChangeRow[];

  asOf: Stated['asOf'];
}
