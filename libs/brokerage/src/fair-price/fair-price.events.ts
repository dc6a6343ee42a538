import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant } from '#kernel/time.js';

/** The least an hour of care must cost, as a named source has it, for a period (X8). */
export interface MinimumPrice {
  readonly startsOn: CivilDate;
  /** Exclusive; after it there is no figure until another one is recorded. */
  readonly endsBefore: CivilDate;
  readonly pencePerHour: number;
  readonly source: string;
}

export type MinimumPriceRecorded = Event<
  'MinimumPriceRecorded',
  MinimumPrice & { recordedBy: string; recordedAt: Instant }
>;
