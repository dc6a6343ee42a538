import { specFor } from '#kernel/spec-dsl.js';
import { fairPriceDecider } from './fair-price.decider.js';
import type { MinimumPriceRecorded } from './fair-price.events.js';
import { minimumPriceOn } from './fair-price.rules.js';

const source = 'Homecare Association, 2024-25';
const recorded: MinimumPriceRecorded = {
  type: 'MinimumPriceRecorded',
  data: {
    ...{ startsOn: '2024-04-01', endsBefore: '2025-04-01', pencePerHour: 2_853, source },
    ...{ recordedBy: 'broker-1', recordedAt: '2026-03-02T09:00:00.000Z' },
  },
};
const record = (startsOn: string, lastDay: string, ...events: MinimumPriceRecorded[]) =>
  specFor(fairPriceDecider)
    .given(...events)
    .when('RecordMinimumPrice', { startsOn, lastDay, pencePerHour: 2_853, source });

describe('A minimum price', () => {
  it('is recorded for its days, with its source (X8)', () => {
    record('2024-04-01', '2025-03-31').then(recorded);
  });

  it('has real days, at least one (X8)', () => {
    record('2024-04-01', '2024-03-31').thenRejected('MinimumPriceEndsBeforeItStarts');
    record('2024-04-01', '2024-04-01').thenLike({ type: 'MinimumPriceRecorded' });
    record('2024-04-31', '2025-03-31').thenRejected('DateDoesNotExist');
    record('2024-04-01', '2025-02-29').thenRejected('DateDoesNotExist');
  });

  it('is one for each day (X8)', () => {
    record('2025-03-31', '2026-03-31', recorded).thenRejected('MinimumPriceOverlaps');
    record('2025-04-01', '2026-03-31', recorded).thenLike({ type: 'MinimumPriceRecorded' });
    record('2023-04-01', '2024-04-01', recorded).thenRejected('MinimumPriceOverlaps');
    record('2023-04-01', '2024-03-31', recorded).thenLike({ type: 'MinimumPriceRecorded' });
  });

  it('is none on a day without a figure, never last year’s (X8)', () => {
    const { data } = recorded;
    expect(minimumPriceOn([data], '2024-03-31')).toBeNull();
    expect(minimumPriceOn([data], '2024-04-01')).toBe(data);
    expect(minimumPriceOn([data], '2025-03-31')).toBe(data);
    expect(minimumPriceOn([data], '2025-04-01')).toBeNull();
  });
});
