import type { StoredEvent } from '#eventstore/event-store.js';
import type { KnownValues } from './schema-walk.js';

const kept = 40;

/** Every text that a log's events hold under a name, the newest first: ids to ask for. */
export function knownValuesOf(events: readonly StoredEvent[]): KnownValues {
  const values = new Map<string, Set<string>>();
  for (const { data } of events.toReversed()) collect(data, values);
  return new Map([...values].map(([name, texts]) => [name, [...texts]]));
}

function collect(value: unknown, into: Map<string, Set<string>>): void {
  if (typeof value !== 'object' || value === null) return;
  const { packageId, visit } = value as Record<string, unknown>;
  if (typeof packageId === 'string' && typeof visit === 'string') {
    add(into, 'visitId', `${packageId}.${visit}`);
  }
  for (const [name, held] of Object.entries(value)) {
    if (typeof held === 'string') {
      add(into, name, held);
      // Days are asked for by their first and last one.
      if (name === 'fromOn') add(into, 'lastDay', held);
    } else if (Array.isArray(held) && typeof held[0] === 'string') add(into, name, held[0]);
    else collect(held, into);
  }
}

function add(into: Map<string, Set<string>>, name: string, text: string): void {
  const texts = into.get(name) ?? new Set();
  if (texts.size < kept) texts.add(text);
  into.set(name, texts);
}
