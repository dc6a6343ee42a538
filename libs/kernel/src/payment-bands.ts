/** One band as a contract writes it: inclusive minutes; `toMinutes` null is "and more". */
export interface BandRow {
  readonly fromMinutes: number;
  readonly toMinutes: number | null;
  readonly paidMinutes: number;
}

/** One band of an accepted table: it begins where the band before it ends. */
export interface Band {
  readonly upToMinutes: number | null;
  readonly paidMinutes: number;
}

/**
 * How attended time becomes paid time, as contract data: the city's quarter hours, which go on
 * beyond the hour unless `cap60`, or a table that `parseBandTable` has accepted (S2-17).
 */
export type PaymentBands =
  | { readonly kind: 'quarter-hours'; readonly cap60: boolean }
  | { readonly kind: 'table'; readonly bands: readonly Band[] };

/** Up to 25 minutes pay 15, up to 40 pay 30, up to 55 pay 45, from 56 pay 60, and so on (S2-17). */
export const defaultBands: PaymentBands = { kind: 'quarter-hours', cap60: false };

/** Whole minutes attended, a started minute not counted. */
export const workedMinutes = (seconds: number): number => Math.floor(seconds / 60);

/**
 * The minutes paid for one leg of attended time.
 *
 * @returns `null` under one minute: the leg is held as an exception, neither paid nor hidden (S2-17c)
 */
export function paidMinutes(seconds: number, bands: PaymentBands = defaultBands): number | null {
  const minutes = workedMinutes(seconds);
  return minutes < 1 ? null : bandedMinutes(minutes, bands);
}

/** Whether a leg is paid but flagged: 1 to 10 minutes were attended (S2-17c). */
export const isShortVisit = (seconds: number): boolean => {
  const minutes = workedMinutes(seconds);
  return minutes >= 1 && minutes <= 10;
};

/** What a table pays for whole minutes from 1 up. */
export function bandedMinutes(minutes: number, bands: PaymentBands): number {
  if (bands.kind === 'quarter-hours') {
    const paid = 15 * Math.max(1, Math.floor((minutes + 4) / 15));
    return bands.cap60 ? Math.min(60, paid) : paid;
  }
  const band = bands.bands.find(
    ({ upToMinutes }) => upToMinutes === null || minutes <= upToMinutes,
  );
  if (!band) throw new RangeError(`the band table ends before ${minutes} minutes`);
  return band.paidMinutes;
}

/** The most that is paid for a visit of planned minutes: its band, and so many bands above (S2-17b). */
export function mostPaidMinutes(
  plannedMinutes: number,
  bands: PaymentBands,
  bandsAbove: number,
): number {
  const planned = bandedMinutes(Math.max(1, plannedMinutes), bands);
  if (bands.kind === 'quarter-hours') {
    const most = planned + 15 * bandsAbove;
    return bands.cap60 ? Math.min(60, most) : most;
  }
  const above = bands.bands.map(({ paidMinutes: paid }) => paid).filter((paid) => paid > planned);
  const steps = [...new Set(above)].slice(0, bandsAbove);
  return steps.at(-1) ?? planned;
}

/**
 * Accepts a contract's table only if each minute from 1 up has exactly one band and more time is
 * never paid less (S2-17).
 *
 * @returns `refused` with the first fault otherwise: `gap at 56`, `overlap at 25`, …
 */
export function parseBandTable(
  rows: readonly BandRow[],
): { readonly bands: PaymentBands } | { readonly refused: string } {
  let nextMinute = 1;
  let paidBefore = 0;
  let open = true;
  for (const [at, row] of rows.entries()) {
    const refused =
      faultOf(row, at + 1) ?? misfit(row, rows[at - 1], { nextMinute, paidBefore, open });
    if (refused) return { refused };
    open = row.toMinutes !== null;
    nextMinute = (row.toMinutes ?? row.fromMinutes) + 1;
    paidBefore = row.paidMinutes;
  }
  if (open) return { refused: `gap at ${nextMinute}` };
  const bands = rows.map((row) => ({ upToMinutes: row.toMinutes, paidMinutes: row.paidMinutes }));
  return { bands: { kind: 'table', bands } };
}

function faultOf(
  { fromMinutes, toMinutes, paidMinutes: paid }: BandRow,
  row: number,
): string | null {
  const minutes = [fromMinutes, toMinutes ?? fromMinutes, paid];
  if (!minutes.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    return `row ${row} is not in whole minutes`;
  }
  return toMinutes !== null && toMinutes < fromMinutes ? `row ${row} ends before it begins` : null;
}

type Progress = {
  readonly nextMinute: number;
  readonly paidBefore: number;
  readonly open: boolean;
};

function misfit(row: BandRow, before: BandRow | undefined, progress: Progress): string | null {
  const { fromMinutes, paidMinutes: paid } = row;
  if (before && fromMinutes < before.fromMinutes) return `out of order at ${fromMinutes}`;
  if (!progress.open || fromMinutes < progress.nextMinute) return `overlap at ${fromMinutes}`;
  if (fromMinutes > progress.nextMinute) return `gap at ${progress.nextMinute}`;
  return paid < progress.paidBefore ? `paid minutes fall at ${fromMinutes}` : null;
}
