import { hasRole, type Viewer } from '#kernel/actor.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { comparingRoles, isOfProvider } from '../who-sees.js';
import type { AlarmRow } from './alarm-row.rules.js';
import { alarmReaders, visitAlarms } from './visit-alarms.projection.js';
import {
  VisitAlarmsSort,
  type MissedVisitCounts,
  type VisitAlarm,
  type VisitAlarmsFilter,
} from './visit-alarms.view.js';

interface Paging {
  readonly first: number;
  readonly cursor?: string | undefined;
}

const orders = {
  [VisitAlarmsSort.CRITICAL_FIRST]: { column: 'urgency', direction: 'asc' },
  [VisitAlarmsSort.OLDEST_FIRST]: { column: 'raisedAt', direction: 'asc' },
  [VisitAlarmsSort.NEWEST_FIRST]: { column: 'raisedAt', direction: 'desc' },
} as const;

/** An alarm as it is shown, with where its outcome stands in the log. */
export type ShownAlarm = VisitAlarm & { readonly outcomePosition?: number };

/** Reads of alarms, and of missed visits as they are counted (X26, S2-12). */
export class VisitAlarmReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(visitAlarms);
  }

  alarms(
    viewer: Viewer,
    filter: VisitAlarmsFilter,
    sort: VisitAlarmsSort,
    { first, cursor: after }: Paging,
  ): Page<ShownAlarm> {
    const orderBy = orders[sort];
    const page = this.reader.page(viewer, 'alarms', {
      ...{ filter: { ...filter }, orderBy, first, after },
    });
    const { hasNextPage, hasPreviousPage, asOf } = page;
    return {
      edges: page.edges.map((edge) => ({ ...edge, node: shown(edge.node, viewer) })),
      ...{ hasNextPage, hasPreviousPage, asOf },
      get totalCount() {
        return page.totalCount;
      },
    };
  }

  /** Counted by the days of the visits; `now` tells which reports are late. */
  missedVisits(
    viewer: Viewer,
    days: { readonly from: CivilDate; readonly before: CivilDate },
    now: Instant,
  ): MissedVisitCounts[] {
    const rows = this.reader.query<MissedVisitCounts>(viewer, {
      sql: `SELECT "providerId", SUM("missed") AS missed,
          SUM("missed" AND "reportedByProviderAt" IS NOT NULL) AS reported,
          SUM("missed" AND "detected") AS detected,
          SUM("missed" AND "detected" AND "reportDueBy" <= ?
            AND ("reportedByProviderAt" IS NULL OR "reportedByProviderAt" >= "reportDueBy"))
            AS "detectedNotReported"
        FROM misses WHERE "visitOn" >= ? AND "visitOn" < ?
        GROUP BY "providerId" ORDER BY "providerId"`,
      params: [now, days.from, days.before],
      visibleTo: ({ providerId }, who) =>
        hasRole(who, ...comparingRoles) || isOfProvider(who, providerId),
    });
    return rows.filter(({ missed }) => missed > 0);
  }
}

/** A provider hears that an alarm is over, not what was found. */
function shown(row: AlarmRow, viewer: Viewer): ShownAlarm {
  const { escalatesAt, eventId: _, ...all } = row;
  const clock = escalatesAt !== null && { escalatesAt };
  if (hasRole(viewer, ...alarmReaders)) return { ...all, ...clock };
  const { closedBy: _by, personSafe: _safe, safeguardingRaised: _raised, ...own } = all;
  const { outcomePosition: _position, owner: __, ...told } = own;
  return { ...told, owner: 'council', ...clock };
}
