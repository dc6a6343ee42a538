import type { EventStore } from '#eventstore/event-store.js';
import { wholeStream } from '#eventstore/stream-pages.js';

/** What stands where a value is personal. */
export const personalMark = '[personal]';
const erasedMark = '[erased]';

const shortestMasked = 3;

type StreamLog = Pick<EventStore, 'read'>;

/** The personal texts of a stream, from the log as it is stored and as it is told. */
export const personalIn = async (
  sealed: StreamLog,
  revealed: StreamLog,
  stream: string,
): Promise<ReadonlySet<string>> =>
  personalTexts(await wholeStream(sealed, stream), await wholeStream(revealed, stream));

/** Texts that are sealed in one reading of a value and told in the other. */
export function personalTexts(sealed: unknown, revealed: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  collect(sealed, revealed, false, found);
  return found;
}

function collect(sealed: unknown, revealed: unknown, inside: boolean, found: Set<string>): void {
  const isInside = inside || isMarked(sealed, '$sealed');
  if (typeof revealed === 'string') {
    if (isInside) found.add(revealed);
    return;
  }
  if (typeof revealed !== 'object' || revealed === null) return;
  for (const [name, value] of Object.entries(revealed)) {
    const counterpart = isInside ? undefined : (sealed as Record<string, unknown> | null)?.[name];
    collect(counterpart, value, isInside, found);
  }
}

/** A copy in which personal texts, sealed values and erased ones are marks. */
export function masked(value: unknown, personal: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return tellsAny(value, personal) ? personalMark : value;
  if (typeof value !== 'object' || value === null) return value;
  if (isMarked(value, '$sealed')) return personalMark;
  if (isMarked(value, '$erased')) return erasedMark;
  if (Array.isArray(value)) return value.map((entry) => masked(entry, personal));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, masked(field, personal)]),
  );
}

const tellsAny = (text: string, personal: ReadonlySet<string>): boolean =>
  personal.has(text) ||
  [...personal].some((part) => part.length >= shortestMasked && text.includes(part));

const isMarked = (value: unknown, mark: '$sealed' | '$erased'): boolean =>
  typeof value === 'object' && value !== null && mark in value;
