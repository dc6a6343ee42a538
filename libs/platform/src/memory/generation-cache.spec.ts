import { GenerationCache } from './generation-cache.js';

describe('The cache of generations', () => {
  it('keeps what was asked for lately and forgets the rest', () => {
    const cache = new GenerationCache<string>(2);
    for (const key of ['a', 'b', 'c']) cache.set(key, key);
    cache.trim();
    expect(cache.get('a')).toBe('a');
    for (const key of ['d', 'e']) cache.set(key, key);
    cache.trim();
    expect([cache.get('a'), cache.get('b'), cache.get('d')]).toEqual(['a', undefined, 'd']);
  });

  it('forgets nothing between two trims', () => {
    const cache = new GenerationCache<number>(1);
    for (let key = 0; key < 100; key += 1) cache.set(String(key), key);
    expect(cache.get('0')).toBe(0);
  });

  it('counts by weight, so that few large values fill it', () => {
    const cache = new GenerationCache<string>(10, ({ length }) => length);
    cache.set('at the limit', 'x'.repeat(10));
    cache.trim();
    cache.set('other', 'y');
    cache.trim();
    expect(cache.get('at the limit')).toBeDefined();
    cache.set('large', 'x'.repeat(11));
    cache.trim();
    cache.set('larger', 'x'.repeat(12));
    cache.trim();
    expect([cache.get('other'), cache.get('larger')]).toEqual([undefined, 'x'.repeat(12)]);
  });
});
