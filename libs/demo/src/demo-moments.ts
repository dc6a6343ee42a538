import {
  addDays,
  daysBetween,
  isoWeekOf,
  mondayOf,
  weekAfter,
  weekdayOf,
  type Instant,
} from '#kernel/time.js';
import { momentOn } from './demo-calendar.js';
import type { DemoCommand } from './demo-command.js';
import { caseworkCommands } from './casework-commands.js';
import { settlingMoments } from './demo-package.js';
import type { DemoPlan } from './demo-plan.js';
import { identityCommands } from './identity-commands.js';
import { journeyCommands } from './journey-commands.js';
import { setUpCommands } from './setup-commands.js';
import { eveningOf, morningOf, VisitCommands } from './visit-commands.js';
import { approvedAt, correctionsOn, proposedAt } from './visit-corrections.js';
import { VisitDays } from './visit-days.js';

/** All that is done at one simulated moment; the commands are independent of each other. */
export interface DemoMoment {
  readonly at: Instant;
  readonly commands: readonly DemoCommand[];
  /** Policies and deadlines are carried out before the clock moves on. */
  readonly settles: boolean;
}

/** The whole council in one chronological order. Visits are drawn as their days come. */
export class DemoMoments implements Iterable<DemoMoment> {
  private readonly fixed: ReadonlyMap<Instant, DemoCommand[]>;
  private readonly settling: ReadonlySet<Instant>;
  private readonly days: readonly string[];

  constructor(private readonly plan: DemoPlan) {
    const { goLiveOn, asOfOn, endsAt, setUpOn } = plan.calendar;
    const commands = [
      ...setUpCommands(plan),
      ...plan.packages.flatMap((carePackage) => journeyCommands(plan, carePackage)),
      ...identityCommands(plan),
      ...caseworkCommands(plan),
    ];
    this.fixed = Map.groupBy(commands, ({ at }) => at);
    this.days = Array.from({ length: daysBetween(goLiveOn, asOfOn) }, (_, at) =>
      addDays(goLiveOn, at),
    );
    this.settling = new Set([
      ...plan.packages.flatMap(settlingMoments),
      ...this.days.map(eveningOf),
      ...mondaysFrom(addDays(goLiveOn, -14), asOfOn).map((monday) => momentOn(monday, '00:00')),
      ...[momentOn(setUpOn, '10:00'), endsAt],
    ]);
  }

  /** About how many commands there are, for progress. */
  get estimate(): number {
    const { livePackages, standingPackages } = this.plan.size;
    const thisWeek = weekdayOf(this.plan.calendar.asOfOn) - 1;
    const recordings = (this.days.length - thisWeek) / 7 + 0.95 * thisWeek;
    const exceptions = this.days.length / 20;
    const weekly = (livePackages + standingPackages) * (recordings + exceptions) * 1.03;
    return weekly + [...this.fixed.values()].reduce((sum, { length }) => sum + length, 0);
  }

  *[Symbol.iterator](): Generator<DemoMoment> {
    const { endsAt } = this.plan.calendar;
    const drawn = this.visitMoments();
    const moments = new Set([...this.fixed.keys(), ...this.settling, ...drawn.keys()]);
    for (const at of [...moments].toSorted()) {
      if (at > endsAt) return;
      const commands = [...(this.fixed.get(at) ?? []), ...(drawn.get(at)?.() ?? [])];
      const settles = this.settling.has(at);
      if (commands.length > 0 || settles) yield { at, commands, settles };
    }
  }

  /** The moments of visits, each drawn when it comes. */
  private visitMoments(): Map<Instant, () => readonly DemoCommand[]> {
    const { plan } = this;
    const visitDays = new VisitDays(plan);
    const visits = new VisitCommands(plan, visitDays);
    const moments = new Map<Instant, () => readonly DemoCommand[]>();
    for (const date of this.days) {
      moments.set(morningOf(date), () => visits.morning(date));
      moments.set(eveningOf(date), () => visits.evening(date));
      if (weekdayOf(date) !== 2) continue;
      const corrections = () => correctionsOn(plan.seed, visitDays, date);
      moments.set(proposedAt(date), () => corrections().proposed);
      moments.set(approvedAt(date), () => {
        const { approved } = corrections();
        visitDays.forgetBefore(isoWeekOf(date));
        return approved;
      });
    }
    return moments;
  }
}

const mondaysFrom = (monday: string, before: string): string[] => {
  const first = isoWeekOf(monday);
  const count = Math.max(0, Math.floor(daysBetween(mondayOf(first), before) / 7) + 1);
  return Array.from({ length: count }, (_, at) => mondayOf(weekAfter(first, at)));
};
