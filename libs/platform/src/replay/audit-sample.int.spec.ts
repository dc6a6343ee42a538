import { addMinutes } from '#kernel/time.js';
import type { EventStore } from '#eventstore/event-store.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { freshStream, sampleEvent } from '#eventstore/sample-events.js';
import { auditSample } from './audit-sample.js';

const began = '2026-03-01T00:00:00.000Z';
const april = { from: '2026-04-01T00:00:00.000Z', before: '2026-05-01T00:00:00.000Z', after: 0 };
const march = { from: began, before: april.from, after: 0 };

describe('A sample for an audit', () => {
  let store: EventStore;

  /** One decision an hour, with an event of its own and one that follows it. */
  const decided = async (hours: number, from = began): Promise<void> => {
    for (let hour = 0; hour < hours; hour += 1) {
      const event = sampleEvent();
      const metadata = { ...event.metadata, recordedAt: addMinutes(from, hour * 60) };
      const command = { name: 'Sample', version: 1, fields: {} };
      const first = { ...event, metadata: { ...metadata, command } };
      await store.append(freshStream(), [first, sampleEvent({ metadata })], 'none');
    }
  };
  const drawn = async (seed: string, size = 10, period = march) => {
    const { population, decisions } = await auditSample(store, { ...period, seed, size });
    return { population, ids: decisions.map(({ eventId }) => eventId) };
  };

  beforeEach(async () => {
    store = createMemoryStore();
    await decided(31 * 24);
  });

  it('is of so many decisions of the period, and tells how many there are', async () => {
    const { population, ids } = await drawn('a');
    expect([population, new Set(ids).size]).toEqual([31 * 24, 10]);
    expect((await drawn('a', 10, april)).population).toBe(0);
    expect((await drawn('a', 1_000)).ids).toHaveLength(31 * 24);
  });

  it('is the same for the same seed, also when more was recorded since', async () => {
    const first = await drawn('a');
    await decided(24, april.from);
    expect(await drawn('a')).toEqual(first);
    expect((await drawn('b')).ids).not.toEqual(first.ids);
  });

  it('ends before the first instant of the next period', async () => {
    await decided(1, april.from);
    expect((await drawn('a')).population).toBe(31 * 24);
    expect((await drawn('a', 10, april)).population).toBe(1);
  });

  it('draws each decision about as often as any other', async () => {
    const times = new Map<string, number>();
    for (let seed = 0; seed < 60; seed += 1) {
      for (const id of (await drawn(String(seed), 124)).ids) {
        times.set(id, (times.get(id) ?? 0) + 1);
      }
    }
    // 60 draws of a sixth: ten times each, with a deviation of three.
    expect(Math.max(...times.values())).toBeLessThan(26);
    expect(times.size).toBe(31 * 24);
  });
});
