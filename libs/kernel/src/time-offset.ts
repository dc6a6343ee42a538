import { instantMs, instantOf, isCivilDate, isLoggedTime, type Instant } from './time.js';

const written =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(?:Z|([+-])(\d{2}):(\d{2}))$/;

const firstMs = instantMs('0001-01-01T00:00:00.000Z');
const lastMs = instantMs('9999-12-31T23:59:59.999Z');

/**
 * The moment that a text with its offset names: `2026-03-29T09:30:00+01:00`, seconds and up to
 * three decimals of them optional.
 *
 * @returns `undefined` when the text is none, or its date, time or offset does not exist
 */
export function instantFrom(text: string): Instant | undefined {
  const [matched, on = '', at = '', second = '00', decimals = '', sign, hours, minutes] =
    written.exec(text) ?? [];
  if (matched === undefined || !isCivilDate(on) || !isLoggedTime(`${at}:${second}`))
    return undefined;
  const aheadMinutes = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  if (Number(minutes ?? 0) > 59 || aheadMinutes > furthestMinutes) return undefined;
  const ms =
    instantMs(`${on}T${at}:${second}.${decimals.padEnd(3, '0')}Z`) -
    aheadMinutes * 60_000 * (sign === '-' ? -1 : 1);
  return ms < firstMs || ms > lastMs ? undefined : instantOf(ms);
}

/** No place's clocks are further from UTC. */
const furthestMinutes = 14 * 60;
