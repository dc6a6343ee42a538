import { auditor, broker } from '../care.fixtures.js';
import type { Contract } from '../contract-register/contract-register.view.js';
import { givenEvents, type SpecEvent } from '../projector/projection-spec.js';
import { fairPrice } from './fair-price.projection.js';
import { fairPriceOn } from './fair-price.rules.js';

const recorded: SpecEvent = {
  type: 'MinimumPriceRecorded',
  data: {
    ...{ startsOn: '2025-04-01', endsBefore: '2026-04-01', pencePerHour: 3_214 },
    ...{ source: 'Homecare Association, 2025-26', recordedBy: 'a', recordedAt: '' },
  },
};
const contract = (providerName: string, pencePerHour: number): Contract => ({
  ...{ contractId: providerName, providerId: providerName, providerName, type: 'framework' },
  ...{ startsOn: '2024-01-01', patches: [], suspensions: [] },
  admissions: [{ lots: ['lot-1'], admittedOn: '2024-01-01', openingId: 'o' }],
  rateCards: [{ effectiveOn: '2024-01-01', rates: [{ dayKind: 'weekday-day', pencePerHour }] }],
  ...{ agreedEndsBefore: null, endedBefore: null, endsBefore: null },
});
const contracts = [contract('Birch', 3_214), contract('Acorn', 3_213)];
const on = (date: string) => {
  const { reader } = givenEvents(fairPrice).given(recorded);
  return fairPriceOn(reader.select(auditor, 'prices', {}), contracts, date);
};

describe('The fair-price view', () => {
  it('compares each rate with the minimum of its date, by provider (X8)', () => {
    expect(on('2026-03-31')).toMatchObject({
      ...{ figure: 'loaded', below: 1, minimum: { pencePerHour: 3_214, lastDay: '2026-03-31' } },
      lines: [
        { providerName: 'Acorn', pencePerHour: 3_213, differencePence: -1 },
        { providerName: 'Birch', pencePerHour: 3_214, differencePence: 0 },
      ],
    });
  });

  it('says that no figure is loaded for a date, and compares with none (X8)', () => {
    const { figure, minimum, below, lines } = on('2026-04-01');
    expect({ figure, minimum, below }).toEqual({ figure: 'not loaded' });
    expect(lines.map(({ differencePence }) => differencePence)).toEqual([undefined, undefined]);
    expect(on('2025-03-31').figure).toBe('not loaded');
    expect(on('2025-04-01').figure).toBe('loaded');
  });

  it('is nothing to a broker (X8)', () => {
    const { reader } = givenEvents(fairPrice).given(recorded);
    expect(reader.select(broker, 'prices', {})).toEqual([]);
  });
});
