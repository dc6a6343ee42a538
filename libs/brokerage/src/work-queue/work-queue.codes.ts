/** What waits for somebody. */
export const queueKinds = [
  'case-message',
  'case-gap',
  'person-merged',
  'person-split',
  'person-died',
  'address-changed',
  'review-outcome',
] as const;
export type QueueKind = (typeof queueKinds)[number];

export const queueOutcomes = ['done', 'nothing-to-do', 'handed-on'] as const;
export type QueueOutcome = (typeof queueOutcomes)[number];

export const queueStatuses = ['open', 'resolved', 'closed'] as const;
export type QueueStatus = (typeof queueStatuses)[number];
