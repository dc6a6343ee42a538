import type { CivilDate, Instant, IsoWeek } from '#kernel/time.js';
import type { FeedLife, FeedPeriod } from '#brokerage/ecm-evidence/ecm-evidence.events.js';

/** A visit without a log. */
export interface OpenVisit {
  readonly on: CivilDate;
  readonly startsAt: Instant;
  readonly critical: boolean;
  readonly providerId: string;
  /** It stays planned, and is not missed (S2-14). */
  readonly excused?: true;
  readonly detected?: true;
}

/** A package's week with at least one visit without a log. */
export interface OpenWeekRow {
  readonly packageId: string;
  readonly week: IsoWeek;
  readonly open: Readonly<Record<string, OpenVisit>>;
  /** When the first of them counts as missed; null: no evidence is due. */
  readonly dueAt: Instant | null;
  /** The event that set this. */
  readonly eventId: string;
}

export interface FeedsRow {
  readonly providerId: string;
  readonly feeds: readonly FeedPeriod[];
  /** When the feed was alive, oldest first; absent: it was never heard. */
  readonly heard?: readonly FeedLife[];
}

/** A provider's week whose file was accepted. */
export interface AcceptedWeekRow {
  readonly providerId: string;
  readonly week: IsoWeek;
  readonly acceptedAt: Instant;
}
