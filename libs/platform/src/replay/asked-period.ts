import { addMinutes, type Instant } from '#kernel/time.js';
import type { Position } from '#eventstore/event-store.js';

/** The decisions that an auditor asks for. */
export interface AskedPeriod {
  /** Decisions recorded at `from` or later and before `before`. */
  readonly from: Instant;
  readonly before: Instant;
  /** A position behind which every decision of the period lies. */
  readonly after: Position;
}

/** Clocks of several nodes may differ by so much. */
const slackMinutes = 60;

export const isIn = ({ from, before }: AskedPeriod, recordedAt: Instant): boolean =>
  recordedAt >= from && recordedAt < before;

/** Whether nothing of the period comes any more behind an event. */
export const isOver = ({ before }: AskedPeriod, recordedAt: Instant): boolean =>
  recordedAt > addMinutes(before, slackMinutes);
