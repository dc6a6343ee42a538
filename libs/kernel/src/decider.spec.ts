import { fold, type Decider, type Event } from './decider.js';

type Counted = Event<'Added', { by: number }> | Event<'Cleared', Record<string, never>>;

const counter: Decider<number, { Add: { by: number } }, Counted> = {
  initial: 0,
  decide: { Add: (_, { by }) => [{ type: 'Added', data: { by } }] },
  evolve: { Added: (count, { by }) => count + by, Cleared: () => 0 },
};
const added = (by: number): Counted => ({ type: 'Added', data: { by } });
const cleared: Counted = { type: 'Cleared', data: {} };

describe('Folding events', () => {
  it('starts at the initial state and keeps their order', () => {
    expect(fold(counter, [])).toBe(0);
    expect(fold(counter, [added(2), cleared, added(3)])).toBe(3);
    expect(fold(counter, [added(2), added(3), cleared])).toBe(0);
  });

  it('goes on from a state that was folded before', () => {
    const before = fold(counter, [added(2)]);
    expect(fold(counter, [added(3)], before)).toBe(fold(counter, [added(2), added(3)]));
  });

  it('skips an event type that it does not know', () => {
    expect(fold(counter, [added(2), { type: 'Renamed', data: {} }, added(1)])).toBe(3);
  });

  it('takes events from any iterable', () => {
    function* events() {
      yield added(1);
      yield added(1);
    }
    expect(fold(counter, events())).toBe(2);
  });
});
