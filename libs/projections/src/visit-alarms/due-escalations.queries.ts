import { systemActor } from '#kernel/actor.js';
import type { Instant } from '#kernel/time.js';
import type { DueDeadline } from '#platform/deadlines/deadline-runner.js';
import type { Projector } from '../read-side.js';
import { visitAlarms } from './visit-alarms.projection.js';

/** Alarms that waited too long by now, the longest first; their own streams decide. */
export function dueEscalations(projector: Projector, now: Instant, limit = 1_000): DueDeadline[] {
  const rows = projector.reader(visitAlarms).select(systemActor, 'alarms', {
    where: '"escalatesAt" <= ?',
    params: [now],
    orderBy: { column: 'escalatesAt', direction: 'asc' },
    limit,
  });
  return rows.map(({ alarmId, escalations, escalatesAt, eventId }) => ({
    ...{ key: `escalate-visit-alarm/${alarmId}/${escalations + 1}`, eventId },
    command: 'EscalateVisitAlarm',
    fields: { alarmId, level: escalations + 1, dueAt: escalatesAt },
  }));
}
