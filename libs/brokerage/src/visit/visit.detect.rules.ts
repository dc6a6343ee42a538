import type { CouncilPolicy } from '#kernel/council-policy.js';
import { addDays, addMinutes, londonInstant, type CivilDate, type Instant } from '#kernel/time.js';
import { workingDaysAfter } from '#kernel/working-days.js';

/** What is known of when one provider's logs of a week are complete. */
export interface WeekEvidence {
  readonly feeds: readonly {
    readonly liveFrom: CivilDate;
    readonly endsBefore: CivilDate | null;
  }[];
  /** When the week's file was accepted last; null: none came. */
  readonly acceptedAt: Instant | null;
}

interface Required {
  readonly on: CivilDate;
  readonly startsAt: Instant;
  readonly critical: boolean;
}

export interface EvidenceDue {
  readonly at: Instant;
  readonly because: 'feed' | 'file';
}

/**
 * When a visit without a log counts as missed: its grace has passed and its evidence is due, because
 * a feed is live on its day or because a file was accepted that could tell of it. Null: no evidence
 * is due, and no evidence is not missed (S2-12).
 */
export function evidenceDue(
  { on, startsAt, critical }: Required,
  { feeds, acceptedAt }: WeekEvidence,
  grace: CouncilPolicy['missedGraceMinutes'],
): EvidenceDue | null {
  const passedAt = addMinutes(startsAt, grace[critical ? 'critical' : 'standard']);
  const live = feeds.some(
    ({ liveFrom, endsBefore }) => liveFrom <= on && (endsBefore === null || on < endsBefore),
  );
  if (live) return { at: passedAt, because: 'feed' };
  // A file that came while the visit might still have begun says nothing of it.
  return acceptedAt !== null && passedAt <= acceptedAt ? { at: acceptedAt, because: 'file' } : null;
}

/** The first instant at which the provider's own report of a miss comes too late (S2-12). */
export function missReportDueBy(
  on: CivilDate,
  { missReportWorkingDays, bankHolidays }: CouncilPolicy,
): Instant {
  const lastDay = workingDaysAfter(on, missReportWorkingDays, bankHolidays);
  return londonInstant(addDays(lastDay, 1), '00:00').instant;
}
