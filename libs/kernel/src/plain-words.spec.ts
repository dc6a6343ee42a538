import {
  clockInWords,
  countInWords,
  dateInWords,
  daysInWords,
  listInWords,
  minutesInWords,
  poundsInWords,
} from './plain-words.js';

describe('Plain words', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('list %j as “%s”', (items, words) => expect(listInWords(items)).toBe(words));

  it('count one and many', () => {
    expect([countInWords(1, 'carer'), countInWords(2, 'carer')]).toEqual(['1 carer', '2 carers']);
  });

  it('say a date with its weekday', () => {
    expect(dateInWords('2026-03-09')).toBe('Monday 9 March 2026');
    expect(dateInWords('2024-02-29')).toBe('Thursday 29 February 2024');
  });

  it.each([
    ['00:00', 'midnight'],
    ['00:01', '12:01am'],
    ['08:00', '8am'],
    ['11:59', '11:59am'],
    ['12:00', 'midday'],
    ['12:01', '12:01pm'],
    ['17:05', '5:05pm'],
    ['23:59', '11:59pm'],
  ])('say %s as %s', (time, words) => expect(clockInWords(time)).toBe(words));

  it.each([
    [[1, 2, 3, 4, 5, 6, 7], 'every day'],
    [[5, 4, 3, 2, 1], 'Monday to Friday'],
    [[5, 6, 7], 'Friday to Sunday'],
    [[6, 7], 'Saturday and Sunday'],
    [[1, 3, 5], 'Monday, Wednesday and Friday'],
    [[1, 2, 3, 5], 'Monday, Tuesday, Wednesday and Friday'],
    [[7], 'Sunday'],
  ])('say the days %j as “%s”', (days, words) => expect(daysInWords(days)).toBe(words));

  it.each([
    [1, '1 minute'],
    [59, '59 minutes'],
    [60, '1 hour'],
    [61, '1 hour 1 minute'],
    [150, '2 hours 30 minutes'],
  ])('say %i minutes as “%s”', (minutes, words) => expect(minutesInWords(minutes)).toBe(words));

  it.each([
    [5, '£0.05'],
    [99_999, '£999.99'],
    [100_000, '£1,000.00'],
    [123_456_789, '£1,234,567.89'],
  ])('say %i pence as %s', (pence, words) => expect(poundsInWords(pence)).toBe(words));
});
