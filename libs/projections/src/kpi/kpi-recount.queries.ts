import { setImmediate } from 'node:timers/promises';
import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import { systemActor, type Viewer } from '#kernel/actor.js';
import type { CouncilPolicyValues, PolicyChange } from '#kernel/council-policy.js';
import {
  addDays,
  firstOfMonth,
  isoWeekOf,
  londonInstant,
  monthAfter,
  weeksFrom,
  type CivilDate,
  type Instant,
  type IsoWeek,
  type Month,
} from '#kernel/time.js';
import { contractRegister } from '../contract-register/contract-register.projection.js';
import { councilPolicy } from '../council-policy/council-policy.projection.js';
import type { Projector } from '../read-side.js';
import { Recount } from './kpi-recount.rules.js';
import type { Figure } from './kpi-shares.rules.js';
import { theBeginning } from './continuity.rules.js';
import type { JudgedWeek } from './judged-week.rules.js';
import { kpi } from './kpi.projection.js';
import type { KpiEnvironment } from './kpi.rules.js';

/** What a month is recounted by. */
export interface RecountQuestion {
  readonly month: Month;
  readonly today: CivilDate;
  /** Values instead of those that were in force. */
  readonly policy?: CouncilPolicyValues;
  /** Only what was recorded up to the end of this day. */
  readonly knownOn?: CivilDate | undefined;
  /** Only what the log held up to this position. */
  readonly knownUpTo?: Position | undefined;
}

/** Figures of a month counted anew from rows, by another policy or as once known; stores nothing. */
export class KpiRecounts {
  private readonly reader;
  private readonly register;
  private readonly policy;

  /** @param judgedBy where contracts and policy are read, if not as they are now */
  constructor(
    projector: Projector,
    private readonly log: Pick<EventStore, 'read'>,
    judgedBy: Projector = projector,
  ) {
    this.reader = projector.reader(kpi);
    this.register = judgedBy.reader(contractRegister);
    this.policy = judgedBy.reader(councilPolicy);
  }

  /** Goes week by week, so that others are answered in between. */
  async figures(viewer: Viewer, question: RecountQuestion): Promise<Figure[]> {
    const { month, knownOn, knownUpTo } = question;
    const before = knownOn && londonInstant(addDays(knownOn, 1), '00:00').instant;
    const today = knownOn && knownOn < question.today ? addDays(knownOn, 1) : question.today;
    const isKnown = knownBy(before, knownUpTo);
    const recount = new Recount(month, today, this.environment(question.policy, before));
    for (const week of weeksOf(month)) {
      const rows = isKnown ? await this.knownWeeks(week, isKnown) : this.weeks(week);
      for (const row of rows) recount.add(row);
      await setImmediate();
    }
    const visible = ({ providerId }: Figure) =>
      kpi.figuresVisibleTo?.(`visits|${month}|${providerId}`, viewer) ?? false;
    return recount.figures().filter(visible);
  }

  private weeks(week: IsoWeek): readonly JudgedWeek[] {
    return this.reader.select(systemActor, 'weeks', { filter: { week } });
  }

  /** The weeks as the events that were known make them, by the read model's own fold. */
  private async knownWeeks(week: IsoWeek, isKnown: IsKnown): Promise<JudgedWeek[]> {
    const statement = { sql: 'SELECT key FROM weeks WHERE week = ?', params: [week] };
    const visibleTo = () => true;
    const streams = this.reader.query<{ key: string }>(systemActor, { ...statement, visibleTo });
    const weeks: JudgedWeek[] = [];
    for (const { key } of streams) {
      const events = await this.log.read(key, { limit: 10_000 });
      const row = weekFrom(events.filter(isKnown));
      if (row) weeks.push(row);
    }
    return weeks;
  }

  private environment(
    instead: CouncilPolicyValues | undefined,
    before: Instant | undefined,
  ): KpiEnvironment {
    const contracts = this.register.select(systemActor, 'contracts');
    const named = contracts.flatMap(({ contractId, kpiSet }) =>
      kpiSet === undefined ? [] : [[contractId, kpiSet] as const],
    );
    return {
      changes: instead ? overridden(this.changes(before), instead) : this.changes(before),
      kpiSets: Object.fromEntries(named),
    };
  }

  private changes(before: Instant | undefined): PolicyChange[] {
    return this.policy.select(systemActor, 'changes').flatMap((row) => {
      const { version, effectiveOn, values, approvedAt = '' } = row;
      if (version === undefined || (before && approvedAt >= before)) return [];
      return [{ version, effectiveOn, values }];
    });
  }
}

type IsKnown = (event: StoredEvent) => boolean;

/** `undefined`: everything is. */
function knownBy(before: Instant | undefined, upTo: Position | undefined): IsKnown | undefined {
  if (upTo !== undefined) return ({ position }) => position <= upTo;
  if (before === undefined) return undefined;
  return ({ metadata }) => metadata.recordedAt < before;
}

/** The weeks that hold a month's visits, and those of its windows of two weeks. */
function weeksOf(month: Month): readonly IsoWeek[] {
  const lastDay = addDays(firstOfMonth(monthAfter(month, 1)), -1);
  return weeksFrom(isoWeekOf(addDays(firstOfMonth(month), -13)), isoWeekOf(lastDay));
}

/** Every change of policy, with these values in force from the first day to the last. */
const overridden = (
  changes: readonly PolicyChange[],
  instead: CouncilPolicyValues,
): PolicyChange[] => [
  { version: 0, effectiveOn: theBeginning, values: instead },
  ...changes.map((change) => ({ ...change, values: { ...change.values, ...instead } })),
];

function weekFrom(events: readonly StoredEvent[]): JudgedWeek | undefined {
  let row: JudgedWeek | undefined;
  const weeks = {
    change: (_: string, next: (before: typeof row) => typeof row) => {
      row = next(row);
    },
  };
  const handlers = kpi.on as Readonly<Record<string, ((handling: object) => void) | undefined>>;
  for (const event of events)
    handlers[event.type]?.({ event, data: event.data, tables: { weeks } });
  return row;
}
