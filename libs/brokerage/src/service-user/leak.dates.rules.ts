/** A date that a text may mean; several readings of the same words are possible. */
export interface FoundDate {
  readonly year: number;
  /** The year was written with two digits. */
  readonly shortYear: boolean;
  readonly month: number;
  readonly day: number;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

const dayOf = (word: string | undefined): number =>
  Number(/^(\d{1,2})(st|nd|rd|th)?$/.exec(word ?? '')?.[1] ?? NaN);

function monthOf(word: string | undefined): number {
  if (word === undefined) return NaN;
  if (/^\d{1,2}$/.test(word)) return Number(word);
  return /^[a-z]{3,9}$/.test(word) ? months.indexOf(word.slice(0, 3)) + 1 || NaN : NaN;
}

const isYear = (word: string | undefined): word is string => /^(\d{2}|\d{4})$/.test(word ?? '');

type Order = readonly [day: number, month: number, year: number];

/** Day first as in Britain, year first, and month first. */
const orders: readonly Order[] = [
  [0, 1, 2],
  [2, 1, 0],
  [1, 0, 2],
];

/** Every way in which three neighbouring words, or one number, can be read as a date. */
export function datesIn(words: readonly string[]): readonly FoundDate[] {
  const plain = words.filter((word) => word !== 'of').flatMap(numbersOf);
  return plain.flatMap((_, at) => readings(plain.slice(at, at + 3)));
}

function readings(three: readonly string[]): FoundDate[] {
  return orders.flatMap(([dayAt, monthAt, yearAt]) => {
    const day = dayOf(three[dayAt]);
    const month = monthOf(three[monthAt]);
    const year = three[yearAt];
    if (Number.isNaN(day) || Number.isNaN(month) || !isYear(year)) return [];
    return [{ day, month, year: Number(year), shortYear: year.length === 2 }];
  });
}

/** `03021941`, `19410203`, `030241` and `3feb1941` as the three words they stand for. */
function numbersOf(word: string): string[] {
  const named = /^(\d{1,2})([a-z]{3,9})(\d{4}|\d{2})$/.exec(word);
  if (named) return named.slice(1);
  if (/^\d{6}$/.test(word)) return [word.slice(0, 2), word.slice(2, 4), word.slice(4)];
  if (!/^\d{8}$/.test(word)) return [word];
  const yearFirst = /^(19|20)/.test(word) && Number(word.slice(4, 6)) <= 12;
  return yearFirst
    ? [word.slice(0, 4), word.slice(4, 6), word.slice(6)]
    : [word.slice(0, 2), word.slice(2, 4), word.slice(4)];
}
