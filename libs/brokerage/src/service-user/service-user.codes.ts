/** Why a record is erased (X29). */
export const erasureGrounds = [
  'retention-over',
  'request-of-the-person',
  'recorded-in-error',
  'court-order',
] as const;
export type ErasureGround = (typeof erasureGrounds)[number];

/** Why someone reads who a person is. */
export const readingPurposes = [
  'arranging-care',
  'giving-care',
  'review',
  'safeguarding',
  'complaint',
  'payment-query',
  'identity-correction',
  'request-of-the-person',
] as const;
export type ReadingPurpose = (typeof readingPurposes)[number];
