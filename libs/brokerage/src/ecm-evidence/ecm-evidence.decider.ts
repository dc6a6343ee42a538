import { hasRole } from '#kernel/actor.js';
import type { Decider } from '#kernel/decider.js';
import { addDays, isCivilDate, type Instant, type IsoWeek } from '#kernel/time.js';
import type { EcmEvidenceCommands } from './ecm-evidence.commands.js';
import type { EcmEvidenceEvent, FeedLife, FeedPeriod } from './ecm-evidence.events.js';
import { ensure, lifeAt, overlap, withFeed, withSign } from './ecm-evidence.rules.js';

/** When a provider's logs are known: by its real-time feeds, and by the files of its weeks. */
export interface EcmEvidenceState {
  readonly feeds: readonly FeedPeriod[];
  /** When the feed was alive, oldest first. */
  readonly heard: readonly FeedLife[];
  readonly weeks: Readonly<Record<IsoWeek, { acceptedAt: Instant; files: readonly string[] }>>;
}

export const ecmEvidenceDecider: Decider<EcmEvidenceState, EcmEvidenceCommands, EcmEvidenceEvent> =
  {
    initial: { feeds: [], heard: [], weeks: {} },
    decide: {
      DeclareFeed({ feeds }, { providerId, liveFrom, lastDay }) {
        ensure(isCivilDate(liveFrom), 'DateDoesNotExist', { path: 'liveFrom' });
        ensure(lastDay === undefined || isCivilDate(lastDay), 'DateDoesNotExist', {
          path: 'lastDay',
        });
        const inOrder = lastDay === undefined || lastDay >= liveFrom;
        ensure(inOrder, 'FeedEndsBeforeItBegins', { path: 'lastDay' });
        const endsBefore = lastDay === undefined ? null : addDays(lastDay, 1);
        const feed = { liveFrom, endsBefore };
        const same = feeds.find((other) => other.liveFrom === liveFrom);
        ensure(!same || same.endsBefore !== endsBefore, 'FeedAlreadyDeclared');
        const others = feeds.filter((other) => other !== same);
        ensure(!others.some((other) => overlap(other, feed)), 'FeedsOverlap');
        return [{ type: 'FeedDeclared', data: { providerId, ...feed } }];
      },
      SignalFeed({ heard }, { providerId }, { now, actor, policy }) {
        const own = !hasRole(actor, 'provider') || actor.organisation === providerId;
        ensure(own, 'FeedOfAnotherProvider', { path: 'providerId' });
        const life = lifeAt(heard, policy.feedSilenceMinutes, now);
        if (!life) return [];
        const data = { providerId, heardAt: life.until, liveSince: life.since };
        return [{ type: 'FeedHeard', data }];
      },
      AcceptEvidenceWeek({ weeks }, { providerId, week, fileRef }, { now }) {
        if (weeks[week]?.files.includes(fileRef)) return [];
        const data = { providerId, week, fileRef, acceptedAt: now };
        return [{ type: 'EvidenceWeekAccepted', data }];
      },
    },
    evolve: {
      FeedDeclared: (state, { liveFrom, endsBefore }) => ({
        ...state,
        feeds: withFeed(state.feeds, { liveFrom, endsBefore }),
      }),
      FeedHeard: (state, data) => ({ ...state, heard: withSign(state.heard, data) }),
      EvidenceWeekAccepted: (state, { week, fileRef, acceptedAt }) => ({
        ...state,
        weeks: {
          ...state.weeks,
          [week]: { acceptedAt, files: [...(state.weeks[week]?.files ?? []), fileRef] },
        },
      }),
    },
  };
