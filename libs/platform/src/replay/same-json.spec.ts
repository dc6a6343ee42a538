import fc from 'fast-check';
import { isSameJson } from './same-json.js';

const kept = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

describe('isSameJson', () => {
  it('holds for what a store gives back, in any order of fields', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(isSameJson(value, kept(value))).toBe(true);
      }),
    );
    expect(isSameJson({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
  });

  it('holds where one has no field and the other an undefined one', () => {
    expect(isSameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(isSameJson({ a: 1 }, { a: 1, b: undefined })).toBe(true);
    expect(isSameJson([undefined], [null])).toBe(true);
  });

  it('does not hold where a value, a field, an entry or a kind differs', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(isSameJson(a, b)).toBe(sorted(a) === sorted(b));
      }),
    );
    expect(isSameJson({ a: 1 }, { a: 1, b: null })).toBe(false);
    expect(isSameJson({ a: 1, b: 2 }, { a: 1 })).toBe(false);
    expect(isSameJson({ a: undefined, b: 2 }, { a: 2, b: undefined })).toBe(false);
    expect(isSameJson([1, 2], [2, 1])).toBe(false);
    expect(isSameJson([1], [1, 2])).toBe(false);
    expect(isSameJson([], {})).toBe(false);
    expect(isSameJson(null, {})).toBe(false);
    expect(isSameJson('1', 1)).toBe(false);
  });
});

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : Object.is(each, -0)
        ? 0
        : each,
  );
