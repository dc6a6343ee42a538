import { errorCodeEnum, platformCodes } from './error-codes.js';
import { withoutNulls } from './input.pipe.js';
import { asOf, positionOf } from './paging.view.js';

describe('Null and absent', () => {
  it('are one, at any depth', () => {
    const given = { note: null, lines: [{ minutes: 30, reason: null }], at: undefined };
    expect(withoutNulls(given)).toEqual({ lines: [{ minutes: 30 }] });
    expect(Object.keys(withoutNulls(given) as object)).toEqual(['lines']);
  });

  it('leave other values alone', () => {
    const date = new Date(0);
    expect(withoutNulls({ date, zero: 0, empty: '', off: false, list: [null, 1] })).toEqual({
      ...{ date, zero: 0, empty: '', off: false, list: [null, 1] },
    });
  });
});

describe('A position', () => {
  it.each([
    ['0', 0],
    [String(Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER],
    [undefined, undefined],
  ])('is read from %s', (text, position) => {
    expect(positionOf(text)).toBe(position);
  });

  it.each(['', '-1', '1.5', '1e3', ' 1', String(Number.MAX_SAFE_INTEGER + 1)])(
    'is not "%s"',
    (text) => {
      expect(() => positionOf(text)).toThrow('after must be a position');
    },
  );

  it('is stated as text, with its moment when the log has one', () => {
    expect(asOf({ position: 0 })).toEqual({ position: '0' });
    expect(asOf({ position: 7, at: '2026-03-29T00:30:00.000Z' })).toEqual({
      ...{ position: '7', at: '2026-03-29T00:30:00.000Z' },
    });
  });
});

describe('The codes of errors', () => {
  it('are those of the platform and of every rule', () => {
    expect(errorCodeEnum([{ LotUnknown: 'No such lot.' }])).toEqual({
      ...Object.fromEntries(Object.keys(platformCodes).map((code) => [code, code])),
      LotUnknown: 'LotUnknown',
    });
  });

  it('have one sentence each', () => {
    const shared = { LotUnknown: 'No such lot.' };
    expect(() => errorCodeEnum([shared, shared])).not.toThrow();
    expect(() => errorCodeEnum([shared, { LotUnknown: 'Another lot.' }])).toThrow('LotUnknown');
  });
});
