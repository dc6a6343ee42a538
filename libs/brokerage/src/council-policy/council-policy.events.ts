import type { CouncilPolicyValues } from '#kernel/council-policy.js';
import type { Event } from '#kernel/decider.js';
import type { CivilDate } from '#kernel/time.js';

export type PolicyChangeProposed = Event<
  'PolicyChangeProposed',
  {
    changeId: string;
    effectiveOn: CivilDate;
    values: CouncilPolicyValues;
    reason: string;
    proposedBy: string;
  }
>;

export type PolicyChangeApproved = Event<
  'PolicyChangeApproved',
  {
    changeId: string;
    /** Counts approvals from 1; decisions record the version they used. */
    version: number;
    effectiveOn: CivilDate;
    values: CouncilPolicyValues;
    approvedBy: string;
  }
>;

export type CouncilPolicyEvent = PolicyChangeProposed | PolicyChangeApproved;
