import { ruleBook } from '#kernel/rejection.js';
import type { FeedPeriod } from './ecm-evidence.events.js';

export const ecmEvidenceRules = {
  DateDoesNotExist: 'This date does not exist.',
  FeedEndsBeforeItBegins: 'A feed ends on its first day or later.',
  FeedsOverlap: 'Another feed of this provider covers some of these days: end that one first.',
  FeedAlreadyDeclared: 'This feed was declared before.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof ecmEvidenceRules>> =
  ruleBook(ecmEvidenceRules);

export const overlap = (a: FeedPeriod, b: FeedPeriod): boolean =>
  (b.endsBefore === null || a.liveFrom < b.endsBefore) &&
  (a.endsBefore === null || b.liveFrom < a.endsBefore);

/** The feeds with one more, or with one of the same first day replaced. */
export const withFeed = (feeds: readonly FeedPeriod[], feed: FeedPeriod): readonly FeedPeriod[] =>
  [...feeds.filter(({ liveFrom }) => liveFrom !== feed.liveFrom), feed].toSorted((a, b) =>
    a.liveFrom < b.liveFrom ? -1 : 1,
  );
