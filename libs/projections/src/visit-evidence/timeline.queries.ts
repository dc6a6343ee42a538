import type { EventStore, Position, StoredEvent } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import type { CouncilPolicy } from '#kernel/council-policy.js';
import { fold } from '#kernel/decider.js';
import { civilDateOf, isoWeekOf, weeksFrom, type CivilDate, type Instant } from '#kernel/time.js';
import { visitIdOf, weekIdOf, type VisitState } from '#brokerage/visit/visit.rules.js';
import { evolveWeek, unplannedWeek } from '#brokerage/visit/visit.state.rules.js';
import { whyOf } from '../package/package-why.rules.js';
import type { HistoryLine } from '../package/package.view.js';
import { reasonReaders } from '../revealed-log.js';
import { isOfProvider } from '../who-sees.js';
import { statusOf } from '../visits/visits.queries.js';
import type { TimelineEntry, VisitRecord } from './timeline.view.js';
import { setsScheduleFrom, setsTime, tellOf } from './visit-told.rules.js';

/** Who answers an inquiry about visits. */
export const inquirers = ['broker', 'senior-broker', 'quality-officer', 'auditor'] as const;

export interface Judging {
  readonly now: Instant;
  readonly policy: CouncilPolicy;
}

type Log = Pick<EventStore, 'read'>;

/** What is recorded of visits, read from their own streams when it is asked for. */
export class Timelines {
  constructor(
    private readonly sealed: Log,
    private readonly revealed: Log,
  ) {}

  /** The visits of a package on some days, by agreed start, as a viewer may see them. */
  async visits(
    viewer: Viewer,
    packageId: string,
    days: { readonly from: CivilDate; readonly to: CivilDate },
    judging: Judging,
    only?: string,
    /** Only what was recorded up to this position. */
    upTo: Position = Number.POSITIVE_INFINITY,
  ): Promise<VisitRecord[]> {
    const isKnown = ({ position }: StoredEvent) => position <= upTo;
    const care = (await this.read(viewer, `carePackage-${packageId}`)).filter(isKnown);
    const records: VisitRecord[] = [];
    for (const week of weeksFrom(isoWeekOf(days.from), isoWeekOf(days.to))) {
      const stream = `visitWeek-${weekIdOf(packageId, week)}`;
      const events = (await this.read(viewer, stream)).filter(isKnown);
      const { visits } = fold({ initial: unplannedWeek, evolve: evolveWeek }, events);
      for (const visit of Object.values(visits)) {
        if (visit.on < days.from || visit.on > days.to) continue;
        if (only !== undefined && visit.visit !== only) continue;
        if (!hasRole(viewer, ...inquirers) && !isOfProvider(viewer, visit.providerId)) continue;
        records.push(
          await this.recordOf(viewer, visit, { packageId, events, care, judging, isKnown }),
        );
      }
    }
    return records.toSorted(byStart);
  }

  private async recordOf(viewer: Viewer, visit: VisitState, of: Streams): Promise<VisitRecord> {
    const { packageId, events, care, judging } = of;
    const visitId = visitIdOf(packageId, visit.visit);
    const entries: readonly StoredEvent[] = [
      ...events,
      ...(await this.alarms(viewer, visit, visitId)),
    ];
    const agreedBy = origin(viewer, visit, events, care);
    const told = entries.filter(of.isKnown).toSorted((a, b) => a.position - b.position);
    return {
      ...{ visitId, packageId, providerId: visit.providerId, on: visit.on },
      ...{ agreedStart: visit.agreedStart, startsAt: visit.startsAt, minutes: visit.minutes },
      ...{ carers: visit.carers, critical: visit.critical, status: statusOf(visit, judging) },
      ...(agreedBy && { agreedBy }),
      entries: told.flatMap((event) => entriesOf(viewer, event, tellOf(event, visit.visit))),
    };
  }

  /** What the council did about an alarm is not the provider's to read. */
  private async alarms(
    viewer: Viewer,
    { alarms }: VisitState,
    visitId: string,
  ): Promise<readonly StoredEvent[]> {
    if (!hasRole(viewer, ...inquirers)) return [];
    const kinds = [...new Set(alarms)];
    const read = kinds.map((kind) => this.read(viewer, `visitAlarm-${visitId}.${kind}`));
    return (await Promise.all(read)).flat();
  }

  private read(viewer: Viewer, stream: string): Promise<readonly StoredEvent[]> {
    const log = hasRole(viewer, ...reasonReaders) ? this.revealed : this.sealed;
    return log.read(stream, { limit: 10_000 });
  }
}

interface Streams {
  readonly packageId: string;
  readonly events: readonly StoredEvent[];
  readonly care: readonly StoredEvent[];
  readonly judging: Judging;
  readonly isKnown: (event: StoredEvent) => boolean;
}

const byStart = (a: VisitRecord, b: VisitRecord): number =>
  a.startsAt === b.startsAt ? (a.visitId < b.visitId ? -1 : 1) : a.startsAt < b.startsAt ? -1 : 1;

/** The last that set the visit's time: an agreement for it alone, or what its plan was made from. */
function origin(
  viewer: Viewer,
  { visit, on }: VisitState,
  events: readonly StoredEvent[],
  care: readonly StoredEvent[],
): TimelineEntry | undefined {
  const set = events.findLast((event) => setsTime(event, visit) !== null);
  if (!set) return undefined;
  if (setsTime(set, visit) === 'alone') return entriesOf(viewer, set, tellOf(set, visit))[0];
  const source = care.findLast((event) => {
    const from = setsScheduleFrom(event);
    return event.position < set.position && from !== null && from <= on;
  });
  if (!source) return entriesOf(viewer, set, tellOf(set, visit))[0];
  const from = setsScheduleFrom(source) ?? '';
  return entriesOf(viewer, source, [`${sources[source.type] ?? source.type} from ${from}.`])[0];
}

const sources: Readonly<Record<string, string>> = {
  PackageTakenOn: 'As the package was taken on, with care',
  AwardConfirmed: 'As offered and awarded, with care',
  PackageVaried: 'As varied',
  VariationEndedEarly: 'As before a variation that ended early, again',
};

function entriesOf(
  viewer: Viewer,
  event: StoredEvent,
  summaries: readonly string[],
): TimelineEntry[] {
  const why = hasRole(viewer, ...reasonReaders) ? whyOf(event) : undefined;
  const { id, position, type, metadata } = event;
  const { actor, recordedAt } = metadata;
  const council = hasRole(viewer, ...inquirers);
  const own = actor.organisation !== undefined && actor.organisation === viewer.organisation;
  const by = council || own || hasRole(actor, 'system') ? actor.id : 'council';
  return summaries.map((summary) => ({
    ...{ eventId: id, position: String(position), at: recordedAt, type, by, summary },
    ...(why && { why }),
  }));
}

/** What was recorded of a package on some days. */
export const within = (
  lines: readonly HistoryLine[],
  { from, to }: { readonly from: CivilDate; readonly to: CivilDate },
): HistoryLine[] =>
  lines.filter(({ at }) => {
    const on = civilDateOf(at);
    return from <= on && on <= to;
  });
