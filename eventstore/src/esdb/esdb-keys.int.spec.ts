import { randomBytes } from 'node:crypto';
import { WrongExpectedRevision } from '../event-store.js';
import { EventStoreDouble } from '../testing/double.js';
import { EsdbKeys } from './esdb-keys.js';
import { esdbSettings } from './esdb-settings.js';
import { openEsdbStore, type EsdbStore } from './esdb.store.js';

describe('People’s keys on EventStoreDB', () => {
  let double: EventStoreDouble;
  let nodes: EsdbStore[];
  const master = randomBytes(32);

  const node = async () => {
    const store = await openEsdbStore(esdbSettings(double.url));
    nodes.push(store);
    return store;
  };
  const keysOf = async (key = master) => EsdbKeys.open(await node(), key);
  const hex = (key: Uint8Array | undefined) => key && Buffer.from(key).toString('hex');

  beforeEach(async () => {
    double = await EventStoreDouble.start({ library: 'eventstore' });
    nodes = [];
  });
  afterEach(async () => {
    for (const store of nodes) await store.close();
    await double.stop();
  });

  it('that one node made are read by another, and lie beside the log', async () => {
    const [one, other] = [await keysOf(), await keysOf()];
    const key = hex(one.keyFor('person-1'));
    await one.durable();
    expect(other.isKnown('person-1')).toBe(false);
    await other.fetch('person-1');
    expect(hex(other.existingKey('person-1'))).toBe(key);
    await other.fetch('person-2');
    expect(other.existingKey('person-2')).toBeUndefined();
    expect(await nodes[0]?.readAll()).toMatchObject({ events: [] });
  });

  it('that two nodes make at once are one: who comes second seals again under the first', async () => {
    const [one, other] = [await keysOf(), await keysOf()];
    const [key, rival] = [hex(one.keyFor('person-1')), hex(other.keyFor('person-1'))];
    expect(rival).not.toBe(key);
    await one.durable();
    await expect(other.durable()).rejects.toThrow(WrongExpectedRevision);
    expect(hex(other.keyFor('person-1'))).toBe(key);
    expect(other.durable()).toBeUndefined();
  });

  it('are destroyed for every node, also for one that knew them', async () => {
    const one = await keysOf();
    one.keyFor('person-1');
    await one.durable();
    one.erase('person-1');
    await one.durable();
    const other = await keysOf();
    await other.fetch('person-1');
    expect(other.isErased('person-1')).toBe(true);
    expect(other.keyFor('person-1')).toBeUndefined();
    const kept = await nodes[0]?.parts.reads.records('subjectKey-person-1');
    expect(kept?.map(({ type }) => type)).toEqual(['SubjectKeyErased']);
  });

  it('are wrapped anew under another master key, and not read with the old one', async () => {
    const one = await keysOf();
    const key = hex(one.keyFor('person-1'));
    one.keyFor('person-2');
    await one.durable();
    const next = randomBytes(32);
    expect(await one.rotate(next)).toBe(2);
    const late = await keysOf();
    await expect(late.fetch('person-1')).rejects.toThrow(/every node the same MASTER_KEY/);
    const other = await keysOf(next);
    await other.fetch('person-1');
    expect(hex(other.existingKey('person-1'))).toBe(key);
  });
});
