import { Field, HideField, ID, ObjectType } from '@nestjs/graphql';
import {
  KpiSubjectCode,
  type KpiSubject,
} from '#brokerage/stated-figure/stated-figure.commands.js';
import { Stated } from '#platform/graphql/paging.view.js';

/** A month as it was counted on a day. */
export interface CountedMonth {
  readonly month: string;
  readonly today: string;
}

/** Where the true share lies with 95 % confidence (Wilson), in percent with one decimal. */
@ObjectType()
export class KpiInterval {
  low: string;

  high: string;
}

/** A share that is reported and has no target. */
@ObjectType()
export class CareShare {
  kept: number;

  /** What could have been kept; 0: not applicable. */
  required: number;

  /** One decimal, or "not applicable". */
  display: string;

  /** Absent: not applicable. */
  interval?: KpiInterval;
}

/** A share kept: more is better (S2-10). */
@ObjectType()
export class KpiShare {
  kept: number;

  /** What could have been kept; 0: not applicable. */
  required: number;

  targetPercent: number;

  /** Whether the share reaches the target, as exact fractions; absent: not applicable. */
  met?: boolean;

  /** One decimal, or "not applicable"; a failing share is never shown as its target. */
  display: string;

  /** Absent: not applicable. */
  interval?: KpiInterval;

  /** In the league: the interval overlaps that of the row above, so the two are not told apart. */
  notDistinguishable?: boolean;
}

/** A provider's KPIs of one month. */
@ObjectType({ isAbstract: true })
export class KpiShares {
  /** Standard visits that started within the tolerance, of those attended (S2-9). */
  punctualityStandard: KpiShare;

  /** Critical visits that started within the tolerance, of those attended (S2-9). */
  punctualityCritical: KpiShare;

  /** Visits attended, at least by one leg, of those with evidence (S2-13). */
  notMissed: KpiShare;

  /** Windows of two weeks that kept to their limit of carers (S2-11). */
  continuity: KpiShare;
}

/** The KPIs of the contracts that name one set of KPIs, by its own targets (S3-12). */
@ObjectType()
export class KpiSetShares extends KpiShares {
  kpiSet: string;
}

/** Counts of visits that KPIs come from. */
@ObjectType({ isAbstract: true })
export class VisitCounts extends KpiShares {
  /** All planned visits, excused ones too (S2-14). */
  planned: number;

  excused: number;

  /** Planned and not excused. */
  required: number;

  /** Fortnights in which continuity cannot be told, because a carer is not named (S2-11). */
  windowsUntold: number;

  attended: number;

  /** Double-handed visits that fewer carers attended than were commissioned (S2-13). */
  partiallyAttended: number;

  /** Attended visits that started later than the tolerance. */
  late: number;

  missed: number;

  missedReportedByProvider: number;

  missedReportedByCouncil: number;

  /** Missed by evidence, reported or not (S2-12). */
  missedDetected: number;

  /** Detected, and not reported while a report was due (S2-12). */
  missedUnreported: number;

  /** Attended so late that policy counts them as missed; off in the policy shipped (X10). */
  missedByCutOff: number;

  /** Attended, partially attended or missed. */
  evidenced: number;

  /** Required visits of which nothing is known; they are not missed (S2-12). */
  notEvidenced: number;
}

/** The KPIs of one month of a provider, a patch or the council, and the counts they come from. */
@ObjectType('ProviderKpi')
export class ProviderKpiRow extends VisitCounts {
  /** Whose visits these are; absent: all providers'. */
  @Field(() => ID, { nullable: true })
  providerId?: string;

  providerName?: string;

  /** Absent: all patches. */
  patch?: string;

  /** Required visits with evidence (X27). */
  evidenceCoverage: CareShare;

  /** Less evidence than policy asks for: the month is not ranked (X27). */
  evidenceIncomplete: boolean;

  /** Attended visits that started within the minutes that the council expects (S2-5). */
  asExpected: CareShare;

  /** Double-handed visits that all their carers attended, of those attended (X3, S2-13). */
  doubleHandedKept: CareShare;

  /** Logs made as it happened, of all logs (S1-15). */
  electronicLogs: CareShare;

  /** Required visits of at least 30 minutes, by policy (NICE QS123, X3). */
  longVisits: CareShare;

  /** Shorter visits with a prior agreement for a named short task (NICE QS123, X3). */
  agreedShortVisits: CareShare;

  /** The challenge period is not over, or the evidence is not in (S2-10). */
  provisional: boolean;

  /** Of contracts that name a set of KPIs: each by its own targets (S3-12). */
  kpiSets: KpiSetShares[];

  /** What was counted, for who asks for the events behind it; absent where nothing was stored. */
  @HideField()
  counted?: CountedMonth;
}

/** The KPIs of a month. */
@ObjectType()
export class ProviderKpis extends Stated {
  month: string;

  @Field(() => KpiSubjectCode)
  by: KpiSubject;

  /** The first day after the period in which providers may challenge the figures (S2-10). */
  finalOn: string;

  /** The challenge period is not over, or some row's evidence is not in (S2-10). */
  provisional: boolean;

  /** By name. */
  rows: ProviderKpiRow[];
}
