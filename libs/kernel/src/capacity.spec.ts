import fc from 'fast-check';
import {
  heldOn,
  overLimit,
  peakFrom,
  withReleased,
  withTaken,
  type HoldingStep,
} from './capacity.js';

const at = (minute: number) => `2026-01-01T09:${String(minute).padStart(2, '0')}:00.000Z`;
const step = (holder: string, fromOn: string, packages: number, minute = 0): HoldingStep => ({
  ...{ holder, fromOn, takenAt: at(minute) },
  units: packages === 0 ? {} : { packages },
});
const released = (holder: string, fromOn: string, minute: number) => ({
  ...{ holder, fromOn },
  releasedAt: at(minute),
});

describe('What is held', () => {
  it('is held from its day on, and not the day before', () => {
    const steps = withTaken([], step('a', '2026-03-02', 1));
    expect(heldOn(steps, 'a', '2026-03-01')).toBeUndefined();
    expect(heldOn(steps, 'a', '2026-03-02')).toEqual({ packages: 1 });
  });

  it('is replaced from the day on which its holder takes again', () => {
    const steps = withTaken([step('a', '2026-03-02', 1)], step('a', '2026-04-01', 3));
    expect(heldOn(steps, 'a', '2026-03-31')).toEqual({ packages: 1 });
    expect(heldOn(steps, 'a', '2026-04-01')).toEqual({ packages: 3 });
    expect(peakFrom(steps, '2026-03-02')).toEqual({ packages: 3 });
  });

  it('is free again from the day of its release', () => {
    const steps = withReleased([step('a', '2026-03-02', 1)], released('a', '2026-05-01', 5));
    expect(heldOn(steps, 'a', '2026-04-30')).toEqual({ packages: 1 });
    expect(peakFrom(steps, '2026-04-30')).toEqual({ packages: 1 });
    expect(peakFrom(steps, '2026-05-01')).toEqual({ packages: 0 });
  });

  it('is kept from a release that was meant for an earlier holding', () => {
    const taken = [step('a', '2026-03-02', 1, 10)];
    expect(withReleased(taken, released('a', '2026-03-01', 9))).toEqual(taken);
    expect(withReleased(taken, released('a', '2026-03-01', 10))).toEqual([]);
  });

  it('counts at its highest on any later day, its own holder left out', () => {
    const steps = [
      step('a', '2026-03-02', 2),
      step('b', '2026-04-01', 3),
      step('a', '2026-04-01', 0),
    ];
    expect(peakFrom(steps, '2026-03-01')).toEqual({ packages: 3 });
    expect(peakFrom(steps, '2026-03-01', 'b')).toEqual({ packages: 2 });
  });

  it('is the largest daily sum, whatever the order of the steps', () => {
    const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'];
    const anyStep = fc
      .record({
        holder: fc.constantFrom('a', 'b', 'c'),
        fromOn: fc.constantFrom(...days),
        packages: fc.nat(4),
      })
      .map(({ holder, fromOn, packages }) => step(holder, fromOn, packages));
    fc.assert(
      fc.property(fc.array(anyStep), fc.constantFrom(...days), (taken, from) => {
        const steps = taken.reduce<readonly HoldingStep[]>(withTaken, []);
        const sumOn = (on: string) =>
          ['a', 'b', 'c'].reduce(
            (sum, holder) => sum + (heldOn(steps, holder, on)?.packages ?? 0),
            0,
          );
        const most = Math.max(...days.filter((day) => day >= from).map(sumOn));
        expect(peakFrom(steps, from).packages ?? 0).toBe(most);
      }),
    );
  });
});

describe('A limit', () => {
  it('holds what is exactly as much, and not one more', () => {
    expect(overLimit({ packages: 2 }, { packages: 1 }, { packages: 3 })).toEqual([]);
    expect(overLimit({ packages: 3 }, { packages: 1 }, { packages: 3 })).toEqual(['packages']);
    expect(overLimit({ packages: 9 }, { packages: 1 }, {})).toEqual([]);
  });

  it('refuses nothing to a holder that wants none', () => {
    expect(overLimit({ packages: 4 }, {}, { packages: 3 })).toEqual([]);
  });
});
