import { ruleBook } from '#kernel/rejection.js';
import { addMinutes, type Instant } from '#kernel/time.js';
import type { FeedHeard, FeedLife, FeedPeriod } from './ecm-evidence.events.js';

export const ecmEvidenceRules = {
  DateDoesNotExist: 'This date does not exist.',
  FeedEndsBeforeItBegins: 'A feed ends on its first day or later.',
  FeedsOverlap: 'Another feed of this provider covers some of these days: end that one first.',
  FeedAlreadyDeclared: 'This feed was declared before.',
  FeedOfAnotherProvider: 'A provider’s feed and its secrets are its own.',
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

const livesKept = 200;

/** The lives of a feed with one more sign; the oldest are forgotten. */
export const withSign = (
  heard: readonly FeedLife[],
  { liveSince: since, heardAt: until }: FeedHeard['data'],
): readonly FeedLife[] =>
  [...heard.filter((life) => life.since !== since), { since, until }].slice(-livesKept);

/** Signs are recorded so many times in the time that a feed may be silent. */
const signsInSilence = 4;

/** The life that a sign at `now` goes on with or begins; `undefined`: it need not be recorded. */
export function lifeAt(
  heard: readonly FeedLife[],
  silenceMinutes: number,
  now: Instant,
): FeedLife | undefined {
  if (silenceMinutes === 0) return undefined;
  const last = heard.at(-1);
  if (!last || addMinutes(last.until, silenceMinutes) < now) return { since: now, until: now };
  const isEnough = now < addMinutes(last.until, silenceMinutes / signsInSilence);
  return isEnough ? undefined : { since: last.since, until: now };
}
