import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant, IsoWeek } from '#kernel/time.js';

/** Days on which a provider's logs arrive as they are made. */
export interface FeedPeriod {
  readonly liveFrom: CivilDate;
  /** The first day without it; null: it goes on. */
  readonly endsBefore: CivilDate | null;
}

/** A provider's real-time feed, as it is known now: the one of the same first day is replaced. */
export type FeedDeclared = Event<'FeedDeclared', FeedPeriod & { providerId: string }>;

/** A file with a provider's logs of a week was taken in. */
export type EvidenceWeekAccepted = Event<
  'EvidenceWeekAccepted',
  { providerId: string; week: IsoWeek; fileRef: string; acceptedAt: Instant }
>;

export type EcmEvidenceEvent = FeedDeclared | EvidenceWeekAccepted;
