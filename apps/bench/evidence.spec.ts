import { withSection } from './evidence.js';
import { atLeast, atMost, notMeasured, quantile, ratioVerdict, type Section } from './harness.js';

const sectionOf = (id: string, met: boolean): Section => ({
  id,
  title: `Title of ${id}`,
  text: ['What was done.'],
  tables: [{ head: ['in flight', 'rate'], rows: [['64', '40,000']] }],
  verdicts: [{ what: `target of ${id}`, target: '≥ 5', measured: met ? '6' : '4', met }],
});

describe('The evidence file', () => {
  it('holds the section, its table and the target with its shortfall', () => {
    const text = withSection('', sectionOf('appends', false), 'on a machine');
    expect(text).toContain('## Title of appends\n\n_on a machine_\n\nWhat was done.');
    expect(text).toContain('| 64        | 40,000 |');
    expect(text).toMatch(
      /## Targets\n\n\| what[^]*\| target of appends \| ≥ 5 +\| 4 +\| \*\*no\*\* \|/,
    );
  });

  it('replaces a section that is measured again and keeps the others', () => {
    const first = withSection('', sectionOf('appends', false), 'yesterday');
    const second = withSection(first, sectionOf('visits', true), 'yesterday');
    const third = withSection(second, sectionOf('appends', true), 'today');
    expect(third.match(/## Title of/g)).toHaveLength(2);
    expect(third).toContain('_today_');
    expect(third).not.toContain('**no**');
    expect(third.match(/\| target of visits/g)).toHaveLength(2);
  });

  it('keeps the notes that were written by hand', () => {
    const first = withSection('', sectionOf('appends', true), 'yesterday');
    const noted = first.replace('None yet.', 'The disk of this machine is shared.');
    const second = withSection(noted, sectionOf('appends', true), 'today');
    expect(second.endsWith('## Notes\n\nThe disk of this machine is shared.\n')).toBe(true);
  });
});

describe('A verdict', () => {
  it.each([
    [ratioVerdict('a', 0.5, 0.5, '%'), true],
    [ratioVerdict('a', 0.4999, 0.5, '%'), false],
    [atMost('a', 50, 50, 'ms'), true],
    [atMost('a', 50.01, 50, 'ms'), false],
    [atLeast('a', 200_000, 200_000, 'events/s'), true],
    [atLeast('a', 199_999, 200_000, 'events/s'), false],
    [notMeasured('a', '≥ 5×', 'it is not installed'), null],
  ])('says of %j that it is met: %p', ({ met }, expected) => {
    expect(met).toBe(expected);
  });

  it('never shows a shortfall as reached', () => {
    expect(ratioVerdict('a', 0.4999, 0.5, '%').measured).toBe('49.9 %');
    expect(atMost('a', 50.01, 50, 'ms').measured).toBe('50.1 ms');
  });

  it('takes a quantile by the nearest rank', () => {
    const values = [4, 1, 3, 2];
    expect([0.5, 0.75, 0.99].map((share) => quantile(values, share))).toEqual([2, 3, 4]);
  });
});
