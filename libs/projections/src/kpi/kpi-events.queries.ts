import { setImmediate } from 'node:timers/promises';
import type { StoredEvent } from '#eventstore/event-store.js';
import { systemActor } from '#kernel/actor.js';
import {
  addDays,
  firstOfMonth,
  isoWeekOf,
  monthAfter,
  weekAfter,
  type CivilDate,
  type Month,
} from '#kernel/time.js';
import { visitIdOf } from '#brokerage/visit/visit.rules.js';
import { councilPolicyStream } from '#brokerage/council-policy/council-policy.slice.js';
import type { PolicyChangeApproved } from '#brokerage/council-policy/council-policy.events.js';
import type { Contribution } from '../projector/definition.js';
import type { Counted, CountedStream } from '../figure-events/figure-events.queries.js';
import type { Projector } from '../read-side.js';
import { windowContributions, windowSetsOf } from './continuity.rules.js';
import { plan, weekStream, type CountedAs } from './kpi-week-stream.rules.js';
import { dueReport, figureOf, windowsOf } from './kpi-figures.rules.js';
import type { FigurePart, KpiFigure } from './kpi-figures.view.js';
import { decideOn, isOfWindows, measure } from './kpi-measure.rules.js';
import type { Figure } from './kpi-shares.rules.js';
import { kpi } from './kpi.projection.js';
import { visitContributions, type KpiEnvironment } from './kpi.rules.js';

/** A figure of a row of KPIs. */
export interface KpiFigureAsked {
  readonly month: Month;
  readonly today: CivilDate;
  readonly figure: KpiFigure;
  readonly part: FigurePart;
  /** Absent: all providers' together; the same for patch and set of KPIs. */
  readonly providerId?: string | undefined;
  readonly patch?: string | undefined;
  readonly kpiSet?: string | undefined;
}

const chunkSize = 200;

/** What counts in a figure of a month, by the same rules that counted it (S2-9 to S2-14). */
export class KpiFigureEvents {
  private readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(kpi);
  }

  counted(asked: KpiFigureAsked): Counted {
    const asOf = this.reader.asOf();
    const environment = this.reader.figures.environmentAt<KpiEnvironment>(asOf.position);
    const { month, today, figure, part, providerId, patch, kpiSet } = asked;
    return {
      list: JSON.stringify(['kpi', month, today, figure, part, providerId, patch, kpiSet]),
      asOf,
      streams: (from) => this.streams(asked, environment, from),
    };
  }

  private async *streams(asked: KpiFigureAsked, environment: KpiEnvironment, from: string) {
    if (councilPolicyStream >= from) yield policyChanges(asked);
    if (isOfWindows(asked.figure)) yield* this.windows(asked, environment, from);
    else yield* this.visits(asked, environment, from);
  }

  /** Streams of weeks whose stored contributions say that a visit might count. */
  private async *visits(asked: KpiFigureAsked, environment: KpiEnvironment, from: string) {
    const counts = (contributions: readonly Contribution[]) => addedTo(asked, contributions) > 0;
    const counted: CountedAs = (row, id, visit, packageId) =>
      counts(visitContributions({ ...row, visits: { [id]: visit } }, '', environment))
        ? [visitIdOf(packageId, id)]
        : [];
    const looked = asked.figure === 'planned' ? plan : undefined;
    const first = firstOfMonth(asked.month);
    const range = [isoWeekOf(first), weekAfter(isoWeekOf(lastDayOf(asked.month)), 1)] as const;
    const keys = this.keys(range, from);
    for await (const { key, contributions } of this.added(keys)) {
      if (placed(asked, contributions).length > 0)
        yield weekStream(key, environment, counted, looked);
    }
  }

  /** Streams of weeks with a visit in a window that counts: its carers are judged together (S2-11). */
  private async *windows(asked: KpiFigureAsked, environment: KpiEnvironment, from: string) {
    const { from: first, before } = windowsOf(asked.month, asked.today);
    if (first >= before) return;
    const counting = await this.countingWindows(asked, environment);
    const keys = this.keys([isoWeekOf(first), weekAfter(isoWeekOf(addDays(before, 12)), 1)], from);
    const counted: CountedAs = (row, _, visit) => {
      if (Object.keys(visit.legs).length === 0) return [];
      const sets = windowSetsOf(row, visit, environment);
      return sets.filter((set) => counting.has(set)).map(windowName);
    };
    for await (const { key, memberships } of this.added(keys)) {
      const counts = memberships.some(({ set }) => counting.has(set));
      if (counts) yield weekStream(key, environment, counted);
    }
  }

  private async countingWindows(
    asked: KpiFigureAsked,
    environment: KpiEnvironment,
  ): Promise<ReadonlySet<string>> {
    const { from, before } = windowsOf(asked.month, asked.today);
    const found = new Set<string>();
    for (let on = from; on < before; on = addDays(on, 1)) {
      const prefix = ['window', on, ...(asked.providerId ? [asked.providerId, ''] : [''])].join(
        '|',
      );
      for (const { key, ...figures } of this.reader.figures.sets(systemActor, { prefix })) {
        if (addedTo(asked, windowContributions(key, figures, environment)) > 0) found.add(key);
      }
      await setImmediate();
    }
    return found;
  }

  private keys([first, before]: readonly [string, string], from: string): string[] {
    return this.reader
      .query<{ key: string }>(systemActor, {
        sql: 'SELECT key FROM weeks WHERE week >= ? AND week < ? AND key >= ?',
        params: [first, before, from],
        visibleTo: () => true,
      })
      .map(({ key }) => key)
      .toSorted();
  }

  private async *added(keys: readonly string[]) {
    for (let at = 0; at < keys.length; at += chunkSize) {
      const rows = this.reader.figures.added('weeks', keys.slice(at, at + chunkSize));
      yield* rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
      await setImmediate();
    }
  }
}

/** What contributions add to a part of a figure. */
const addedTo = (asked: KpiFigureAsked, contributions: readonly Contribution[]): number =>
  placed(asked, contributions).reduce(
    (sum, { counts }) => sum + measure(counts, asked.figure, asked.part),
    0,
  );

const placed = (asked: KpiFigureAsked, contributions: readonly Contribution[]): Figure[] =>
  contributions
    .flatMap(({ key, counts }) => figuresOfMonth(asked, key, counts))
    .filter((figure) => isOfPlace(asked, figure));

function figuresOfMonth(
  { month, today }: KpiFigureAsked,
  key: string,
  counts: Contribution['counts'],
): Figure[] {
  if (key.startsWith('continuity|')) return [figureOf({ key, counts })];
  if (key.startsWith(`visits|${month}|`)) return [figureOf({ key, counts })];
  return key.startsWith(`unreported|${month}|`) ? dueReport(key, counts, today) : [];
}

const isOfPlace = ({ providerId, patch, kpiSet }: KpiFigureAsked, figure: Figure): boolean =>
  (providerId === undefined || figure.providerId === providerId) &&
  (patch === undefined || figure.patch === patch) &&
  (kpiSet === undefined || figure.kpiSet === kpiSet);

/** Changes of policy that decide on what counts: no count of theirs, but without them it is another. */
const policyChanges = ({ figure, month }: KpiFigureAsked): CountedStream => ({
  stream: councilPolicyStream,
  madeBy: (events) =>
    new Map(
      events.filter((event) => decides(event, figure, month)).map((event) => [event, []] as const),
    ),
});

function decides({ type, data }: StoredEvent, figure: KpiFigure, month: Month): boolean {
  if (type !== 'PolicyChangeApproved') return false;
  const { effectiveOn, values } = data as PolicyChangeApproved['data'];
  return effectiveOn <= lastDayOf(month) && decideOn(values, figure);
}

const lastDayOf = (month: Month): CivilDate => addDays(firstOfMonth(monthAfter(month, 1)), -1);

/** `2026-03-02/<provider>/<person>`. */
const windowName = (set: string): string => set.split('|').slice(1).join('/');
