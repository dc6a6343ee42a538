/** Closed lists of codes: shared by commands (schema enums), events (types) and rules. */

export const serviceLines = ['long-term', 'short-term'] as const;
export type ServiceLine = (typeof serviceLines)[number];

export const fundingStatuses = ['council', 'part', 'full-cost', 'nhs', 'unknown'] as const;
export type FundingStatus = (typeof fundingStatuses)[number];

/** What the panel is asked about (S3-7). */
export const panelSubjects = ['estimate', 'offer', 'variation'] as const;
export type PanelSubject = (typeof panelSubjects)[number];

export const panelOutcomes = ['approved', 'refused', 'deferred'] as const;
export type PanelOutcome = (typeof panelOutcomes)[number];

export const panelStandings = ['pending', ...panelOutcomes, 'withdrawn'] as const;
export type PanelStanding = (typeof panelStandings)[number];

export const ageBands = ['18-44', '45-64', '65-74', '75-84', '85-plus'] as const;
export type AgeBand = (typeof ageBands)[number];

export const genders = ['female', 'male', 'other', 'not-stated'] as const;
export type Gender = (typeof genders)[number];

export const carerGenderNeeds = ['any', 'female-only', 'male-only'] as const;
export type CarerGenderNeed = (typeof carerGenderNeeds)[number];

export const tasks = [
  'personal-care',
  'medication-prompt',
  'medication-administration',
  'meal-preparation',
  'continence-care',
  'moving-and-handling',
  'skin-care',
  'catheter-care',
  'peg-feeding',
  'welfare-check',
  'domestic',
  'shopping',
  'companionship',
] as const;
export type Task = (typeof tasks)[number];

/** Why a visit is critical: its time matters to the person's safety (X23). */
export const criticalReasons = [
  'timed-medicine',
  'insulin',
  'parkinsons-medicine',
  'pressure-care',
  'nutrition',
  'other-clinical',
] as const;
export type CriticalReason = (typeof criticalReasons)[number];

export const accessFlags = ['key-safe', 'family-lets-in', 'warden', 'stairs', 'intercom'] as const;
export type AccessFlag = (typeof accessFlags)[number];

export const householdFlags = [
  'lives-alone',
  'pets',
  'smoker',
  'hoarding',
  'two-to-attend',
] as const;
export type HouseholdFlag = (typeof householdFlags)[number];

/** Why a choice is not the person's own (S1-11). */
export const choiceExceptions = ['urgent', 'best-interests', 'declined-to-choose'] as const;
export type ChoiceException = (typeof choiceExceptions)[number];

export const choosers = ['person', 'family', 'representative', 'attorney', 'advocate'] as const;
export type ChooserRelationship = (typeof choosers)[number];

/** How care is asked for: a step of the cascade, or a way around it (S3-17, S3-5, S3-6). */
export const requestRoutes = [
  'framework',
  'spot',
  'in-house',
  'individual',
  'direct-call-off',
] as const;
export type RequestRoute = (typeof requestRoutes)[number];

export const cascadeSteps = ['framework', 'spot', 'in-house'] as const;

/** Why a step of the cascade is left out (S3-17). */
export const stepExcuses = [
  'no-capacity',
  'no-provider-for-need',
  'discharge-cannot-wait',
  'continuity-of-care',
] as const;

/** Why the in-house service is asked outside its own short-term work (S4-4). */
export const inHouseReasons = ['no-pvi', 'end-of-life', 'crisis'] as const;

export const routeReasons = [...stepExcuses, ...inHouseReasons] as const;
export type RouteReason = (typeof routeReasons)[number];

/** Why a request is called back before an award. */
export const cancelReasons = [
  'needs-changed',
  'referral-corrected',
  'sent-in-error',
  'another-route',
  'person-died',
  'other',
] as const;
export type CancelReason = (typeof cancelReasons)[number];

export const endOutcomes = [
  'ended-as-planned',
  'moved-to-residential-care',
  'deceased',
  'moved-away',
  'care-declined',
  'provider-changed',
  'self-funded',
  'other',
] as const;
export type EndOutcome = (typeof endOutcomes)[number];

/** Who sends a person to brokerage (S3-4). */
export const originKinds = [
  'internal-team',
  'social-worker',
  'external-broker',
  'right-to-control',
] as const;
export type OriginKind = (typeof originKinds)[number];

/** Why a short-term service is given (S4-2). */
export const shortTermPurposes = [
  'reduce-delayed-transfers',
  'discharge-to-assess',
  'reablement',
  'dementia-reablement',
  'admission-avoidance',
] as const;
export type ShortTermPurpose = (typeof shortTermPurposes)[number];

/** What came of speaking about a direct payment (S3-8). */
export const directPaymentOutcomes = [
  'wanted',
  'not-wanted',
  'undecided',
  'not-discussed',
] as const;
export type DirectPaymentOutcome = (typeof directPaymentOutcomes)[number];

/** Where a package stands, in the office's words. */
export const stages = [
  'referral-incomplete',
  'referral-returned',
  'awaiting-request',
  'awaiting-panel',
  'request-open',
  'request-closed',
  'offers-presented',
  'choice-recorded',
  'award-pending',
  'awaiting-start',
  'live',
  'suspended',
  'awaiting-restart',
  'ended',
  'withdrawn',
  'direct-payment',
] as const;
export type Stage = (typeof stages)[number];

export const isOverStage = (stage: Stage): boolean =>
  stage === 'ended' || stage === 'withdrawn' || stage === 'direct-payment';

/** Care is given, or pauses, and no other provider is sought. */
export const isServedStage = (stage: Stage): boolean =>
  stage === 'live' || stage === 'suspended' || stage === 'awaiting-restart';

/** Why care pauses (X17). */
export const suspensionReasons = ['hospital', 'respite', 'holiday', 'other'] as const;
export type SuspensionReason = (typeof suspensionReasons)[number];

export const variationKinds = ['temporary', 'permanent'] as const;
export type VariationKind = (typeof variationKinds)[number];

/** Why a provider leaves a package (X19). */
export const handbackCauses = ['handback', 'bulk-handback', 'provider-failure'] as const;
export type HandbackCause = (typeof handbackCauses)[number];

/** What a provider said when it was asked why care has not started (X24). */
export const chaseOutcomes = [
  'will-start',
  'started-not-reported',
  'delayed-by-provider',
  'delayed-by-person',
  'will-not-start',
  'no-answer',
] as const;
export type ChaseOutcome = (typeof chaseOutcomes)[number];

/** Who will not go on with an award (X24). */
export const reversers = ['provider', 'person', 'council'] as const;
export type Reverser = (typeof reversers)[number];

/** How a person is cared for while waiting (S2-20). */
export const interimCovers = [
  'family-or-friends',
  'in-house-team',
  'other-provider',
  'care-home-bed',
  'hospital',
  'none-needed',
  'none',
] as const;
export type InterimCover = (typeof interimCovers)[number];

/** Why a person waits (S2-20). */
export const waitingReasons = [
  'no-capacity',
  'area',
  'time-of-day',
  'double-handed',
  'skill',
  'carer-gender',
  'price',
  'person-undecided',
  'assessment',
  'funding',
  'other',
] as const;
export type WaitingReason = (typeof waitingReasons)[number];

/** What a risk review of a waiting person found (S2-20). */
export const riskOutcomes = [
  'safe-to-wait',
  'cover-arranged',
  'escalated',
  'safeguarding',
] as const;
export type RiskOutcome = (typeof riskOutcomes)[number];
