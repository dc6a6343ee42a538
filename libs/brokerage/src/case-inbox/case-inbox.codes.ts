/** What a person is still to see to, though a message of the case system was taken. */
export const caseNotices = [
  'person-merged',
  'person-split',
  'person-died',
  'address-changed',
  'review-outcome',
] as const;
export type CaseNotice = (typeof caseNotices)[number];
