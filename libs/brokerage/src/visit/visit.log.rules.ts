import { instantFrom } from '#kernel/time-offset.js';
import {
  addMinutes,
  civilDateOf,
  instantMs,
  isCivilDate,
  isLoggedTime,
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
    const inAt = instantFrom(loggedIn);
    ensure(inAt, 'TimeUnreadable', { path: 'loggedInAt' });
    const outAt = loggedOut === undefined ? null : instantFrom(loggedOut);
    ensure(outAt !== undefined, 'TimeUnreadable', { path: 'loggedOutAt' });
    return { inAt, outAt };
  }
  const mixed = hasOffset(loggedIn) || (loggedOut !== undefined && hasOffset(loggedOut));
  ensure(!mixed, 'TimeUnreadable', { path: 'loggedOutAt' });
  const { on, at } = localPartsOf(loggedIn, 'loggedInAt');
  if (loggedOut === undefined) return readLogIn(on, at, agreedAt);
  const out = localPartsOf(loggedOut, 'loggedOutAt');
  const read = resolveLocalActual(on, at, out.at, agreedAt);
  const sameDay = !('held' in read) && civilDateOf(read.endAt) === out.on;
  ensure(sameDay || loggedOut > loggedIn, 'LogOutBeforeLogIn', { path: 'loggedOutAt' });
  ensure(!('held' in read), 'TimeUnreadable', { path: 'loggedInAt' });
  ensure(sameDay, 'LogOutFarFromLogIn', { path: 'loggedOutAt' });
  const { startAt, endAt, ambiguous } = read;
  return { inAt: startAt, outAt: endAt, ...(ambiguous && { ambiguous: true as const }) };
}

/** Date and time to the second; a decimal of a second tells nothing about a visit. */
function localPartsOf(text: string, path: string): { on: string; at: string } {
  const [on = '', time = ''] = text.split('T');
  const at = time.slice(0, 8);
  ensure(isCivilDate(on) && isLoggedTime(at), 'TimeUnreadable', { path });
  return { on, at };
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
