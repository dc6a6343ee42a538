import type { CouncilPolicy } from '#kernel/council-policy.js';
import {
  addDays,
  addMinutes,
  isoWeekOf,
  londonInstant,
  mondayOf,
  type CivilDate,
  type Instant,
} from '#kernel/time.js';
import { workingDaysAfter } from '#kernel/working-days.js';

/** What is known of when one provider's logs of a week are complete. */
export interface WeekEvidence {
  readonly feeds: readonly {
    readonly liveFrom: CivilDate;
    readonly endsBefore: CivilDate | null;
  }[];
  /** When the feed was alive; absent in older decisions: its declaration was enough. */
  readonly heard?: readonly { readonly since: Instant; readonly until: Instant }[];
  /** When the week's file was accepted last; null: none came. */
  readonly acceptedAt: Instant | null;
}

interface Required {
  readonly on: CivilDate;
  readonly startsAt: Instant;
  readonly critical: boolean;
}

type EvidencePolicy = Pick<CouncilPolicy, 'missedGraceMinutes' | 'feedSilenceMinutes'>;

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
  visit: Required,
  evidence: WeekEvidence,
  { missedGraceMinutes: grace, feedSilenceMinutes }: EvidencePolicy,
): EvidenceDue | null {
  const { on, startsAt, critical } = visit;
  const { feeds, heard, acceptedAt } = evidence;
  const passedAt = addMinutes(startsAt, grace[critical ? 'critical' : 'standard']);
  const declared = feeds.some(
    ({ liveFrom, endsBefore }) => liveFrom <= on && (endsBefore === null || on < endsBefore),
  );
  const trusted = heard === undefined || feedSilenceMinutes === 0;
  const liveAt = trusted ? passedAt : heardAt({ startsAt, passedAt }, heard, feedSilenceMinutes);
  // A file that came while the visit might still have begun, or before its week was over, is not
  // the week's: what it leaves out may be in the next one.
  const toldOf = passedAt > weekOverAt(on) ? passedAt : weekOverAt(on);
  const byFile = acceptedAt !== null && toldOf <= acceptedAt ? acceptedAt : null;
  if (declared && liveAt !== null && (byFile === null || liveAt <= byFile)) {
    return { at: liveAt, because: 'feed' };
  }
  return byFile === null ? null : { at: byFile, because: 'file' };
}

const weekOverAt = (on: CivilDate): Instant =>
  londonInstant(addDays(mondayOf(isoWeekOf(on)), 7), '00:00').instant;

/**
 * When a feed's silence about a visit tells that nobody came: it was heard after the visit's grace,
 * and alive since the visit's start. One that came back later first has time to send what it kept.
 */
function heardAt(
  { startsAt, passedAt }: { readonly startsAt: Instant; readonly passedAt: Instant },
  heard: NonNullable<WeekEvidence['heard']>,
  silenceMinutes: number,
): Instant | null {
  for (const { since, until } of heard) {
    const caughtUpAt = addMinutes(since, silenceMinutes);
    const at = since <= startsAt || caughtUpAt < passedAt ? passedAt : caughtUpAt;
    if (at <= until) return at;
  }
  return null;
}

/** The first instant at which the provider's own report of a miss comes too late (S2-12). */
export function missReportDueBy(
  on: CivilDate,
  { missReportWorkingDays, bankHolidays }: CouncilPolicy,
): Instant {
  const lastDay = workingDaysAfter(on, missReportWorkingDays, bankHolidays);
  return londonInstant(addDays(lastDay, 1), '00:00').instant;
}
