import { specFor } from '#kernel/spec-dsl.js';
import { providerContractDecider } from './provider-contract.decider.js';
import type { ProviderContractEvent, Rate } from './provider-contract.events.js';
import {
  contractId,
  frameworkContract,
  inHouseArrangement,
  providerId,
} from './provider-contract.fixtures.js';
import {
  dayKindOf,
  dayKindOn,
  rateCardOn,
  rateFor,
  standardRate,
  visitRate,
  weeklyCostPence,
} from './rate-card.rules.js';

const daytime: Rate = { dayKind: 'weekday-day', pencePerHour: 2_087 };
const halfHour: Rate = {
  dayKind: 'weekday-day',
  pencePerHour: 2_337,
  visitMinutes: 30,
};
const weekend: Rate = { dayKind: 'weekend', pencePerHour: 2_195 };
const set = (effectiveOn: string, rates: readonly Rate[], ...events: ProviderContractEvent[]) =>
  specFor(providerContractDecider)
    .given(...events)
    .when('SetRateCard', { contractId, effectiveOn, rates });
const cardOf2026: ProviderContractEvent = {
  type: 'RateCardSet',
  data: { contractId, providerId, effectiveOn: '2026-04-01', rates: [daytime] },
};

describe('A rate card', () => {
  it('prices day kinds and visit lengths in pence an hour from a date on (S1-14)', () => {
    set('2026-04-01', [daytime, halfHour, weekend], frameworkContract).then({
      type: 'RateCardSet',
      data: {
        ...{ contractId, providerId, effectiveOn: '2026-04-01' },
        rates: [daytime, halfHour, weekend],
      },
    });
  });

  it('has a weekday daytime rate for every visit length (S1-14)', () => {
    set('2026-04-01', [halfHour, weekend], frameworkContract).thenRejected('RateCardEmpty');
    set('2026-04-01', [], frameworkContract).thenRejected('RateCardEmpty');
    set('2026-04-01', [daytime], frameworkContract).thenLike({
      type: 'RateCardSet',
    });
  });

  it('prices nothing at zero, and nothing twice (S1-14)', () => {
    const free = { ...weekend, pencePerHour: 0 };
    set('2026-04-01', [daytime, free], frameworkContract).thenRejected('RateNotPositive');
    const penny = { ...weekend, pencePerHour: 1 };
    set('2026-04-01', [daytime, penny], frameworkContract).thenLike({
      type: 'RateCardSet',
    });
    set('2026-04-01', [daytime, weekend, penny], frameworkContract).thenRejected('RateRepeated');
    set('2026-04-01', [daytime, halfHour, halfHour], frameworkContract).thenRejected(
      'RateRepeated',
    );
  });

  it('is later than the ones before (S1-14)', () => {
    set('2026-04-01', [daytime], frameworkContract, cardOf2026).thenRejected('RateCardNotLater');
    set('2026-04-02', [daytime], frameworkContract, cardOf2026).thenLike({
      type: 'RateCardSet',
    });
  });

  it('is not for an in-house arrangement, which has no price (S3-11)', () => {
    set('2026-04-01', [daytime], inHouseArrangement).thenRejected('InHouseHasNoPrice');
  });

  it('belongs to a contract and has a real date', () => {
    set('2026-04-01', [daytime]).thenRejected('ContractUnknown');
    set('2026-04-31', [daytime], frameworkContract).thenRejected('DateDoesNotExist');
  });
});

describe('The day kind of an agreed start', () => {
  it.each([
    ['06:59', 'night'],
    ['07:00', 'weekday-day'],
    ['18:59', 'weekday-day'],
    ['19:00', 'evening'],
    ['21:59', 'evening'],
    ['22:00', 'night'],
    ['00:00', 'night'],
  ])('at %s of a weekday is %s (S1-14)', (start, kind) => {
    expect(dayKindOf(1, start)).toBe(kind);
    expect(dayKindOf(5, start)).toBe(kind);
  });

  it('at a weekend is weekend before night and evening (S1-14)', () => {
    expect(dayKindOf(6, '23:00')).toBe('weekend');
    expect(dayKindOf(7, '19:00')).toBe('weekend');
    expect(dayKindOf(5, '23:59')).toBe('night');
  });
});

describe('The rate of a visit', () => {
  const card = {
    effectiveOn: '2026-04-01',
    rates: [daytime, halfHour, weekend],
  };

  it('is that of its day kind and length, else of its day kind (S1-14, S2-15)', () => {
    expect(rateFor(card, 'weekday-day', 30)).toBe(2_337);
    expect(rateFor(card, 'weekday-day', 31)).toBe(2_087);
    expect(rateFor(card, 'weekend', 30)).toBe(2_195);
  });

  it('is the weekday daytime rate where its day kind has none (S1-14)', () => {
    expect(rateFor(card, 'evening', 45)).toBe(2_087);
    expect(rateFor(card, 'evening', 30)).toBe(2_087);
    expect(rateFor({ ...card, rates: [halfHour] }, 'evening', 45)).toBe(0);
  });

  it('comes from the latest card that began by then (S1-14)', () => {
    const before = { effectiveOn: '2025-10-13', rates: [daytime] };
    expect(rateCardOn([before, card], '2025-10-12')).toBeUndefined();
    expect(rateCardOn([before, card], '2026-03-31')).toBe(before);
    expect(rateCardOn([card, before], '2026-04-01')).toBe(card);
  });

  it('that the council reports is the weekday daytime one of every length (S1-14)', () => {
    expect(standardRate(card)).toBe(2_087);
    expect(standardRate({ ...card, rates: [halfHour, weekend] })).toBeNull();
  });
});

describe('The weekly cost', () => {
  const line = { days: [1], start: '08:00', minutes: 60, carers: 1 };
  const at = (pencePerHour: number) => ({
    effectiveOn: '2026-04-01',
    rates: [{ ...daytime, pencePerHour }, weekend],
  });

  it('counts each day and each carer (S1-14)', () => {
    expect(weeklyCostPence(at(2_087), [line])).toBe(2_087);
    expect(weeklyCostPence(at(2_087), [{ ...line, days: [1, 5], carers: 2 }])).toBe(4 * 2_087);
  });

  it('prices each day by its own kind (S1-14, S2-15)', () => {
    expect(weeklyCostPence(at(2_087), [{ ...line, days: [5, 6] }])).toBe(2_087 + 2_195);
  });

  it('is rounded half up once, not line by line', () => {
    const quarter = { ...line, minutes: 15 };
    expect(weeklyCostPence(at(2_085), [quarter])).toBe(521); // 521.25
    expect(weeklyCostPence(at(2_086), [quarter])).toBe(522); // 521.50
    expect(weeklyCostPence(at(2_085), [quarter, quarter])).toBe(1_043); // 1042.50, not 2 × 521
  });

  it('of nothing is nothing', () => {
    expect(weeklyCostPence(at(2_087), [])).toBe(0);
  });
});

describe('The hours of a rate card', () => {
  const hours = { dayFrom: '06:00', eveningFrom: '18:00', nightFrom: '23:00' };

  it('say when its evening and night begin (S1-14)', () => {
    expect(dayKindOf(1, '06:00', hours)).toBe('weekday-day');
    expect(dayKindOf(1, '05:59', hours)).toBe('night');
    expect(dayKindOf(1, '18:00', hours)).toBe('evening');
    expect(dayKindOf(1, '22:59', hours)).toBe('evening');
    expect(dayKindOf(1, '23:00', hours)).toBe('night');
  });

  it('are set with the card, in the order of the day (S1-14)', () => {
    const setHours = (changed: object) =>
      specFor(providerContractDecider)
        .given(frameworkContract)
        .when('SetRateCard', {
          ...{ contractId, effectiveOn: '2026-04-01', rates: [daytime] },
          hours: { ...hours, ...changed },
        });
    setHours({}).thenLike({ type: 'RateCardSet', data: { hours } });
    setHours({ eveningFrom: '06:00' }).thenRejected('DayHoursNotAscending');
    setHours({ nightFrom: '18:00' }).thenRejected('DayHoursNotAscending');
    setHours({ nightFrom: '18:01' }).thenLike({ type: 'RateCardSet' });
  });

  it('price the weekly cost (S1-14)', () => {
    const line = { days: [1], start: '18:30', minutes: 60, carers: 1 };
    const rates: Rate[] = [daytime, { dayKind: 'evening', pencePerHour: 2_500 }];
    const card = { effectiveOn: '2026-04-01', rates };
    expect(weeklyCostPence(card, [line])).toBe(2_087);
    expect(weeklyCostPence({ ...card, hours }, [line])).toBe(2_500);
  });
});

describe('A visit on a bank holiday', () => {
  const bankHolidays = ['2026-12-25', '2026-12-26'];

  it('is priced as one, before weekend, night and evening (S1-14)', () => {
    expect(dayKindOn('2026-12-25', '23:00', { bankHolidays })).toBe('bank-holiday');
    expect(dayKindOn('2026-12-26', '19:00', { bankHolidays })).toBe('bank-holiday');
    expect(dayKindOn('2026-12-24', '23:00', { bankHolidays })).toBe('night');
    expect(dayKindOn('2026-12-27', '12:00', { bankHolidays })).toBe('weekend');
    expect(dayKindOn('2026-12-25', '12:00', { bankHolidays: [] })).toBe('weekday-day');
  });

  it('costs the rate of a bank holiday for the whole line by its agreed start (S1-14)', () => {
    const holiday: Rate = { dayKind: 'bank-holiday', pencePerHour: 4_000 };
    const card = { effectiveOn: '2026-04-01', rates: [daytime, holiday] };
    const visit = { start: '23:45', minutes: 30 };
    expect(visitRate(card, { ...visit, on: '2026-12-25' }, bankHolidays)).toBe(4_000);
    expect(visitRate(card, { ...visit, on: '2026-12-24' }, bankHolidays)).toBe(2_087);
  });
});
