import { changedAt, pathTo, textAt } from './personal-path.js';

const loud = (value: unknown): unknown => String(value).toUpperCase();

describe('A personal path', () => {
  it.each([
    ['a field', 'note', { note: 'a', other: 'b' }, { note: 'A', other: 'b' }],
    [
      'a field of a field',
      'by.name',
      { by: { name: 'a', as: 'b' } },
      { by: { name: 'A', as: 'b' } },
    ],
    ['a whole list', 'notes', { notes: ['a', 'b'] }, { notes: 'A,B' }],
    ['each entry of a list', 'notes[]', { notes: ['a', 'b'] }, { notes: ['A', 'B'] }],
    [
      'a field of each entry',
      'legs[].note',
      { legs: [{ note: 'a' }, { other: 'b' }, null] },
      { legs: [{ note: 'A' }, { other: 'b' }, null] },
    ],
    [
      'lists within lists',
      'days[].legs[].note',
      { days: [{ legs: [{ note: 'a' }] }, { legs: [] }] },
      { days: [{ legs: [{ note: 'A' }] }, { legs: [] }] },
    ],
  ])('reaches %s', (_, path, value, expected) => {
    const before = structuredClone(value);
    expect(changedAt(value, pathTo(path), loud)).toEqual(expected);
    expect(value).toEqual(before);
  });

  it.each([
    ['an absent field', 'note', { other: 1 }],
    ['an absent parent', 'by.name', {}],
    ['a null field', 'note', { note: null }],
    ['a null parent', 'by.name', { by: null }],
    ['a field of a text', 'by.length', { by: 'text' }],
    ['entries of what is no list', 'notes[]', { notes: 'text' }],
    ['an inherited field', 'constructor', {}],
    ['null itself', 'note', null],
  ])('leaves %s alone', (_, path, value) => {
    expect(changedAt(value, pathTo(path), loud)).toEqual(value);
  });

  it.each(['', '.a', 'a..b', 'a.'])('is not %j', (text) => {
    expect(() => pathTo(text)).toThrow(RangeError);
  });

  it('finds a text, and nothing else', () => {
    const value = { person: { id: 'p-1', age: 4, none: '' } };
    expect(textAt(value, pathTo('person.id'))).toBe('p-1');
    for (const path of ['person.age', 'person.none', 'person', 'other.id', 'person.id.length']) {
      expect(textAt(value, pathTo(path))).toBeUndefined();
    }
  });
});
