import { systemActor } from '#kernel/actor.js';
import type { Instant } from '#kernel/time.js';
import type { DueDeadline } from '#platform/deadlines/deadline-runner.js';
import type { Projector } from '../read-side.js';
import type { OpenWeekRow } from './visit-evidence.view.js';
import { visitEvidence } from './visit-evidence.projection.js';

/**
 * Weeks in which visits count as missed by now, the earliest first. The week's own stream decides,
 * so that a read model that is behind while a file is taken in holds nothing up and accuses nobody.
 * A week in which it found nothing is looked at again each hour, for the grace may have changed, and
 * when its provider's feed gives a sign.
 */
export function dueDetections(projector: Projector, now: Instant, limit = 1_000): DueDeadline[] {
  const reader = projector.reader(visitEvidence);
  const rows = reader.select(systemActor, 'weeks', {
    where: '"dueAt" <= ?',
    params: [now],
    orderBy: { column: 'dueAt', direction: 'asc' },
    limit,
  });
  const hour = now.slice(0, 13);
  const signs = new Map<string, string>();
  const signOf = (providerId: string): string => {
    const known = signs.get(providerId);
    if (known !== undefined) return known;
    const sign = reader.get(systemActor, 'feeds', providerId)?.heard?.at(-1)?.until ?? '';
    signs.set(providerId, sign);
    return sign;
  };
  const signsOf = (open: OpenWeekRow['open']): string =>
    [...new Set(Object.values(open).map(({ providerId }) => signOf(providerId)))].join('+');
  return rows.map(({ packageId, week, dueAt, eventId, open }) => ({
    ...{
      key: `detect-missed-visits/${packageId}/${week}/${dueAt}/${hour}/${signsOf(open)}`,
      eventId,
    },
    ...{ command: 'DetectMissedVisits', fields: { packageId, week } },
  }));
}
