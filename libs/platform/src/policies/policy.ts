import type { StoredEvent } from '#eventstore/event-store.js';

/** A command that a policy sends; its id is derived from the event, so sending it twice is harmless. */
export interface PolicyCommand {
  readonly name: string;
  readonly fields: object;
}

/** An event may cause commands: `on(event) => command[]`, pure. */
export interface Policy {
  /** Kebab case, never changed: checkpoints and command ids depend on it. */
  readonly name: string;
  /** Where a policy that was never installed begins to read. */
  readonly from: 'start' | 'now';
  readonly on: Readonly<Record<string, (event: StoredEvent) => readonly PolicyCommand[]>>;
}

/** Types the events of a policy by their names. */
export function definePolicy<Events extends { readonly type: string; readonly data: unknown }>(
  name: string,
  on: {
    readonly [Type in Events['type']]: (
      data: Extract<Events, { type: Type }>['data'],
      event: StoredEvent,
    ) => readonly PolicyCommand[];
  },
  from: Policy['from'] = 'start',
): Policy {
  const untyped = on as Record<
    string,
    (data: unknown, event: StoredEvent) => readonly PolicyCommand[]
  >;
  return {
    name,
    from,
    on: Object.fromEntries(
      Object.entries(untyped).map(([type, react]) => [type, (event) => react(event.data, event)]),
    ),
  };
}
