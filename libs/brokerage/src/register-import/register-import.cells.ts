import { pounds, timeOfDay, wholeNumber, type CellReader } from '../csv-import/csv-import.cells.js';
import type { BlockWindow, VolumeTier } from '../provider-contract/provider-contract.events.js';

/** Parts with `;` or `|` between, each read; `undefined` when one of them cannot be. */
const partsOf =
  <Value>(part: CellReader<Value>): CellReader<Value[]> =>
  (text) => {
    const parts = text.split(/[;|]/).map((each) => each.trim());
    const read = parts.filter((each) => each !== '').map(part);
    return read.length === 0 || read.includes(undefined) ? undefined : (read as Value[]);
  };

/** `lunch 12:00-14:00; night 22:00-07:00`. */
export const windows: CellReader<BlockWindow[]> = partsOf((text) => {
  const [, name = '', start = '', end = ''] =
    /^(.{1,40}?)\s+(\S+)\s*[-–]\s*(\S+)$/.exec(text) ?? [];
  const from = timeOfDay(start);
  const before = timeOfDay(end);
  return from && before ? { name, from, before } : undefined;
});

/** `0=21.50; 60000=20.75`. */
export const tiers: CellReader<VolumeTier[]> = partsOf((text) => {
  const [above = '', price = ''] = text.split('=').map((each) => each.trim());
  const aboveMinutes = wholeNumber(above);
  const pencePerHour = pounds(price);
  if (aboveMinutes === undefined || pencePerHour === undefined) return undefined;
  return { aboveMinutes, pencePerHour };
});

/** A whole number that is more than nothing. */
export const positive: CellReader<number> = (text) => wholeNumber(text) || undefined;
