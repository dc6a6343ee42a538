import type { Event } from '#kernel/decider.js';
import type { CivilDate, Instant } from '#kernel/time.js';
import type { Subject } from './package.events.js';

/** What the panel judges a package by (S3-7): pence or minutes a week, or pence a year. */
export type PanelMeasure = 'weekly-cost' | 'weekly-hours' | 'yearly-cost';

/** Which case, and what it is about. */
interface CaseOf extends Subject {
  readonly caseId: string;
  readonly on: 'estimate' | 'offer' | 'variation';
}

/** A package over the level waits for the panel; the figure is frozen (S3-7). */
export type PanelCaseOpened = Event<
  'PanelCaseOpened',
  CaseOf & {
    /** The offer or variation that is dearer than what was approved. */
    concerns?: string;
    measure: PanelMeasure;
    level: number;
    figure: number;
    agencies: readonly string[];
    openedBy: string;
  }
>;

/** One agency's decision; the case is approved once each of its agencies approves. */
export type PanelCaseDecided = Event<
  'PanelCaseDecided',
  CaseOf & {
    agency: string;
    outcome: 'approved' | 'refused' | 'deferred';
    conditions: readonly string[];
    reason: string;
    decidedBy: string;
    decidedAt: Instant;
    /** Where the whole case stands after this decision. */
    standing: 'pending' | 'approved' | 'refused' | 'deferred';
  }
>;

/** Care may start before the panel meets; the panel is due (S3-7). */
export type InterimAuthorityGiven = Event<
  'InterimAuthorityGiven',
  CaseOf & { givenBy: string; reason: string; panelDueOn: CivilDate }
>;

/** The figure it was about holds no more. */
export type PanelCaseWithdrawn = Event<
  'PanelCaseWithdrawn',
  CaseOf & { because: 'sent-back' | 'referral-corrected'; reason?: string }
>;

export type PanelEvent =
  PanelCaseOpened | PanelCaseDecided | InterimAuthorityGiven | PanelCaseWithdrawn;
