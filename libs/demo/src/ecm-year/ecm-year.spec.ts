import { weeklyCarerMinutes, weeklyVisits } from '#kernel/schedule.js';
import { yearFiles } from './year-files.js';
import { planYear } from './year-plan.js';
import { referenceCouncil } from './year-request.js';

const small = { seed: 1, endsBefore: '2026-04-13', weeks: 4, scale: 0.03 } as const;
const written = (seed: number) => JSON.stringify([...yearFiles(planYear({ ...small, seed }))]);

describe('A year of monitoring files', () => {
  it('is of the reference council: people, visits and hours of a week (S2-1)', () => {
    const { packages, providers } = planYear({ ...small, weeks: 1, scale: 1 });
    const sum = (each: (lines: (typeof packages)[number]['lines']) => number) =>
      packages.reduce((total, { lines }) => total + each(lines), 0);
    expect({
      people: packages.length,
      providers: providers.length,
      weeklyVisits: sum(weeklyVisits),
      weeklyCarerMinutes: sum(weeklyCarerMinutes),
    }).toEqual(referenceCouncil);
    expect(52 * referenceCouncil.weeklyVisits).toBe(1_466_660);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(written(1)).toBe(written(1));
    expect(written(2)).not.toBe(written(1));
  });

  it('holds what its manifest tells, row by row', () => {
    const kinds = new Set<string>();
    for (const { files } of yearFiles(planYear(small))) {
      for (const { told, csv } of files) {
        const { read, ...parts } = told.expected;
        expect(csv.trim().split('\n').length - 1).toBe(read);
        expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(read);
        kinds.add(`${told.format} ${told.kind}`);
      }
    }
    expect(kinds).toContain('controcc correction');
    expect(kinds).toContain('abacus week');
  });

  it.each([
    ['a Tuesday', { endsBefore: '2026-04-14' }, '2026-04-14 is no Monday'],
    ['no week', { weeks: 0 }, 'a year of files has 1 to 104 weeks'],
    ['more than the council', { scale: 1.1 }, 'the scale is a number from 0.01 to 1'],
  ])('is not made of %s', (_, wrong, sentence) => {
    expect(() => planYear({ ...small, ...wrong })).toThrow(sentence);
  });
});
