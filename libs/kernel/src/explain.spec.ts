import { explainContinuity, explainPayment, explainPunctuality } from './explain.js';

describe('The explanation of a payment', () => {
  it('of 3,360 seconds names the minutes, the band and the formula (S2-17)', () => {
    expect(explainPayment(3_360)).toEqual({
      paidMinutes: 60,
      steps: [
        '3360 seconds are 56 whole minutes; a started minute does not count.',
        '56 minutes lie in the band from 56 to 70 minutes, which pays 60: 15 × max(1, floor((56 + 4) / 15)) = 60 (S2-17).',
      ],
    });
    expect(explainPayment(3_359)).toMatchObject({ paidMinutes: 45 });
  });

  it('says what the lowest band covers and flags a short visit (S2-17c)', () => {
    expect(explainPayment(10 * 60).steps).toEqual([
      '600 seconds are 10 whole minutes; a started minute does not count.',
      '10 minutes lie in the band from 1 to 25 minutes, which pays 15: 15 × max(1, floor((10 + 4) / 15)) = 15 (S2-17).',
      '1 to 10 minutes: the lowest band is paid and the visit is flagged as short (S2-17c).',
    ]);
    expect(explainPayment(11 * 60).steps).toHaveLength(2);
  });

  it('says why under a minute is held (S2-17c)', () => {
    expect(explainPayment(59)).toEqual({
      paidMinutes: null,
      steps: [
        '59 seconds are 0 whole minutes; a started minute does not count.',
        'Under one minute: held as an exception, not paid and not hidden (S2-17c).',
      ],
    });
    expect(explainPayment(60)).toMatchObject({ paidMinutes: 15 });
  });

  it('follows the contract: a cap at the hour, or its own table (S2-17)', () => {
    const capped = explainPayment(71 * 60, { kind: 'quarter-hours', cap60: true });
    expect(capped.paidMinutes).toBe(60);
    expect(capped.steps.at(-1)).toBe('The contract pays at most 60 minutes a visit.');
    expect(explainPayment(70 * 60, { kind: 'quarter-hours', cap60: true }).steps).toHaveLength(2);
    const table = { kind: 'table', bands: [{ upToMinutes: null, paidMinutes: 20 }] } as const;
    expect(explainPayment(600, table)).toMatchObject({ paidMinutes: 20 });
  });

  it('refuses what is no count', () => {
    for (const seconds of [-1, 0.5, NaN]) expect(() => explainPayment(seconds)).toThrow(RangeError);
    expect(() => explainContinuity(-1)).toThrow(RangeError);
    expect(explainPayment(0)).toMatchObject({ paidMinutes: null });
  });
});

describe('The explanation of continuity', () => {
  it('of 14 visits rounds 2.1 up (S2-11)', () => {
    expect(explainContinuity(14)).toEqual({
      limit: 4,
      steps: [
        '14 visits were attended in the two weeks.',
        '15 % of 14 is 2.1, rounded up 3.',
        '1 + 3 = 4 different carers at most (S2-11).',
      ],
    });
  });

  it('of 20 visits has nothing to round (S2-11)', () => {
    expect(explainContinuity(20)).toMatchObject({ limit: 4 });
    expect(explainContinuity(20).steps[1]).toBe('15 % of 20 is 3, already whole.');
    expect(explainContinuity(21)).toMatchObject({ limit: 5 });
  });

  it('of no visits is not applicable (S2-11)', () => {
    expect(explainContinuity(0)).toEqual({
      limit: null,
      steps: [
        '0 visits were attended in the two weeks.',
        'Without visits continuity is not applicable (S2-11).',
      ],
    });
  });
});

describe('The explanation of punctuality', () => {
  const explain = explainPunctuality;

  it('of 08:30:59 for 08:00 is 30 minutes late and on time (S2-9)', () => {
    expect(explain('2026-03-02T08:00', '2026-03-02T08:30:59', false, 30)).toEqual({
      minutes: 30,
      onTime: true,
      steps: [
        'The agreed start is 08:00 on 2026-03-02 in London.',
        'The visit started at 08:30:59 on 2026-03-02; seconds are cut off.',
        'That is 30 min after the agreed start.',
        'A standard visit may start up to 30 min early or late: 30 is within 30, so it is on time (S2-9).',
      ],
    });
    expect(explain('2026-03-02T08:00', '2026-03-02T08:31', false, 30).onTime).toBe(false);
  });

  it('of 07:44:30 for 08:00 is 16 minutes early, too much for a critical visit (S2-9)', () => {
    const early = explain('2026-03-02T08:00', '2026-03-02T07:44:30', true, 15);
    expect(early).toMatchObject({ minutes: -16, onTime: false });
    expect(early.steps.slice(2)).toEqual([
      'That is 16 min before the agreed start.',
      'A critical visit may start up to 15 min early or late: 16 is over 15, so it is not on time (S2-9).',
    ]);
    expect(explain('2026-03-02T08:00', '2026-03-02T07:45', true, 15).onTime).toBe(true);
  });

  it('of the very minute says so (S2-9)', () => {
    const exact = explain('2026-03-02T08:00', '2026-03-02T08:00:30', false, 30);
    expect(exact.minutes).toBe(0);
    expect(exact.steps[2]).toBe('That is the very minute of the agreed start.');
  });

  it('tells how a skipped time is read (X9)', () => {
    const skipped = explain('2026-03-29T01:30', '2026-03-29T02:40', false, 30);
    expect(skipped.minutes).toBe(10);
    expect(skipped.steps[1]).toBe(
      'The clocks skip 01:30 that night: it moves forward to 02:30 (X9).',
    );
    const unset = explain('2026-03-29T02:30', '2026-03-29T01:40', false, 30);
    expect(unset.minutes).toBe(10);
    expect(unset.steps[2]).toBe('The clocks skip 01:40 that night: it is read as 02:40 (X9).');
  });

  it('tells how a repeated time is read (X9)', () => {
    const twice = explain('2026-10-25T01:30', '2026-10-25T01:40', false, 30);
    expect(twice.minutes).toBe(10);
    expect(twice.steps[1]).toBe(
      '01:30 occurs twice that night: the agreed start is the first one (X9).',
    );
    const after = explain('2026-10-25T02:00', '2026-10-25T01:50', false, 30);
    expect(after.minutes).toBe(-10);
    expect(after.steps[2]).toBe(
      '01:50 occurs twice that night: the one nearest the agreed start is taken (X9).',
    );
  });

  it('refuses a text that is no local time', () => {
    for (const text of [
      '2026-02-30T08:00',
      '2026-03-02 08:00',
      '2026-03-02T08:00Z',
      '08:00',
      '2026-03-02T24:00',
    ]) {
      expect(() => explain(text, '2026-03-02T08:00', false, 30)).toThrow(RangeError);
      expect(() => explain('2026-03-02T08:00', text, false, 30)).toThrow(RangeError);
    }
    expect(() => explain('2026-03-02T08:00:30', '2026-03-02T08:00', false, 30)).toThrow(RangeError);
    expect(() => explain('2026-03-02T08:00', '2026-03-02T08:00', false, -1)).toThrow(RangeError);
  });
});
