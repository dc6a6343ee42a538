import type { Decider } from '#kernel/decider.js';
import { addDays, isCivilDate, type Instant, type IsoWeek } from '#kernel/time.js';
import type { EcmEvidenceCommands } from './ecm-evidence.commands.js';
import type { EcmEvidenceEvent, FeedPeriod } from './ecm-evidence.events.js';
import { ensure, overlap, withFeed } from './ecm-evidence.rules.js';

/** When a provider's logs are known: by its real-time feeds, and by the files of its weeks. */
export interface EcmEvidenceState {
  readonly feeds: readonly FeedPeriod[];
  readonly weeks: Readonly<Record<IsoWeek, { acceptedAt: Instant; files: readonly string[] }>>;
}

export const ecmEvidenceDecider: Decider<EcmEvidenceState, EcmEvidenceCommands, EcmEvidenceEvent> =
  {
    initial: { feeds: [], weeks: {} },
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
      EvidenceWeekAccepted: (state, { week, fileRef, acceptedAt }) => ({
        ...state,
        weeks: {
          ...state.weeks,
          [week]: { acceptedAt, files: [...(state.weeks[week]?.files ?? []), fileRef] },
        },
      }),
    },
  };
