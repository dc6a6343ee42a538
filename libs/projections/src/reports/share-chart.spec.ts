import { barChart } from './share-chart.rules.js';

const share = { label: 'A', kept: 1, required: 2, display: '50.0', targetPercent: 80 };
const of = (over: object) => barChart('c', 'Title', 'Words', [{ ...share, ...over }]);

describe('A chart of shares', () => {
  it('draws a bar from nothing to all of its width (L1)', () => {
    const { left, right } = of({});
    const width = (kept: number) => of({ kept }).bars[0]?.width;
    expect([width(0), width(1), width(2)]).toEqual([0, (right - left) / 2, right - left]);
  });

  it('marks the target and the interval at their percentages (S2-10, L1)', () => {
    const { left, ticks, bars } = of({ interval: { low: '20.0', high: '80.0' } });
    const at = (percent: number) => ticks.find((tick) => tick.percent === percent)?.at;
    expect(bars[0]).toMatchObject({ target: at(80), low: at(20), high: at(80) });
    expect(at(0)).toBe(left);
  });

  it('draws nothing where nothing was required, and says so (S2-10)', () => {
    const [bar] = of({ kept: 0, required: 0, display: 'not applicable' }).bars;
    expect(bar).toMatchObject({ width: 0, value: 'not applicable' });
    expect(bar).not.toHaveProperty('target');
    expect(bar).not.toHaveProperty('low');
  });

  it('shortens a name that has no room, and no shorter one', () => {
    const label = (length: number) => of({ label: 'x'.repeat(length) }).bars[0]?.label;
    expect(label(36)).toBe('x'.repeat(36));
    expect(label(37)).toBe(`${'x'.repeat(35)}…`);
  });

  it('writes the share as it is displayed: a failing one is never its target (S2-10)', () => {
    expect(of({ kept: 7_996, required: 10_000, display: '79.9' }).bars[0]?.value).toBe('79.9 %');
  });
});
