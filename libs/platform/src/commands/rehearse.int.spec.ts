import type { Actor } from '#kernel/actor.js';
import type { EventStore } from '#eventstore/event-store.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { catCommandsOn, type NameCat } from '../jobs/cat.fixtures.js';
import type { Commands } from './commands.js';

const broker: Actor = { id: 'broker', roles: ['broker'] };
const by = { actor: broker };
const commandId = (n: number) => `0193a000-0000-7000-8000-00000000000${n}`;

describe('A rehearsed command', () => {
  let store: EventStore;
  let commands: Commands;

  beforeEach(() => {
    store = createMemoryStore();
    commands = catCommandsOn(store);
  });

  const nameCat = (n: number, name: string): NameCat => ({ commandId: commandId(n), name });
  const rehearse = (n: number, name: string) => commands.rehearse('NameCat', nameCat(n, name), by);
  const execute = (n: number, name: string) =>
    commands.executeNamed('NameCat', nameCat(n, name), by);

  it('tells its events and keys and records nothing', async () => {
    const rehearsed = await rehearse(1, 'Tibbles');
    expect(rehearsed).toMatchObject({
      known: false,
      events: [{ type: 'CatNamed', data: { name: 'Tibbles' } }],
      reservations: [{ stream: 'catName-Tibbles' }],
    });
    expect(await store.head()).toBe(0);
    expect((await execute(1, 'Tibbles')).id).toBe(rehearsed.id);
  });

  it('is refused as the command would be', async () => {
    await expect(rehearse(1, '')).rejects.toMatchObject({ code: 'NameMissing' });
  });

  it('is refused when another holds one of its keys', async () => {
    await execute(1, 'Tibbles');
    const head = await store.head();
    await expect(rehearse(2, 'Tibbles')).rejects.toMatchObject({ code: 'NameTaken' });
    await expect(rehearse(2, 'Tom')).resolves.toMatchObject({ known: false });
    expect(await store.head()).toBe(head);
  });

  it('is known once it took effect', async () => {
    await execute(1, 'Tibbles');
    expect(await rehearse(1, 'Tibbles')).toMatchObject({ known: true, events: [] });
    await expect(rehearse(1, 'Tom')).rejects.toMatchObject({ name: 'IdempotencyKeyReused' });
  });
});
