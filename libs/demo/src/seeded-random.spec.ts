import { SeededRandom } from './seeded-random.js';

const many = (draw: () => number) => Array.from({ length: 5_000 }, draw);

describe('Seeded random', () => {
  it('repeats itself for the same keys, and only for them', () => {
    const drawn = (...keys: (string | number)[]) => {
      const random = new SeededRandom(...keys);
      return many(() => random.next());
    };
    expect(drawn(1, 'a')).toEqual(drawn(1, 'a'));
    expect(drawn(1, 'a')).not.toEqual(drawn(2, 'a'));
    expect(drawn(1, 'a')).not.toEqual(drawn(1, 'b'));
  });

  it('draws from 0 up to but not including 1, evenly', () => {
    const random = new SeededRandom('even');
    const drawn = many(() => random.next());
    expect(Math.min(...drawn) >= 0 && Math.max(...drawn) < 1).toBe(true);
    const mean = drawn.reduce((sum, number) => sum + number, 0) / drawn.length;
    expect(mean).toBeCloseTo(0.5, 1);
  });

  it('draws both ends of a range and nothing beyond', () => {
    const random = new SeededRandom('range');
    expect(new Set(many(() => random.int(3, 5)))).toEqual(new Set([3, 4, 5]));
    expect(random.int(7, 7)).toBe(7);
  });

  it('weighs: nothing of weight 0, all of a single weight', () => {
    const random = new SeededRandom('weights');
    const drawn = new Set(
      many(() =>
        random.weighted([
          [1, 0],
          [2, 3],
          [3, 1],
        ] as const),
      ),
    );
    expect(drawn).toEqual(new Set([2, 3]));
    expect(random.weighted([['only', 1]])).toBe('only');
  });

  it('shuffles a copy: nothing is lost', () => {
    const items = Array.from({ length: 30 }, (_, at) => at);
    const shuffled = new SeededRandom('shuffle').shuffled(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
  });

  it('keeps a bell within three', () => {
    const random = new SeededRandom('bell');
    expect(many(() => random.bell()).every((drawn) => Math.abs(drawn) <= 3)).toBe(true);
  });
});
