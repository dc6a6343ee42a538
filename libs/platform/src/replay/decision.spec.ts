import { shippedPolicy } from '#kernel/council-policy.js';
import type { Decider, Event } from '#kernel/decider.js';
import { ruleBook, tracingRules } from '#kernel/rejection.js';
import type { EventMetadata, StoredEvent } from '#eventstore/event-store.js';
import { defineSlice, type Slice } from '../commands/slice.js';
import { replayDecision } from './replay.fixtures.js';

interface AddCommands {
  Add: { commandId: string; count: number };
}
type Added = Event<'Added', { sum: number; at: string; by: string; seed: string; window: number }>;
const ensure: ReturnType<typeof ruleBook<{ TooMuch: string }>> = ruleBook({ TooMuch: 'Too much.' });
const counter: Decider<{ sum: number }, AddCommands, Added, { Add: { limit: number } }> = {
  initial: { sum: 0 },
  decide: {
    Add({ sum }, { count }, { now, actor, facts, entropy, policy }) {
      ensure(sum + count <= facts.limit, 'TooMuch');
      const window = policy.requestWindowMinutes.standard;
      const data = { sum: sum + count, at: now, by: actor.id, seed: entropy, window };
      return [{ type: 'Added', data }];
    },
  },
  evolve: { Added: (_, { sum }) => ({ sum }) },
};
const slices = [
  defineSlice<AddCommands>({
    category: 'counter',
    decider: counter,
    commands: { Add: { id: () => 'one' } },
  }),
] as readonly Slice[];

const added = (sum: number, count: number, metadata: Partial<EventMetadata> = {}): StoredEvent => ({
  ...{ id: `event-${sum}`, stream: 'counter-one', type: 'Added', version: 1 },
  ...{ revision: 0, position: 1 },
  data: { sum, at: '2026-03-02T09:00:00.000Z', by: 'broker-1', seed: 'abc', window: 1440 },
  metadata: {
    ...{ commandId: `command-${sum}`, actor: { id: 'broker-1', roles: ['broker'] } },
    ...{ recordedAt: '2026-03-02T09:00:00.000Z', entropy: 'abc', rules: 1, policyVersion: 0 },
    command: { name: 'Add', version: 1, fields: { count } },
    facts: [{ name: 'limit', value: 10, stream: 'limit-one', revision: 3 }],
    ...metadata,
  },
});
const first = added(4, 4);
const second = added(7, 3);
const policyApproved = (version: number, effectiveOn: string, standard: number): StoredEvent => ({
  ...{ ...first, stream: 'councilPolicy-council', type: 'PolicyChangeApproved' },
  data: { version, effectiveOn, values: { requestWindowMinutes: { standard, urgent: 1 } } },
});

describe('A replayed decision', () => {
  it('is the same when made again from what it saw', () => {
    expect(replayDecision(slices, [], [first])).toMatchObject({ outcome: 'same' });
    expect(replayDecision(slices, [first], [second])).toMatchObject({ outcome: 'same' });
  });

  it('is different when the events before it, or its own, are not what they were', () => {
    expect(replayDecision(slices, [], [second])).toMatchObject({
      outcome: 'different',
      decided: [{ type: 'Added', data: { sum: 3 } }],
      recorded: [{ type: 'Added', data: { sum: 7 } }],
    });
    const altered = { ...first, data: { ...(first.data as object), sum: 5 } };
    expect(replayDecision(slices, [], [altered])).toMatchObject({ outcome: 'different' });
    expect(replayDecision(slices, [first], [second, second])).toMatchObject({
      outcome: 'different',
    });
  });

  it.each([
    ['clock', { recordedAt: '2026-03-02T09:00:00.001Z' }],
    ['actor', { actor: { id: 'broker-2', roles: ['broker'] } }],
    ['entropy', { entropy: 'abd' }],
    ['command', { command: { name: 'Add', version: 1, fields: { count: 5 } } }],
  ] as const)('is different when its %s is not what it was', (_, metadata) => {
    expect(replayDecision(slices, [], [added(4, 4, metadata)])).toMatchObject({
      outcome: 'different',
    });
  });

  it('threw when the rules refuse it now', () => {
    const facts = [{ name: 'limit', value: 3 }];
    const result = replayDecision(slices, [], [added(4, 4, { facts })]);
    expect(result).toMatchObject({ outcome: 'threw', error: { code: 'TooMuch' } });
  });

  it('threw when nothing decides its command any more', () => {
    const command = { name: 'Multiply', version: 1, fields: {} };
    expect(replayDecision(slices, [], [added(4, 4, { command })])).toMatchObject({
      outcome: 'threw',
      error: { message: 'no slice decides Multiply' },
    });
    const elsewhere = { ...first, stream: 'other-one' };
    expect(replayDecision(slices, [], [elsewhere])).toMatchObject({ outcome: 'threw' });
  });

  it('tells a tracer each rule that it checks', () => {
    const checks: string[] = [];
    tracingRules(
      ({ code, holds }) => checks.push(`${code} ${holds}`),
      () => replayDecision(slices, [], [first]),
    );
    expect(checks).toEqual(['TooMuch true']);
  });
});

describe('The policy of a replayed decision', () => {
  const under = (policyVersion: number, window: number) => {
    const event = added(4, 4, { policyVersion });
    return { ...event, data: { ...(event.data as object), window } };
  };

  it('is the one that it recorded, from the approvals before it', () => {
    const change = policyApproved(1, '2026-03-01', 60);
    expect(replayDecision(slices, [change], [under(1, 60)])).toMatchObject({ outcome: 'same' });
    const shipped = shippedPolicy.requestWindowMinutes.standard;
    expect(replayDecision(slices, [], [under(0, shipped)])).toMatchObject({ outcome: 'same' });
  });

  it('is one that was not read yet when the decision was made beside its approval', () => {
    const change = policyApproved(1, '2026-03-01', 60);
    expect(replayDecision(slices, [change], [under(0, 1440)])).toMatchObject({ outcome: 'same' });
  });

  it('is found where a later approval took effect at an earlier date', () => {
    const changes = [policyApproved(1, '2026-03-01', 60), policyApproved(2, '2026-02-01', 90)];
    expect(replayDecision(slices, changes, [under(1, 60)])).toMatchObject({ outcome: 'same' });
    expect(replayDecision(slices, changes, [under(1, 90)])).toMatchObject({
      outcome: 'different',
    });
  });

  it('is missing when the log has no such approval', () => {
    expect(replayDecision(slices, [], [under(1, 60)])).toMatchObject({
      outcome: 'threw',
      error: { message: 'its council policy is not in the log' },
    });
  });
});
