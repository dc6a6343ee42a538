import { workingMinutesAfter } from './working-hours.js';

const office = { opensAt: '09:00', closesAt: '17:00' };
const after = (from: string, minutes: number) =>
  workingMinutesAfter(from, minutes, office, ['2026-03-10']);

describe('Minutes of office hours', () => {
  it('run while the office works', () => {
    expect(after('2026-03-09T09:30:00.000Z', 120)).toBe('2026-03-09T11:30:00.000Z');
  });

  it('are up at exactly the close, and one minute more on the next working day', () => {
    expect(after('2026-03-09T15:00:00.000Z', 120)).toBe('2026-03-09T17:00:00.000Z');
    expect(after('2026-03-09T15:00:00.000Z', 121)).toBe('2026-03-11T09:01:00.000Z');
  });

  it('begin at the opening for what comes by night, at a weekend or on a bank holiday', () => {
    expect(after('2026-03-09T05:00:00.000Z', 30)).toBe('2026-03-09T09:30:00.000Z');
    expect(after('2026-03-09T17:00:00.000Z', 30)).toBe('2026-03-11T09:30:00.000Z');
    expect(after('2026-03-06T22:00:00.000Z', 30)).toBe('2026-03-09T09:30:00.000Z');
  });

  it('follow the clocks to summer time', () => {
    expect(after('2026-03-27T16:30:00.000Z', 60)).toBe('2026-03-30T08:30:00.000Z');
  });
});
