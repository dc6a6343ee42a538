import { isCivilDate } from '#kernel/time.js';

/** `undefined`: the text is not what the reader takes. Texts have no blanks around them. */
export type CellReader<Value> = (text: string) => Value | undefined;

/** A code of a list, whatever its case and with blanks or underscores for dashes; `85+` is `85-plus`. */
export const codeIn =
  <Code extends string>(list: readonly Code[]): CellReader<Code> =>
  (text) => {
    const plain = text
      .toLowerCase()
      .replace(/[\s_–—-]+/g, '-')
      .replace(/\+$/, '-plus');
    return list.find((code) => code === plain);
  };

/** Parts with `;`, `|`, `/` or `,` between. Empty parts count for nothing. */
export const listOf =
  <Value>(part: CellReader<Value>): CellReader<Value[]> =>
  (text) => {
    const parts = text.split(/[;|/,]/).map((each) => each.trim());
    const read = parts.filter((each) => each !== '').map(part);
    return read.includes(undefined) ? undefined : (read as Value[]);
  };

export const wholeNumber: CellReader<number> = (text) =>
  /^\d{1,6}$/.test(text) ? Number(text) : undefined;

/** `2026-03-29` or `29/3/2026`, day first; a date that does not exist is none. */
export const date: CellReader<string> = (text) => {
  const british = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text);
  const [, day = '', month = '', year = ''] = british ?? [];
  const iso = british ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
  return isCivilDate(iso) ? iso : undefined;
};

/** `8:30`, `08:30` and `08:30:00` are the same; other seconds are no start. */
export const timeOfDay: CellReader<string> = (text) => {
  const [, hour = '', minute = ''] = /^(\d{1,2})[:.](\d{2})(?::00)?$/.exec(text) ?? [];
  const known = hour !== '' && Number(hour) < 24 && Number(minute) < 60;
  return known ? `${hour.padStart(2, '0')}:${minute}` : undefined;
};

const yes = ['yes', 'y', 'true', '1'];
const no = ['no', 'n', 'false', '0'];

export const yesOrNo: CellReader<boolean> = (text) => {
  const plain = text.toLowerCase();
  if (yes.includes(plain)) return true;
  return no.includes(plain) ? false : undefined;
};

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** ISO weekday of `Monday`, `Mon` or `1`. */
const weekday: CellReader<number> = (text) => {
  if (/^[1-7]$/.test(text)) return Number(text);
  const name = text.toLowerCase();
  const found = weekdays.findIndex((short) => name.startsWith(short)) + 1;
  const full = ['day', 'sday', 'nesday', 'rsday', 'day', 'urday', 'day'][found - 1];
  return found > 0 && ['', 's', 'r', 'rs', full].includes(name.slice(3)) ? found : undefined;
};

/** `Mon;Wed`, `Mon Wed`, `Mon-Fri`, `Sat-Mon`, `daily` or `1;3` as ISO weekdays in order. */
export const days: CellReader<number[]> = (text) => {
  if (/^(daily|every day|all)$/i.test(text)) return [1, 2, 3, 4, 5, 6, 7];
  const found: number[] = [];
  for (const part of text.replace(/\s*[-–]\s*/g, '-').split(/[;|/,\s]+/)) {
    if (part === '') continue;
    const [from, to] = part.split('-').map((name) => weekday(name));
    if (from === undefined || part.split('-').length > 2) return undefined;
    if (part.includes('-') && to === undefined) return undefined;
    const last = to === undefined || to >= from ? (to ?? from) : to + 7;
    for (let day = from; day <= last; day += 1) found.push(((day - 1) % 7) + 1);
  }
  return found.length === 0 ? undefined : found.toSorted((a, b) => a - b);
};

/** Any text. */
export const anyText: CellReader<string> = (text) => text;

export const textLike =
  (pattern: RegExp, change: (text: string) => string = (text) => text): CellReader<string> =>
  (text) => {
    const changed = change(text);
    return pattern.test(changed) ? changed : undefined;
  };

/** Names with `;` or `|` between: a name may hold a comma or a stroke. */
export const names: CellReader<string[]> = (text) => {
  const parts = text.split(/[;|]/).map((each) => each.trim());
  return parts.filter((each) => each !== '');
};

/** Pence of `20.87`, `£20.87`, `1,250` or `20.5`; never a fraction of a penny, never nothing. */
export const pounds: CellReader<number> = (text) => {
  const [, whole = '', pence = ''] =
    /^£?\s?(\d{1,7}|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  const sum = Number(whole.replaceAll(',', '')) * 100 + Number(pence.padEnd(2, '0'));
  return whole !== '' && sum > 0 ? sum : undefined;
};
