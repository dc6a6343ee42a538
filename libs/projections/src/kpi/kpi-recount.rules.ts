import { addDays, mondayOf, monthOf, type CivilDate, type Month } from '#kernel/time.js';
import type { Counts, Figure } from './kpi-shares.rules.js';
import { windowContributions, windowMemberships } from './continuity.rules.js';
import { dueReport, figureOf, windowsOf } from './kpi-figures.rules.js';
import type { JudgedWeek } from './judged-week.rules.js';
import { visitContributions, type KpiEnvironment } from './kpi.rules.js';

interface Window {
  readonly carers: Set<string>;
  readonly counts: Record<string, number>;
}

/**
 * Counts a month's figures anew from the weeks that hold its visits and windows. What it answers for
 * the policy in force is what the read model has stored, figure by figure.
 */
export class Recount {
  private readonly counters = new Map<string, Record<string, number>>();
  private readonly windows = new Map<string, Window>();
  private readonly judged;

  constructor(
    private readonly month: Month,
    private readonly today: CivilDate,
    private readonly environment: KpiEnvironment,
  ) {
    this.judged = windowsOf(month, today);
  }

  add(week: JudgedWeek): void {
    if (this.holdsDays(week)) this.addVisits(week);
    for (const { set, members, counts } of windowMemberships(week, '', this.environment)) {
      const startsOn = set.slice('window|'.length, 'window|'.length + 10);
      if (startsOn < this.judged.from || startsOn >= this.judged.before) continue;
      let window = this.windows.get(set);
      if (!window) this.windows.set(set, (window = { carers: new Set(), counts: {} }));
      for (const member of members) window.carers.add(member);
      addTo(window.counts, counts);
    }
  }

  /** A week before the month is read for its windows alone. */
  private holdsDays({ week }: JudgedWeek): boolean {
    return monthOf(addDays(mondayOf(week), 6)) >= this.month;
  }

  private addVisits(week: JudgedWeek): void {
    for (const { key, counts } of visitContributions(week, '', this.environment)) {
      const isOfMonth = key.startsWith(`visits|${this.month}|`);
      if (isOfMonth || key.startsWith(`unreported|${this.month}|`)) this.count(key, counts);
    }
  }

  figures(): Figure[] {
    for (const [set, { carers, counts }] of this.windows) {
      const figures = { distinct: carers.size, counts };
      for (const kept of windowContributions(set, figures, this.environment)) {
        this.count(kept.key, kept.counts);
      }
    }
    this.windows.clear();
    return [...this.counters].flatMap(([key, counts]) =>
      key.startsWith('unreported|')
        ? dueReport(key, counts, this.today)
        : [figureOf({ key, counts })],
    );
  }

  private count(key: string, added: Counts): void {
    let counts = this.counters.get(key);
    if (!counts) this.counters.set(key, (counts = {}));
    addTo(counts, added);
  }
}

function addTo(counts: Record<string, number>, added: Counts): void {
  for (const name in added) if (added[name]) counts[name] = (counts[name] ?? 0) + added[name];
}
