import { ObjectType } from '@nestjs/graphql';
import { Stated } from '#platform/graphql/paging.view.js';

/** One week's care under external contracts. */
@ObjectType()
export class WeekOfCare {
  /** Different people with at least one visit. */
  people: number;

  visits: number;

  /** Minutes of every carer: a double-handed visit counts twice. */
  carerMinutes: number;

  /** The same in hours, two decimals. */
  carerHours: string;
}

/** One week's care as it was planned. */
@ObjectType()
export class PlannedWeek extends WeekOfCare {
  /** Minutes of visits, however many carers attend. */
  visitMinutes: number;
}

/** What was awarded through brokerage requests to external providers (S1-1, S1-2). */
@ObjectType()
export class AwardedCare {
  packages: number;

  /** Different people; one awarded twice counts once. */
  people: number;

  /** Weekly carer minutes of all packages awarded in the period. */
  weeklyMinutes: number;

  /** Hours a week commissioned: those minutes in hours by the weeks of the period (days / 7). */
  hoursPerWeek?: string;

  /** Hours a week of each person's latest awarded plan, on average. */
  hoursPerPerson?: string;

  /** Hours a week per awarded package, on average. */
  hoursPerPackage?: string;
}

/** How many of the week's people pay their care in full (S3-3). */
@ObjectType()
export class FullCostShare {
  people: number;

  ofPeople: number;

  /** One decimal; absent: nobody had a visit. */
  percent?: string;
}

/** Standard weekday daytime rates over live framework admissions, in pence per hour (S1-14, S2-15). */
@ObjectType()
export class RatesReport {
  on: string;

  /** Framework contracts with a rate on that date. */
  contracts: number;

  lowestPencePerHour?: number;

  highestPencePerHour?: number;

  /** Weighted by the weekly hours of live packages, rounded half-up. */
  averagePencePerHour?: number;

  averageWeightedBy: string;
}

/** The figures that a council must be able to state (rules.md section 9). */
@ObjectType()
export class CouncilFigures extends Stated {
  /** The reference week. */
  week: string;

  weekStartsOn: string;

  /** Its Sunday. */
  weekLastDay: string;

  /** First day of the period of awards. */
  from: string;

  /** Last day of the period of awards, inclusive. */
  to: string;

  /** Days of the period; a seventh of them are its weeks. */
  days: number;

  /** Care planned in the reference week (S2-1); excused visits stay planned. */
  planned: PlannedWeek;

  /** Care delivered in the reference week: attended visits, logged minutes. */
  delivered: WeekOfCare;

  awarded: AwardedCare;

  fullCost: FullCostShare;

  rates: RatesReport;

  /** Live packages whose contract is past its end: they are to move, never stopped (S1-7). */
  packagesNeedingTransition: number;

  /** The day of the answer: packages are live, and contracts past their end, on it. */
  statedOn: string;
}
