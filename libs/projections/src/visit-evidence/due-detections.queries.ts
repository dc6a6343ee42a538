import { systemActor } from '#kernel/actor.js';
import type { Instant } from '#kernel/time.js';
import type { DueDeadline } from '#platform/deadlines/deadline-runner.js';
import type { Projector } from '../read-side.js';
import { visitEvidence } from './visit-evidence.projection.js';

/**
 * Weeks in which visits count as missed by now, the earliest first. The week's own stream decides,
 * so that a read model that is behind while a file is taken in holds nothing up and accuses nobody.
 * A week in which it found nothing is looked at again each hour: the grace may have changed.
 */
export function dueDetections(projector: Projector, now: Instant, limit = 1_000): DueDeadline[] {
  const rows = projector.reader(visitEvidence).select(systemActor, 'weeks', {
    where: '"dueAt" <= ?',
    params: [now],
    orderBy: { column: 'dueAt', direction: 'asc' },
    limit,
  });
  const hour = now.slice(0, 13);
  return rows.map(({ packageId, week, dueAt, eventId }) => ({
    ...{ key: `detect-missed-visits/${packageId}/${week}/${dueAt}/${hour}`, eventId },
    ...{ command: 'DetectMissedVisits', fields: { packageId, week } },
  }));
}
