import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant, IsoWeek, LocalTime } from '#kernel/time.js';
import type { LogMethod, ManualReason } from './visit.events.js';

export const feedLogTypes = ['log-in', 'log-out'] as const;
export type FeedLogType = (typeof feedLogTypes)[number];

/** One log as it happened at one carer's attendance, by a provider's real-time feed (S1-15). */
export interface FeedLog {
  readonly type: FeedLogType;
  /** The visit's id in the provider's system. */
  readonly ref: string;
  readonly leg: number;
  /** The civil date of the planned visit. */
  readonly on: CivilDate;
  readonly plannedStart: LocalTime;
  /** The provider's own id of the carer. */
  readonly carer: string;
  /** An instant with its offset, or a local time (X9). */
  readonly at: string;
  readonly method?: LogMethod;
  readonly manualReason?: ManualReason;
  /** Somebody who learnt beside the visit's carers (S2-11); absent: not told. */
  readonly shadow?: boolean;
  /** Of several records of a log the highest counts (X11). */
  readonly sequence?: number;
}

/** Logs came by a feed. They are kept as they came: a log-out may come before its log-in. */
export type FeedLogsReceived = Event<
  'FeedLogsReceived',
  {
    readonly packageId: string;
    readonly personId: string;
    readonly week: IsoWeek;
    readonly providerId: string;
    /** The signed request that brought them. */
    readonly deliveryId: string;
    readonly receivedAt: Instant;
    readonly logs: readonly FeedLog[];
  }
>;
