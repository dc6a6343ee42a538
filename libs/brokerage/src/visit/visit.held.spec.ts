import { heldBecause } from './visit.held.rules.js';

const leg = (outAt: string | null, more: object = {}) => ({
  ...{ inAt: '2026-03-09T08:00:00.000Z', outAt, method: 'app' as const },
  ...more,
});

describe('A leg', () => {
  it('without a log-out is held (X12)', () => {
    expect(heldBecause(leg(null))).toBe('no-log-out');
    expect(heldBecause(leg('2026-03-09T08:30:00.000Z'))).toBeNull();
  });

  it('under one minute is held, one of a minute is not (X12)', () => {
    expect(heldBecause(leg('2026-03-09T08:00:59.999Z'))).toBe('under-one-minute');
    expect(heldBecause(leg('2026-03-09T08:01:00.000Z'))).toBeNull();
  });

  it('that was logged by hand is held without a reason code, not with one (X12)', () => {
    const out = '2026-03-09T08:30:00.000Z';
    expect(heldBecause(leg(out, { method: 'manual' }))).toBe('manual-without-reason');
    const said = { method: 'manual', manualReason: 'no-signal' };
    expect(heldBecause(leg(out, said))).toBeNull();
  });
});
