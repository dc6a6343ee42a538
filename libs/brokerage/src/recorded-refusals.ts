import type { RecordedRefusals } from '#platform/refusals/refusal-recorder.js';

/** Refusals that are kept (design section 8), and what of the refused command they are about. */
export const recordedRefusals: RecordedRefusals = {
  /** A ranking was wanted before the person asked for it (S1-13). */
  RankingNotAskedFor: { about: [['request', 'requestId']] },
  /** A late offer, or a late change of one (X4). */
  ResponseWindowClosed: {
    about: [
      ['request', 'requestId'],
      ['offer', 'offerId'],
    ],
  },
  /** An award without a choice (X5). */
  PackageNotAwaitingAward: { about: [['package', 'packageId']] },
  /** A provider asked who a person is whom it does not care for (S1-9). */
  IdentityNotReleased: { about: [['person', 'personIds']] },
  /** An external broker asked after a person who is none of its own (S3-4). */
  ServiceUserUnknown: {
    about: [
      ['person', 'personIds'],
      ['person', 'personId'],
    ],
    roles: ['external-broker'],
  },
  /** A request to a provider's feed that no good secret signed (S1-15). */
  FeedRequestNotTrusted: { about: [] },
  CaseRequestNotTrusted: { about: [] },
  /** Someone without the role asked who a person is, or how providers compare (L1). */
  IdentityClosedToRole: { about: [] },
  LeagueClosedToRole: { about: [] },
};
