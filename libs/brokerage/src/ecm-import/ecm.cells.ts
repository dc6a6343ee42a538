import { isCivilDate, isLoggedTime, type CivilDate } from '#kernel/time.js';
import { date, type CellReader } from '../csv-import/csv-import.cells.js';

/** A time of day to the second, with its date or its offset where the file gives them. */
export interface ClockTime {
  readonly on?: CivilDate;
  /** `08:02:31`. */
  readonly at: string;
  /** `Z` or `+01:00`. */
  readonly offset?: string;
}

const two = (text: string): string => text.padStart(2, '0');

/** `8:02`, `08:02:31`, `2026-03-29T08:02:31+01:00`, `29/03/2026 08:02`. */
export const clockTime: CellReader<ClockTime> = (text) => {
  const parts =
    /^(?:(\S+?)[T ]\s*)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d{1,3})?\s*(Z|[+-]\d{2}:\d{2})?$/.exec(
      text,
    );
  if (!parts) return undefined;
  const [, day, hour = '', minute = '', second = '00', offset] = parts;
  const at = `${two(hour)}:${minute}:${second}`;
  const on = day === undefined ? undefined : date(day);
  if (!isLoggedTime(at) || (day !== undefined && on === undefined)) return undefined;
  if (offset !== undefined && on === undefined) return undefined;
  return { ...(on !== undefined && { on }), at, ...(offset !== undefined && { offset }) };
};

/** Minutes, or hours and minutes (and seconds): `30`, `0:30`, `00:30:15`. In seconds. */
export const duration: CellReader<number> = (text) => {
  if (/^\d{1,4}$/.test(text)) return Number(text) * 60;
  const [, hours = '', minutes = '', seconds = '0'] =
    /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/.exec(text) ?? [];
  return hours === '' ? undefined : (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
};

/** An id of another system, without blanks. */
export const reference: CellReader<string> = (text) =>
  /^[\w.:/-]{1,60}$/.test(text) ? text : undefined;

export const carer: CellReader<string> = (text) => (/^[\w.-]{1,40}$/.test(text) ? text : undefined);

export const instantText: CellReader<string> = (text) => {
  const on = text.slice(0, 10);
  return isCivilDate(on) && /^[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(text.slice(10))
    ? `${on}T${text.slice(11)}`
    : undefined;
};

const codes =
  <Code>(map: Readonly<Record<string, Code>>): CellReader<Code> =>
  (text) =>
    map[text.toLowerCase().replace(/[\s_-]+/g, '')];

export { codes };
