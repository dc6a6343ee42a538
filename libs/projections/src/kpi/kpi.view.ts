import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';

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

/** A provider's KPIs of one month, and the counts they come from. */
@ObjectType('ProviderKpi')
export class ProviderKpiRow extends KpiShares {
  @Field(() => ID)
  providerId: string;

  providerName: string;

  /** All planned visits, excused ones too (S2-14). */
  planned: number;

  excused: number;

  attended: number;

  /** Double-handed visits that fewer carers attended than were commissioned (S2-13). */
  partiallyAttended: number;

  missed: number;

  missedReportedByProvider: number;

  missedReportedByCouncil: number;

  /** Attended, partially attended or missed. */
  evidenced: number;
}

/** The KPIs of a month. */
@ObjectType()
export class ProviderKpis extends Stated {
  month: string;

  /** By the provider's name. */
  rows: ProviderKpiRow[];
}
