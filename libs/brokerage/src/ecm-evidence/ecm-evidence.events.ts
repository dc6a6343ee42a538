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

/** A time in which a feed was never silent for longer than policy allows. */
export interface FeedLife {
  readonly since: Instant;
  /** When it was heard last. */
  readonly until: Instant;
}

/**
 * Something came by the provider's feed. Recorded a few times an hour, whatever comes: it tells a
 * feed that has nothing to say from one that is dead.
 */
export type FeedHeard = Event<
  'FeedHeard',
  { providerId: string; heardAt: Instant; liveSince: Instant }
>;

/** A file with a provider's logs of a week was taken in. */
export type EvidenceWeekAccepted = Event<
  'EvidenceWeekAccepted',
  { providerId: string; week: IsoWeek; fileRef: string; acceptedAt: Instant }
>;

export type EcmEvidenceEvent = FeedDeclared | FeedHeard | EvidenceWeekAccepted;
