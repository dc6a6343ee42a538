import type { Actor } from '#kernel/actor.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { StoreUnavailable, type EventStore } from '#eventstore/event-store.js';
import { needs, newReference, Office } from '#platform/commands/commands.fixtures.js';
import { personIdOf } from '../package/package.referral.decider.js';
import { identity } from '../service-user/service-user.fixtures.js';
import { IdentityReading } from './identity-read.queries.js';

const broker: Actor = { id: 'broker', roles: ['broker'] };

/** A store whose disk is full for readings of identities. */
const fullFor = (category: string, store: EventStore): EventStore =>
  new Proxy(store, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target);
      if (key !== 'append') {
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      }
      return (...append: Parameters<EventStore['append']>) =>
        append[0].startsWith(category)
          ? Promise.reject(new StoreUnavailable('the disk is full'))
          : target.append(...append);
    },
  });

describe('An identity', () => {
  const read = async (store: EventStore, ...more: readonly string[]) => {
    const office = new Office(store);
    const reference = newReference();
    await office.send('ReferPackage', { reference, needs });
    const personId = personIdOf(reference);
    await office.send('RecordIdentity', { personId, identity });
    const reading = new IdentityReading(office.commands);
    return {
      ...{ office, personId },
      answer: reading.read([personId, ...more], 'review', { actor: broker }),
    };
  };
  const readings = async ({ log }: Office) =>
    (await log.readAll({ filter: { types: ['IdentityRead'] } })).events;

  it('is answered once its reading is in the log, one event for all asked at once', async () => {
    const { office, personId, answer } = await read(createMemoryStore());
    await expect(answer).resolves.toEqual([{ personId, ...identity }]);
    expect(await readings(office)).toMatchObject([
      { data: { personIds: [personId], by: 'broker', purpose: 'review' } },
    ]);
  });

  it('is not answered when its reading cannot be recorded', async () => {
    const { office, answer } = await read(fullFor('identityRead', createMemoryStore()));
    await expect(answer).rejects.toThrow(StoreUnavailable);
    expect(await readings(office)).toEqual([]);
  });

  it('is not answered beside one that may not be read, and nothing is recorded', async () => {
    const stranger = personIdOf(newReference());
    const { office, answer } = await read(createMemoryStore(), stranger);
    await expect(answer).rejects.toMatchObject({ code: 'ServiceUserUnknown' });
    expect(await readings(office)).toEqual([]);
  });
});
