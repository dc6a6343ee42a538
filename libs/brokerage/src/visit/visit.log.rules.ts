import {
  addMinutes,
  instantMs,
  instantOf,
  londonReadings,
  resolveLocalActual,
  type Instant,
} from '#kernel/time.js';
import { ensure } from './visit.rules.js';

interface ReadLog {
  readonly inAt: Instant;
  readonly outAt: Instant | null;
  readonly ambiguous?: true;
}

const hasOffset = (time: string): boolean => /(Z|[+-]\d{2}:\d{2})$/.test(time);

/**
 * Reads a log-in and log-out: instants as they are; local times by the rule for the repeated hour:
 * the reading whose end is after its start, then the one nearest the agreed start (X9).
 */
export function readLog(
  loggedIn: string,
  loggedOut: string | undefined,
  agreedAt: Instant,
): ReadLog {
  if (hasOffset(loggedIn) && (loggedOut === undefined || hasOffset(loggedOut))) {
    const outAt = loggedOut === undefined ? null : instantOf(instantMs(loggedOut));
    return { inAt: instantOf(instantMs(loggedIn)), outAt };
  }
  const mixed = hasOffset(loggedIn) || (loggedOut !== undefined && hasOffset(loggedOut));
  ensure(!mixed, 'TimeUnreadable', { path: 'loggedOutAt' });
  const [date = '', start = ''] = loggedIn.split('T');
  if (loggedOut === undefined) return readLogIn(date, start, agreedAt);
  const read = resolveLocalActual(date, start, loggedOut.split('T')[1] ?? '', agreedAt);
  ensure(!('held' in read), 'TimeUnreadable', { path: 'loggedInAt' });
  const { startAt, endAt, ambiguous } = read;
  return { inAt: startAt, outAt: endAt, ...(ambiguous && { ambiguous: true as const }) };
}

function readLogIn(date: string, start: string, agreedAt: Instant): ReadLog {
  const readings = londonReadings(date, start);
  const distance = (reading: Instant) => Math.abs(instantMs(reading) - instantMs(agreedAt));
  const [nearest] = readings.toSorted((a, b) => distance(a) - distance(b));
  ensure(nearest, 'TimeUnreadable', { path: 'loggedInAt' });
  return { inAt: nearest, outAt: null, ...(readings.length > 1 && { ambiguous: true as const }) };
}

const dayMinutes = 24 * 60;

/** Whether a log lies within a day of the agreed start; anything else is another visit's. */
export const isNear = (inAt: Instant, agreedAt: Instant): boolean =>
  inAt >= addMinutes(agreedAt, -dayMinutes) && inAt <= addMinutes(agreedAt, dayMinutes);
