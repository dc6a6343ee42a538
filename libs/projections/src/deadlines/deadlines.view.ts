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

/** A restart that lapses when the provider of before has not answered (X17). */
export interface RestartRow {
  readonly packageId: string;
  /** The first instant at which an answer is late. */
  readonly dueAt: Instant;
  readonly eventId: string;
  readonly position: number;
}

/** A notice after which a gap is opened if nobody has started (S4-14). */
export interface NoticeRow {
  readonly packageId: string;
  /** First day without the provider that leaves. */
  readonly effectiveOn: CivilDate;
  readonly eventId: string;
  readonly position: number;
}

/** A package whose visits are planned week by week. */
export interface PlanningRow {
  readonly packageId: string;
  /** The first ISO week that has no plan yet. */
  readonly nextWeek: IsoWeek;
  /** Whether any week has a plan, so that the weeks before the next one are not asked for again. */
  readonly planned: boolean;
  /** The day after the last one of care, once that is known. */
  readonly endsBefore: CivilDate | null;
  readonly eventId: string;
  readonly position: number;
}
