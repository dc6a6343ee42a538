import { deriveId } from '#kernel/ids.js';
import { systemActor } from '#kernel/actor.js';
import { StoreUnavailable, type EventStore, type StoredEvent } from '#eventstore/event-store.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { systemClock } from '../commands/clock.js';
import { catCommandsOn, catNames } from '../jobs/cat.fixtures.js';
import type { Policy } from './policy.js';
import { PolicyRunner } from './policy-runner.js';
import { WorkItems } from './work-items.js';

const source = '0193a000-0000-7000-8000-000000000021';

/** Each cat has a kitten; a shy one's has no name, which is refused. */
const kittens: Policy = {
  ...{ name: 'kittens', from: 'start' },
  on: {
    CatNamed: ({ data }: StoredEvent) => {
      const { name } = data as { readonly name: string };
      if (name.startsWith('kitten')) return [];
      return [{ name: 'NameCat', fields: { name: name === 'shy' ? '' : `kitten of ${name}` } }];
    },
  },
};

/** A store that for some calls takes nothing: as one that is out of reach for a while. */
function awayFor(store: EventStore, calls: { checkpoint: number }): EventStore {
  const saveCheckpoint: EventStore['saveCheckpoint'] = async (name, position) => {
    if (calls.checkpoint > 0) {
      calls.checkpoint -= 1;
      throw new StoreUnavailable('the server is away');
    }
    await store.saveCheckpoint(name, position);
  };
  return Object.create(store, { saveCheckpoint: { value: saveCheckpoint } }) as EventStore;
}

describe('The policy runner', () => {
  let store: EventStore;
  let named = 0;

  const name = (cat: string) => {
    const commandId = deriveId(source, (named += 1));
    const command = { commandId, name: cat };
    return catCommandsOn(store).executeNamed('NameCat', command, { actor: systemActor });
  };
  const runnerOn = (on: EventStore, workItems = new WorkItems(store, systemClock)) =>
    new PolicyRunner({
      ...{ store: on, workItems, commands: catCommandsOn(store) },
      policies: [kittens],
    });

  beforeEach(() => {
    store = createMemoryStore();
  });
  afterEach(() => store.close());

  it('waits for a store that takes no checkpoint for a while', async () => {
    const calls = { checkpoint: 0 };
    const runner = runnerOn(awayFor(store, calls));
    await runner.begin();
    calls.checkpoint = 3;
    const { position } = await name('mother');
    await runner.reached(position);
    expect(calls.checkpoint).toBe(0);
    expect(await store.checkpoint('policy/kittens')).toBeGreaterThanOrEqual(position);
    await runner.close();
    expect(await catNames(store)).toEqual(['mother', 'kitten of mother']);
  });

  it('ends while the store is away, and what was not kept is done again', async () => {
    const calls = { checkpoint: 0 };
    const runner = runnerOn(awayFor(store, calls));
    await runner.begin();
    calls.checkpoint = 1_000;
    await name('mother');
    while (calls.checkpoint > 998) await new Promise((resolve) => setTimeout(resolve, 5));
    await runner.close();
    const again = runnerOn(store);
    await again.begin();
    await again.reached(await store.head());
    await again.close();
    expect(await catNames(store)).toEqual(['mother', 'kitten of mother']);
  });

  it('carries a stream on that another process has tried again with success', async () => {
    const here = new WorkItems(store, systemClock);
    const runner = runnerOn(store, here);
    await runner.begin();
    const { id, position } = await name('shy');
    await runner.reached(position);
    const [item] = here.list();
    if (!item) throw new Error('a refused command was not parked');
    const there = new WorkItems(store, systemClock);
    await there.load();
    await there.resolve(item);
    await append(id, 'bold', 0);
    await runner.reached(await store.head());
    await runner.close();
    expect(await catNames(store)).toEqual(['shy', 'bold', 'kitten of bold']);
  });

  it('leaves out no event that came while a parked stream was tried again', async () => {
    const workItems = new WorkItems(store, systemClock);
    const runner = runnerOn(store, workItems);
    await runner.begin();
    const { id, position } = await name('shy');
    await runner.reached(position);
    const [item] = workItems.list();
    if (!item) throw new Error('a refused command was not parked');
    const mended: Policy = { ...kittens, on: { CatNamed: (event) => later(event) } };
    let isFirst = true;
    const later = (event: StoredEvent) => {
      const { name: cat } = event.data as { readonly name: string };
      return cat.startsWith('kitten')
        ? []
        : [{ name: 'NameCat', fields: { name: `kitten of ${cat}` } }];
    };
    // Between the reading of the stream and the end of the item another event is appended.
    const resolve = workItems.resolve.bind(workItems);
    const slow = Object.create(workItems, {
      resolve: {
        value: async (of: typeof item) => {
          if (isFirst) {
            isFirst = false;
            await append(id, 'bold', 0);
            await runner.reached(await store.head());
          }
          await resolve(of);
        },
      },
    }) as WorkItems;
    const retrying = new PolicyRunner({
      ...{ store, workItems: slow, commands: catCommandsOn(store), policies: [mended] },
    });
    await retrying.retry(item);
    await runner.close();
    expect(await catNames(store)).toEqual(['shy', 'kitten of shy', 'bold', 'kitten of bold']);
  });

  async function append(id: string, cat: string, expected: number): Promise<void> {
    const commandId = deriveId(source, (named += 1));
    const metadata = { commandId, actor: systemActor, recordedAt: '2026-03-02T09:00:00.000Z' };
    const event = { id: deriveId(commandId, 'cat'), type: 'CatNamed', version: 1, metadata };
    await store.append(`cat-${id}`, [{ ...event, data: { name: cat } }], expected);
  }
});
