import type { EventStore } from '#eventstore/event-store.js';
import type { Projector } from './read-side.js';

/** A projector over what specs have folded, and an empty log behind it. */
export const projectorOver = (folded: Readonly<Record<string, { readonly reader: unknown }>>) => ({
  projector: {
    reader: ({ name }: { name: string }) => {
      const spec = folded[name];
      if (!spec) throw new Error(`the spec folds no ${name}`);
      return spec.reader;
    },
  } as unknown as Projector,
  store: {
    readAll: () => Promise.resolve({ events: [], upTo: 99, caughtUp: true }),
  } satisfies Pick<EventStore, 'readAll'>,
});
