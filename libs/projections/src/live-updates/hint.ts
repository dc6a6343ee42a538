import type { Position } from '#eventstore/event-store.js';
import type { LiveList } from '../projector/definition.js';

/** Something in a list has changed. It carries no data: who wants to know asks by GraphQL. */
export interface Hint {
  readonly list: LiveList;
  readonly key: string;
  readonly position: Position;
}

/** The last hint of each key, in the order of the log. */
export function lastOfEach<H extends Hint>(hints: readonly H[]): readonly H[] {
  const last = new Map<string, H>();
  for (const hint of hints) {
    const name = `${hint.list} ${hint.key}`;
    last.delete(name);
    last.set(name, hint);
  }
  return [...last.values()];
}
