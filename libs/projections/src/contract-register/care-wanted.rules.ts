import type { ScheduleLine } from '#kernel/schedule.js';
import type { CivilDate } from '#kernel/time.js';
import type { CqcGates } from '#brokerage/provider/provider.quality.rules.js';

/** The care that a provider is sought for. */
export interface CareWanted {
  readonly lot: string;
  readonly patch: string;
  readonly startOn: CivilDate;
  /** How care is asked for; absent: through the framework (S3-17). */
  readonly route?: string;
  /** What is priced under each contract and has to find room in it; absent: neither. */
  readonly schedule?: readonly ScheduleLine[];
  readonly carerGenderNeed?: string;
  readonly skills?: readonly string[];
  readonly languages?: readonly string[];
  /** The day and the gates by which a provider is judged at the regulator; absent: not judged. */
  readonly decidedOn?: CivilDate;
  readonly gates?: CqcGates;
}

/** `for` and `against` decide; a preference and what cannot be checked only tell. */
export const reasonWeights = ['for', 'against', 'preference', 'not-checkable'] as const;
export type ReasonWeight = (typeof reasonWeights)[number];

export interface Reason {
  readonly code: string;
  readonly weight: ReasonWeight;
  readonly sentence: string;
}

export const reason = (code: string, weight: ReasonWeight, sentence: string): Reason => ({
  ...{ code, weight, sentence },
});
