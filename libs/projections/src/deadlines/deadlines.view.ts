import type { CivilDate, Instant, IsoWeek } from '#kernel/time.js';

/** A request that closes when its window is over (X4). */
export interface ClosingRow {
  readonly packageId: string;
  readonly requestId: string;
  /** The first instant at which an offer is late. */
  readonly dueAt: Instant;
  /** The event that set this deadline. */
  readonly eventId: string;
  readonly position: number;
}

/** A package whose visits are planned week by week. */
export interface PlanningRow {
  readonly packageId: string;
  /** The first ISO week that has no plan yet. */
  readonly nextWeek: IsoWeek;
  /** The day after the last one of care, once that is known. */
  readonly endsBefore: CivilDate | null;
  readonly eventId: string;
  readonly position: number;
}
