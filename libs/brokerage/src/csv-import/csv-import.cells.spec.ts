import { ageBands, fundingStatuses, tasks } from '../package/package.codes.js';
import * as cells from './csv-import.cells.js';

describe('A cell of an imported file', () => {
  it.each([
    ['full-cost', 'full-cost'],
    ['Full cost', 'full-cost'],
    ['FULL_COST', 'full-cost'],
    ['fullcost', undefined],
    ['', undefined],
  ])('reads the funding %j as %p', (text, code) => {
    expect(cells.codeIn(fundingStatuses)(text)).toBe(code);
  });

  it.each([
    ['85+', '85-plus'],
    ['65\u201374', '65-74'],
    ['65 - 74', '65-74'],
    ['65-75', undefined],
  ])('reads the age band %j as %p', (text, code) => {
    expect(cells.codeIn(ageBands)(text)).toBe(code);
  });

  it.each([
    ['personal-care;welfare-check', ['personal-care', 'welfare-check']],
    ['Personal care | Welfare check;', ['personal-care', 'welfare-check']],
    ['personal-care; dancing', undefined],
  ])('reads the tasks %j as %p', (text, list) => {
    expect(cells.listOf(cells.codeIn(tasks))(text)).toEqual(list);
  });

  it.each([
    ['2026-03-29', '2026-03-29'],
    ['29/03/2026', '2026-03-29'],
    ['1/2/2026', '2026-02-01'],
    ['29/02/2024', '2024-02-29'],
    ['29/02/2026', undefined],
    ['2026-02-29', undefined],
    ['03/29/2026', undefined],
    ['29/03/26', undefined],
    ['46110', undefined],
  ])('reads the date %j as %p (X30)', (text, date) => {
    expect(cells.date(text)).toBe(date);
  });

  it.each([
    ['08:30', '08:30'],
    ['8:30', '08:30'],
    ['8.30', '08:30'],
    ['08:30:00', '08:30'],
    ['23:59', '23:59'],
    ['24:00', undefined],
    ['08:60', undefined],
    ['08:30:01', undefined],
    ['8', undefined],
  ])('reads the time %j as %p', (text, time) => {
    expect(cells.timeOfDay(text)).toBe(time);
  });

  it.each([
    ['Mon;Wed', [1, 3]],
    ['wednesday, MONDAY', [1, 3]],
    ['Tues Thurs', [2, 4]],
    ['Mon-Fri', [1, 2, 3, 4, 5]],
    ['Mon \u2013 Wed; Sun', [1, 2, 3, 7]],
    ['Sat-Mon', [1, 6, 7]],
    ['daily', [1, 2, 3, 4, 5, 6, 7]],
    ['1;7', [1, 7]],
    ['Mon;Mon', [1, 1]],
    ['0', undefined],
    ['8', undefined],
    ['Money', undefined],
    ['Mon-', undefined],
    ['Mon-Tue-Wed', undefined],
    [';', undefined],
  ])('reads the days %j as %p', (text, days) => {
    expect(cells.days(text)).toEqual(days);
  });

  it.each([
    ['yes', true],
    ['Y', true],
    ['1', true],
    ['FALSE', false],
    ['no', false],
    ['maybe', undefined],
  ])('reads %j as %p', (text, value) => {
    expect(cells.yesOrNo(text)).toBe(value);
  });

  it.each([
    ['30', 30],
    ['0', 0],
    ['30.5', undefined],
    ['-30', undefined],
    ['1e3', undefined],
  ])('reads the number %j as %p', (text, value) => {
    expect(cells.wholeNumber(text)).toBe(value);
  });

  it.each([
    ['20.87', 2_087],
    ['£20.87', 2_087],
    ['£ 1,250', 125_000],
    ['20.5', 2_050],
    ['0.01', 1],
    ['0', undefined],
    ['20.875', undefined],
    ['1,25', undefined],
    ['-20.87', undefined],
    ['20.87 per hour', undefined],
  ])('reads the sum %j as %p pence (S1-14)', (text, pence) => {
    expect(cells.pounds(text)).toBe(pence);
  });

  it('reads names with commas and strokes in them (S1-4)', () => {
    expect(cells.names('Oak, Ash & Co; Care/Support |;')).toEqual([
      'Oak, Ash & Co',
      'Care/Support',
    ]);
  });
});
