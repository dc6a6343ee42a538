import fc from 'fast-check';
import { differencesOf } from './differences.js';

describe('Differences', () => {
  it('are the innermost places, by name and index', () => {
    const recorded = [{ type: 'A', data: { sum: 4, by: ['x', 'y'] } }];
    const decided = [{ type: 'A', data: { sum: 5, by: ['x'] } }];
    expect(differencesOf(recorded, decided)).toEqual([
      { path: '0.data.sum', recorded: 4, decided: 5 },
      { path: '0.data.by.1', recorded: 'y', decided: undefined },
    ]);
  });

  it('tell a value of another kind as a whole', () => {
    expect(differencesOf({ a: [] }, { a: {} })).toEqual([{ path: 'a', recorded: [], decided: {} }]);
    expect(differencesOf(null, {})).toEqual([{ path: '', recorded: null, decided: {} }]);
  });

  it('are none between equal values, and some between others', () => {
    const json = fc.jsonValue({ noUnicodeString: false });
    fc.assert(
      fc.property(json, json, (a, b) => {
        const [first, second] = [structured(a), structured(b)];
        expect(differencesOf(first, structured(a))).toEqual([]);
        expect(differencesOf(first, second).length > 0).toBe(!isEqual(first, second));
      }),
    );
  });
});

const structured = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const isEqual = (a: unknown, b: unknown): boolean => {
  try {
    expect(a).toEqual(b);
    return true;
  } catch {
    return false;
  }
};
