import { isoWeekOf, type CivilDate, type IsoWeek } from '#kernel/time.js';
import type { DemoPackage } from './demo-package.js';
import type { DemoPlan } from './demo-plan.js';
import { VisitOutcomes, type VisitOutcome } from './visit-outcomes.js';

/** A package's week with what becomes of its visits. */
export interface PackageWeek {
  readonly carePackage: DemoPackage;
  readonly week: IsoWeek;
  readonly outcomes: readonly VisitOutcome[];
}

/** One visit of a package. */
export interface OneVisit {
  readonly carePackage: DemoPackage;
  readonly outcome: VisitOutcome;
}

export const visitIdOf = ({ carePackage, outcome }: OneVisit): string =>
  `${carePackage.packageId}.${outcome.planned.visit}`;

/** All visits of the city by week and day; a week is drawn once and kept until it is let go. */
export class VisitDays {
  private readonly outcomes: VisitOutcomes;
  private readonly weeks = new Map<IsoWeek, readonly PackageWeek[]>();
  private readonly days = new Map<CivilDate, OneVisit[]>();

  constructor(private readonly plan: DemoPlan) {
    this.outcomes = new VisitOutcomes(plan);
  }

  week(week: IsoWeek): readonly PackageWeek[] {
    const known = this.weeks.get(week);
    if (known) return known;
    const drawn: PackageWeek[] = [];
    for (const carePackage of this.plan.packages) {
      const outcomes = this.outcomes.ofWeek(carePackage, week);
      if (outcomes.length > 0) drawn.push({ carePackage, week, outcomes });
      for (const outcome of outcomes) this.dayOf(outcome.planned.on).push({ carePackage, outcome });
    }
    this.weeks.set(week, drawn);
    return drawn;
  }

  on(date: CivilDate): readonly OneVisit[] {
    this.week(isoWeekOf(date));
    return this.dayOf(date);
  }

  /** The day of a package's first visit with electronic monitoring. */
  firstDayOf(carePackage: DemoPackage): CivilDate | undefined {
    return this.outcomes.firstDayOf(carePackage);
  }

  /** Lets go of all earlier weeks. */
  forgetBefore(week: IsoWeek): void {
    for (const known of this.weeks.keys()) if (known < week) this.weeks.delete(known);
    for (const date of this.days.keys()) if (isoWeekOf(date) < week) this.days.delete(date);
  }

  private dayOf(date: CivilDate): OneVisit[] {
    const known = this.days.get(date);
    if (known) return known;
    const visits: OneVisit[] = [];
    this.days.set(date, visits);
    return visits;
  }
}
