import { contentHash } from './content-hash.js';

describe('The hash of a content', () => {
  it('is that of its JSON with sorted fields', () => {
    expect(contentHash({ b: [1, 'x'], a: null })).toBe(
      // printf '{"a":null,"b":[1,"x"]}' | sha256sum
      'c22cb7b0353770e2b38094af641143ebf008ddf2d1f2dedb9d875996fcf245fa',
    );
  });

  it('does not depend on the order of fields, nor on absent ones', () => {
    expect(contentHash({ a: 1, b: { c: 2, d: 3 } })).toBe(
      contentHash({ b: { d: 3, c: 2 }, a: 1, e: undefined }),
    );
  });

  it('depends on every value and on the order of a list', () => {
    const hashes = [{ a: 1 }, { a: 2 }, { a: '1' }, { b: 1 }, [1, 2], [2, 1], [[1], 2]];
    expect(new Set(hashes.map(contentHash)).size).toBe(hashes.length);
  });
});
