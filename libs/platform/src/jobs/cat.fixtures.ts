import type { Event } from '#kernel/decider.js';
import { ruleBook } from '#kernel/rejection.js';
import type { EventStore } from '#eventstore/event-store.js';
import { systemClock } from '../commands/clock.js';
import { Commands } from '../commands/commands.js';
import { defineSlice, type Slice } from '../commands/slice.js';
import { jobSlice } from './job.slice.js';

/** A command of a sample aggregate: naming a new cat. */
export interface NameCat {
  readonly commandId: string;
  readonly name: string;
}

const ensure: ReturnType<typeof ruleBook<{ NameMissing: string }>> = ruleBook({
  NameMissing: 'A cat has a name.',
});

/** A cat's name is unique; a name `bug` finds a mistake in the software. */
export const catSlice = defineSlice<{ NameCat: NameCat }>({
  category: 'cat',
  decider: {
    initial: {},
    decide: {
      NameCat: (_: unknown, { name }: NameCat): Event[] => {
        ensure(name !== '', 'NameMissing', { path: 'name' });
        if (name === 'bug') throw new TypeError('a mistake');
        return [{ type: 'CatNamed', data: { name } }];
      },
    },
    evolve: {},
  },
  commands: {
    NameCat: {
      id: (_, create) => create('cat'),
      reserve: ({ name }, id) => [
        {
          stream: `catName-${name}`,
          holder: id,
          holderStream: `cat-${id}`,
          refusal: { code: 'NameTaken', message: (holder) => `${holder} has this name.` },
        },
      ],
    },
  },
});

export const catCommandsOn = (store: EventStore): Commands =>
  new Commands({
    store,
    slices: [catSlice, jobSlice] as readonly Slice[],
    clock: systemClock,
    lists: () => Promise.reject(new Error('there is no list')),
    policyChanges: () => Promise.resolve([]),
    software: 'test',
    versionOf: () => 1,
    commandVersionOf: () => 1,
  });

/** The names of all cats, in the order in which they were named. */
export async function catNames(store: EventStore): Promise<readonly string[]> {
  const names: string[] = [];
  for (let after = 0; ;) {
    const page = await store.readAll({ after, filter: { types: ['CatNamed'] } });
    names.push(...page.events.map(({ data }) => (data as { name: string }).name));
    if (page.caughtUp) return names;
    after = page.upTo;
  }
}
