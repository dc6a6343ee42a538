import { punctuality, worstPunctuality } from './punctuality.js';
import { londonInstant } from './time.js';

const at = (time: string) => `2026-03-02T${time}.000Z`;
const agreed = at('08:00:00');

describe('Punctuality', () => {
  it.each([
    ['08:00:00', 30, 0, true],
    ['08:30:00', 30, 30, true],
    ['08:30:59', 30, 30, true],
    ['08:31:00', 30, 31, false],
    ['07:30:00', 30, -30, true],
    ['07:29:59', 30, -31, false],
    ['07:44:30', 15, -16, false],
    ['07:44:30', 30, -16, true],
    ['07:45:00', 15, -15, true],
    ['08:15:59', 15, 15, true],
    ['08:16:00', 15, 16, false],
    ['12:00:00', 30, 240, false],
  ])(
    'of %s for 08:00 within %i minutes is %i, on time: %s (S2-9)',
    (actual, tolerance, minutes, onTime) => {
      expect(punctuality(agreed, at(actual), tolerance)).toEqual({ minutes, onTime });
    },
  );

  it('cuts the agreed start to the minute as well (S2-9)', () => {
    expect(punctuality(at('08:00:59'), at('08:30:59'), 30)).toEqual({ minutes: 30, onTime: true });
    expect(punctuality(at('08:00:59'), at('08:31:00'), 30)).toEqual({ minutes: 31, onTime: false });
  });

  it('counts elapsed time over the change of the clocks (X9)', () => {
    const before = londonInstant('2026-03-29', '00:50').instant;
    const after = londonInstant('2026-03-29', '02:10').instant;
    expect(punctuality(before, after, 30)).toEqual({ minutes: 20, onTime: true });
  });
});

describe('A visit of several legs', () => {
  it('is on time when every leg is (S2-9)', () => {
    expect(worstPunctuality(agreed, [at('08:30:00'), at('07:31:00')], 30)).toEqual({
      minutes: 30,
      onTime: true,
    });
    expect(worstPunctuality(agreed, [at('08:30:00'), at('08:31:00')], 30)).toEqual({
      minutes: 31,
      onTime: false,
    });
  });

  it('shows its worst leg, early or late, whatever the order (S2-9)', () => {
    const legs = [at('08:10:00'), at('07:20:00'), at('08:39:00')];
    const early = { minutes: -40, onTime: false };
    expect(worstPunctuality(agreed, legs, 30)).toEqual(early);
    expect(worstPunctuality(agreed, legs.toReversed(), 30)).toEqual(early);
  });

  it('shows the late one of two equally far legs', () => {
    const late = { minutes: 20, onTime: true };
    expect(worstPunctuality(agreed, [at('07:40:00'), at('08:20:00')], 30)).toEqual(late);
    expect(worstPunctuality(agreed, [at('08:20:00'), at('07:40:00')], 30)).toEqual(late);
  });

  it('has no punctuality when no leg was attended (S2-13)', () => {
    expect(worstPunctuality(agreed, [], 30)).toBeNull();
    expect(worstPunctuality(agreed, [at('08:05:00')], 30)).toEqual({ minutes: 5, onTime: true });
  });
});
