import { systemActor } from '#kernel/actor.js';
import { addMinutes, type Instant } from '#kernel/time.js';
import type { DueDeadline } from '#platform/deadlines/deadline-runner.js';
import type { Projector } from '../read-side.js';
import { caseMessages } from './case-messages.projection.js';

/** Gaps in a case system's messages that lasted too long by now; the inbox itself decides. */
export function dueGaps(
  projector: Projector,
  now: Instant,
  waitMinutes: number,
  limit = 1_000,
): DueDeadline[] {
  const rows = projector.reader(caseMessages).select(systemActor, 'inboxes', {
    where: '"reportsAfter" <= ?',
    params: [addMinutes(now, -waitMinutes)],
    orderBy: { column: 'reportsAfter', direction: 'asc' },
    limit,
  });
  return rows.map(({ personId, eventId }) => ({
    ...{ key: `report-case-gap/${personId}`, eventId },
    command: 'ReportCaseGap',
    fields: { personId },
  }));
}
