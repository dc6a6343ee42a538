import type { Position } from '../event-store.js';
import type { StoredText } from '../stored-form.js';

/** One thing to be written; `expected` and `actual` are -1 for none. */
export type WriteEntry =
  | {
      readonly kind: 'append';
      readonly stream: string;
      readonly expected: number;
      readonly events: readonly StoredText[];
    }
  | { readonly kind: 'checkpoint'; readonly name: string; readonly position: Position };

export type WriteOutcome =
  | { readonly kind: 'done'; readonly revision: number; readonly position: Position }
  | { readonly kind: 'wrong-expectation'; readonly actual: number }
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * A batch on its way between the threads: one flat list of strings and numbers, which is copied
 * several times faster than a tree of objects.
 */
export type FlatList = (string | number)[];

export type ToWriter =
  { readonly kind: 'write'; readonly batch: FlatList } | { readonly kind: 'close' };

export type FromWriter =
  | { readonly kind: 'ready'; readonly logId: string; readonly head: number }
  | { readonly kind: 'written'; readonly outcomes: FlatList }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'closed' };

export function flattenEntries(entries: readonly WriteEntry[]): FlatList {
  const flat: FlatList = [];
  for (const entry of entries) {
    if (entry.kind === 'checkpoint') flat.push(0, entry.name, entry.position);
    else {
      flat.push(entry.events.length, entry.stream, entry.expected);
      for (const { id, type, version, data, metadata } of entry.events) {
        flat.push(id, type, version, data, metadata);
      }
    }
  }
  return flat;
}

export function entriesOf(flat: FlatList): WriteEntry[] {
  const next = reader(flat);
  const entries: WriteEntry[] = [];
  while (!next.done()) {
    const count = next.number();
    const name = next.text();
    if (count === 0) entries.push({ kind: 'checkpoint', name, position: next.number() });
    else {
      const expected = next.number();
      const events = Array.from({ length: count }, () => ({
        id: next.text(),
        type: next.text(),
        version: next.number(),
        data: next.text(),
        metadata: next.text(),
      }));
      entries.push({ kind: 'append', stream: name, expected, events });
    }
  }
  return entries;
}

const outcomeKinds = ['done', 'wrong-expectation', 'failed'] as const;

export function flattenOutcomes(outcomes: readonly WriteOutcome[]): FlatList {
  const flat: FlatList = [];
  for (const outcome of outcomes) {
    flat.push(outcomeKinds.indexOf(outcome.kind));
    if (outcome.kind === 'done') flat.push(outcome.revision, outcome.position);
    else flat.push(outcome.kind === 'failed' ? outcome.reason : outcome.actual);
  }
  return flat;
}

export function outcomesOf(flat: FlatList): WriteOutcome[] {
  const next = reader(flat);
  const outcomes: WriteOutcome[] = [];
  while (!next.done()) {
    const kind = outcomeKinds[next.number()];
    if (kind === 'done') outcomes.push({ kind, revision: next.number(), position: next.number() });
    else if (kind === 'failed') outcomes.push({ kind, reason: next.text() });
    else outcomes.push({ kind: 'wrong-expectation', actual: next.number() });
  }
  return outcomes;
}

function reader(flat: FlatList) {
  let at = 0;
  return {
    done: () => at >= flat.length,
    number: () => flat[at++] as number,
    text: () => flat[at++] as string,
  };
}
