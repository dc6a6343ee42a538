import type { KpiInterval } from '../kpi/kpi.view.js';

/** A share to be drawn. */
export interface ChartShare {
  readonly label: string;
  readonly kept: number;
  readonly required: number;
  readonly display: string;
  readonly targetPercent?: number;
  readonly interval?: KpiInterval;
}

/** A bar with its whisker and its target, in units of the drawing. */
export interface ChartBar {
  readonly label: string;
  readonly value: string;
  readonly top: number;
  readonly middle: number;
  readonly width: number;
  readonly target?: number;
  readonly low?: number;
  readonly high?: number;
}

export interface BarChart {
  readonly id: string;
  readonly title: string;
  /** What the drawing shows, in words, for who cannot see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly ticks: readonly { readonly percent: number; readonly at: number }[];
  readonly bars: readonly ChartBar[];
}

const left = 300;
const across = 400;
const rowHeight = 36;

const at = (percent: number): number => left + (percent * across) / 100;
/** As much of a name as has room; the table has all of it. */
const shortened = (label: string): string =>
  label.length <= 36 ? label : `${label.slice(0, 35).trimEnd()}…`;
const rounded = (units: number): number => Math.round(units * 10) / 10;

/** Shares as horizontal bars from 0 to 100 %, each with its interval and its target. */
export function barChart(
  id: string,
  title: string,
  description: string,
  shares: readonly ChartShare[],
): BarChart {
  const bottom = shares.length * rowHeight + 10;
  return {
    ...{ id, title, description, left, bottom },
    ...{ right: at(100), width: left + across + 120, height: bottom + 30 },
    ticks: [0, 20, 40, 60, 80, 100].map((percent) => ({ percent, at: at(percent) })),
    bars: shares.map((share, index) => bar(share, index * rowHeight + 10)),
  };
}

function bar(share: ChartShare, top: number): ChartBar {
  const { label, display, kept, required, targetPercent, interval } = share;
  const percent = required === 0 ? 0 : (kept * 100) / required;
  return {
    ...{
      label: shortened(label),
      top,
      middle: top + rowHeight / 2 - 4,
      width: rounded(at(percent) - left),
    },
    value: required === 0 ? display : `${display} %`,
    ...(required > 0 && targetPercent !== undefined && { target: at(targetPercent) }),
    ...(interval && {
      low: rounded(at(Number(interval.low))),
      high: rounded(at(Number(interval.high))),
    }),
  };
}
