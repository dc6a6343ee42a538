import type { ExternalId, Identity } from './service-user.events.js';
import { datesIn, type FoundDate } from './leak.dates.rules.js';
import { plainWords, joinedRuns, squeezed } from './leak.words.rules.js';

/** A field of the identity whose value was found. */
export type LeakedField =
  | 'name'
  | 'preferredName'
  | 'bornOn'
  | 'address'
  | 'postcode'
  | 'phone'
  | 'email'
  | 'nhsNumber'
  | 'externalId'
  | 'nextOfKin.name'
  | 'nextOfKin.phone';

/** What no pack and no answer may tell of a person (S1-9). */
export interface SecretIdentity {
  readonly identity: Identity | null;
  readonly externalIds?: readonly ExternalId[];
}

export interface LeakOptions {
  /**
   * Values of the allow-list (codes, patch, district): a text that is exactly one of them is no
   * leak, though a person may bear the name Warden or live in a road named after the patch.
   */
  readonly allowed?: Iterable<string>;
}

/**
 * The fields of a person's identity that a text, or any text within a pack, gives away; never their
 * values. Case, accents, kinds of blanks and separators make no difference. Names count by each
 * part of three letters or more, as a whole word.
 */
export function leaksOf(
  content: unknown,
  secret: SecretIdentity,
  { allowed = [] }: LeakOptions = {},
): readonly LeakedField[] {
  const exempt = new Set([...allowed].map(squeezed));
  const found = new Set<LeakedField>();
  for (const text of textsIn(content)) {
    if (exempt.has(squeezed(text))) continue;
    for (const field of leaksOfText(text, secret)) found.add(field);
  }
  return [...found].sort();
}

/** Every text within a value, at any depth. Numbers are read as text too. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsIn);
}

interface Reading {
  readonly words: readonly string[];
  /** Neighbouring words joined without blanks. */
  readonly runs: ReadonlySet<string>;
  readonly dates: readonly FoundDate[];
}

function* leaksOfText(
  text: string,
  { identity, externalIds = [] }: SecretIdentity,
): Generator<LeakedField> {
  const words = plainWords(text);
  const reading: Reading = { words, runs: joinedRuns(words), dates: datesIn(words) };
  if (externalIds.some(({ personRef }) => tells(reading, personRef))) yield 'externalId';
  if (!identity) return;
  const { name, preferredName, bornOn, addressLines, postcode, phone, email, nhsNumber } = identity;
  if (tellsName(reading, name)) yield 'name';
  if (preferredName && tellsName(reading, preferredName)) yield 'preferredName';
  if (reading.dates.some((date) => isDate(date, bornOn)) || tells(reading, bornOn)) yield 'bornOn';
  if (addressLines.some((line, at) => tellsAddress(reading, line, at, addressLines.length))) {
    yield 'address';
  }
  if (tells(reading, postcode)) yield 'postcode';
  if (phone && tellsPhone(reading, phone)) yield 'phone';
  if (email && tells(reading, email)) yield 'email';
  if (nhsNumber && tells(reading, nhsNumber)) yield 'nhsNumber';
  const { nextOfKin } = identity;
  if (nextOfKin && tellsName(reading, nextOfKin.name)) yield 'nextOfKin.name';
  if (nextOfKin?.phone && tellsPhone(reading, nextOfKin.phone)) yield 'nextOfKin.phone';
}

const tells = ({ runs }: Reading, value: string): boolean => {
  const wanted = squeezed(value);
  return wanted !== '' && runs.has(wanted);
};

/** Titles and particles are in many texts and name nobody. */
const unnaming = new Set(
  'mr mrs miss ms mx dr sir dame lady lord rev prof van von der den del bin ibn the'.split(' '),
);

const shortestPart = 3;

function tellsName({ words, runs }: Reading, name: string): boolean {
  const parts = plainWords(name).filter((part) => !unnaming.has(part));
  const spelled = spelledOut(words);
  if (parts.some((part) => part.length >= shortestPart && spelled.has(part))) return true;
  if (parts.length < 2) return parts.some((part) => words.length === 1 && words[0] === part);
  // Names of short parts, such as Bo Xu, count when they stand together in either order.
  return [parts, parts.toReversed()].some((order) => runs.has(order.join('')));
}

/** The words, and words whose letters stand apart (`m a r y`). */
function spelledOut(words: readonly string[]): ReadonlySet<string> {
  const all = new Set(words);
  let letters: string[] = [];
  for (const word of [...words, '']) {
    if (word.length === 1) {
      letters.push(word);
      continue;
    }
    for (const run of joinedRuns(letters)) all.add(run);
    letters = [];
  }
  return all;
}

/** A line with a number, also without it; the name of a house; not the town on the last line. */
function tellsAddress(reading: Reading, line: string, at: number, lines: number): boolean {
  const words = plainWords(line);
  const isNumbered = words.some((word) => /\d/.test(word));
  const isTown = !isNumbered && lines > 1 && at === lines - 1;
  if (isTown || words.length === 0) return false;
  if (reading.runs.has(words.join(''))) return true;
  const street = words.slice(words.findLastIndex((word) => /\d/.test(word)) + 1);
  return isNumbered && street.length > 1 && reading.runs.has(street.join(''));
}

/** A number with or without its country, trunk zero and blanks. */
function tellsPhone({ runs }: Reading, phone: string): boolean {
  const digits = phone.replace(/\D/g, '');
  const national = digits.replace(/^(00)?440?/, '').replace(/^0/, '');
  if (national.length < 6) return runs.has(digits);
  const written = ['', '0', '44', '440', '0044', '00440'].map((lead) => lead + national);
  return written.some((form) => runs.has(form));
}

function isDate({ year, month, day, shortYear }: FoundDate, bornOn: string): boolean {
  const [bornYear, bornMonth, bornDay] = bornOn.split('-').map(Number);
  const sameYear = shortYear ? (bornYear ?? 0) % 100 === year : bornYear === year;
  return sameYear && bornMonth === month && bornDay === day;
}
