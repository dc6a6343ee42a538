import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planYear } from '#demo/ecm-year/year-plan.js';
import { writeYear } from '#demo/ecm-year/year-directory.js';
import { askBoth, type AskedYear } from './asked-year.js';

describe.each([
  // Easter and the night in which clocks go forward; the one in which they go back.
  ['March and April', '2026-04-27', false],
  ['October, statements closed half-way', '2026-11-02', true],
])('Six weeks of %s, in the product and in SQL of its own', (_, endsBefore, closes) => {
  let directory: string;
  let found: AskedYear;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'oracle-'));
    const year = join(directory, 'year');
    await writeYear(planYear({ seed: 7, endsBefore, weeks: 6, scale: 0.05 }), year);
    found = await askBoth(year, join(directory, 'data'), { closes });
  }, 120_000);

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it('have the rows that their files tell (S1-15, X13)', () => {
    const { counts, oracleCounts, differingFiles } = found;
    expect(oracleCounts).toMatchObject({ visits: 6 * 1_410 });
    const { unchanged, ...rows } = counts;
    expect(unchanged).toBe(0);
    expect(oracleCounts).toMatchObject(rows);
    expect(differingFiles).toEqual([]);
    expect(found.approved).toBeGreaterThan(3);
  });

  it('give the same punctuality, continuity, missed visits and coverage (S2-9, S2-11, S2-12, X27)', () => {
    expect(found.kpis).toMatchObject({ differing: 0, differences: [] });
    expect(found.kpis.compared).toBeGreaterThan(300);
  });

  it('are paid alike, line by line and to the penny, adjustments included (S2-16, S2-17b, S2-18, X14)', () => {
    expect(found.lines).toMatchObject({ differing: 0, differences: [] });
    expect(found.lines.compared).toBeGreaterThan(9_000);
  });
});
