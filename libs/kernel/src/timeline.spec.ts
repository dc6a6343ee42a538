import {
  firstDayFrom,
  lastValue,
  overlaid,
  replacedFrom,
  valueOn,
  type Timeline,
} from './timeline.js';

const acorn = overlaid<string>([], 'acorn', '2026-03-01');
const on = (timeline: Timeline<string>, ...days: string[]) =>
  days.map((day) => valueOn(timeline, `2026-03-${day}`));

describe('A timeline', () => {
  it('holds nothing before its first span, and the last one without an end', () => {
    expect(on(acorn, '01', '31')).toEqual(['acorn', 'acorn']);
    expect(valueOn(acorn, '2026-02-28')).toBeNull();
    expect(lastValue(acorn)).toBe('acorn');
    expect(lastValue([])).toBeNull();
  });

  it('is overlaid from a day on', () => {
    const birch = overlaid(acorn, 'birch', '2026-03-10');
    expect(on(birch, '09', '10', '20')).toEqual(['acorn', 'birch', 'birch']);
    expect(on(overlaid(birch, 'cedar', '2026-03-05'), '04', '05', '10')).toEqual([
      ...['acorn', 'cedar', 'cedar'],
    ]);
  });

  it('goes on as before after an overlay that ends, at its last day and the next one', () => {
    const birch = overlaid(acorn, 'birch', '2026-03-10', '2026-03-12');
    expect(on(birch, '09', '10', '11', '12')).toEqual(['acorn', 'birch', 'birch', 'acorn']);
    expect(
      on(overlaid(birch, 'cedar', '2026-03-08', '2026-03-11'), '08', '10', '11', '12'),
    ).toEqual(['cedar', 'cedar', 'birch', 'acorn']);
  });

  it('is not changed by an overlay of no day', () => {
    expect(overlaid(acorn, 'birch', '2026-03-10', '2026-03-10')).toBe(acorn);
    expect(on(overlaid(acorn, 'birch', '2026-03-10', '2026-03-11'), '10', '11')).toEqual([
      ...['birch', 'acorn'],
    ]);
  });

  it('has picked values replaced from a day on, the others kept', () => {
    const birch = overlaid(acorn, 'birch', '2026-03-10', '2026-03-12');
    const replaced = replacedFrom(birch, '2026-03-08', (value) => value === 'acorn', 'nobody');
    expect(on(replaced, '07', '08', '10', '12')).toEqual(['acorn', 'nobody', 'birch', 'nobody']);
    const ended = replacedFrom(birch, '2026-03-11', () => true, null);
    expect(on(ended, '10', '11', '12')).toEqual(['birch', null, null]);
  });

  it('tells the first day of a value from a day on', () => {
    const birch = overlaid(acorn, 'birch', '2026-03-10', '2026-03-12');
    const first = (from: string, value: string) =>
      firstDayFrom(birch, from, (held) => held === value);
    expect(first('2026-03-09', 'acorn')).toBe('2026-03-09');
    expect(first('2026-03-10', 'acorn')).toBe('2026-03-12');
    expect(first('2026-03-11', 'birch')).toBe('2026-03-11');
    expect(first('2026-03-12', 'birch')).toBeNull();
  });
});
