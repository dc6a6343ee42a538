import { withGaps } from './contract-register.rules.js';
import type { Framework } from './contract-register.view.js';

const framework = (frameworkId: string, startsOn: string, lastDay: string): Framework => ({
  ...{ frameworkId, name: frameworkId, startsOn, lastDay, extended: false },
  ...{ lots: [], openings: [] },
});

describe('A framework that follows another', () => {
  const warned = (startsOn: string) => {
    const before = framework('before', '2017-10-09', '2025-10-12');
    const next = { ...framework('next', startsOn, '2029-10-12'), succeeds: 'before' };
    return withGaps([before, next])[1];
  };

  it('is warned about when it starts later than the day after (S1-7)', () => {
    expect(warned('2025-10-13')).not.toHaveProperty('warning');
    expect(warned('2025-10-14')).toMatchObject({
      daysWithoutFramework: 1,
      warning: 'There is 1 day without a framework before this one. Extend the one before it.',
    });
    expect(warned('2025-10-15')).toMatchObject({ daysWithoutFramework: 2 });
  });

  it('may start before the other one ends (S1-7)', () => {
    expect(warned('2025-10-12')).not.toHaveProperty('warning');
  });
});
