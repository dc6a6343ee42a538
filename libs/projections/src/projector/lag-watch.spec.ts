import { LagWatch } from './lag-watch.js';

const rule = { events: 100, withoutProgressMs: 1_000 };

describe('the lag rule', () => {
  it('is kept at a lag of so many events for any time', () => {
    const watch = new LagWatch(rule);
    expect(watch.isStuck(100, 0, 0)).toBe(false);
    expect(watch.isStuck(100, 0, 9_999)).toBe(false);
  });

  it('is broken by one event more after the time without progress, not before', () => {
    const watch = new LagWatch(rule);
    expect(watch.isStuck(101, 0, 500)).toBe(false);
    expect(watch.isStuck(101, 0, 1_500)).toBe(false);
    expect(watch.isStuck(101, 0, 1_501)).toBe(true);
  });

  it('is kept while the projection moves', () => {
    const watch = new LagWatch(rule);
    expect(watch.isStuck(5_000, 0, 0)).toBe(false);
    expect(watch.isStuck(4_000, 2_000, 2_500)).toBe(false);
    expect(watch.isStuck(4_000, 2_000, 3_001)).toBe(true);
  });

  it('forgets a lag that was made up', () => {
    const watch = new LagWatch(rule);
    expect(watch.isStuck(101, 0, 0)).toBe(false);
    expect(watch.isStuck(0, 0, 900)).toBe(false);
    expect(watch.isStuck(101, 0, 1_800)).toBe(false);
  });
});
