import type { FeedLog, FeedLogType } from './visit.feed.events.js';

/** The logs of one carer's attendance, as far as they have come. */
export type LegLogs = { readonly [Type in FeedLogType]?: FeedLog };

/** What feeds told of a week, by provider and the provider's visit and leg. */
export type FeedState = Readonly<Record<string, Readonly<Record<string, LegLogs>>>>;

export const keyOfLog = ({ ref, leg }: Pick<FeedLog, 'ref' | 'leg'>): string => `${ref}/${leg}`;

export const sequenceOf = (log: FeedLog | undefined): number => log?.sequence ?? 0;

/** Of two records of a log the one of the higher sequence counts, whichever came first (X11). */
export function withLogs(feed: FeedState, providerId: string, logs: readonly FeedLog[]): FeedState {
  const legs: Record<string, LegLogs> = { ...feed[providerId] };
  for (const log of logs) {
    const before = legs[keyOfLog(log)];
    if (before?.[log.type] && sequenceOf(before[log.type]) >= sequenceOf(log)) continue;
    legs[keyOfLog(log)] = { ...before, [log.type]: log };
  }
  return { ...feed, [providerId]: legs };
}
