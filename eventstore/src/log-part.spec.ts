import { deriveId } from '#kernel/ids.js';
import { isInPart } from './log-part.js';

const ids = Array.from({ length: 400 }, (_, n) => deriveId(deriveId('seed'), n));
const partsOf = (stream: string, of: number): number[] =>
  [...Array(of).keys()].filter((index) => isInPart(stream, { index, of }));

describe('A part of a log', () => {
  it('has each stream once, and each part has about as many', () => {
    const counts = [0, 0, 0];
    for (const id of ids) {
      const parts = partsOf(`offer-${id}`, 3);
      expect(parts).toHaveLength(1);
      for (const part of parts) counts[part] = (counts[part] ?? 0) + 1;
    }
    for (const count of counts) expect(count).toBeGreaterThan(ids.length / 5);
  });

  it('keeps what is named after the same id together', () => {
    for (const id of ids) {
      expect(partsOf(`visitWeek-${id}.2026-W13`, 4)).toEqual(partsOf(`carePackage-${id}`, 4));
    }
  });

  it('is the whole log where there is one', () => {
    expect(isInPart('councilPolicy-council', { index: 0, of: 1 })).toBe(true);
  });
});
