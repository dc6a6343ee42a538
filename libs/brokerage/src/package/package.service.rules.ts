/** Why care does not start, change, pause or end as asked. */
export const serviceRules = {
  PackageNotAwarded: 'A start is confirmed for an awarded package.',
  PackageOfAnotherProvider: 'This package was awarded to another provider.',
  StartConfirmedTooEarly: 'A start is confirmed on or after its day, not in advance.',
  StartBeforeAgreed: 'Care starts no earlier than the agreed start date.',
  StartNotDue: 'A start is chased from its agreed date on.',
  PackageNotLive: 'Only an awarded or live package is ended; withdraw the referral instead.',
  EndBeforeStart: 'A package ends on or after the day it starts.',
  CareNotBegun: 'Care has not begun. Reverse the award or withdraw the referral instead.',
} as const;

/** Why care does not pause or go on (X17). */
export const suspensionRules = {
  PackageAlreadySuspended: 'This package is suspended already.',
  PackageNotSuspended: 'This package is not suspended.',
  SuspensionBeforeCare: 'A suspension begins no earlier than the present provider did.',
  SuspensionNoteRequired: 'The reason "other" needs a note.',
  ReturnBeforeSuspension: 'The expected return is later than the first day of the suspension.',
  RestartBeforeSuspension: 'Care goes on no earlier than it was suspended.',
  RestartAlreadyOffered: 'The restart is offered already. Wait for the answer or the deadline.',
  RestartNotOffered: 'No restart waits for an answer.',
  RestartComesFirst: 'Offer the restart to the provider of before first.',
  RestartWindowNotOver: 'The window of this restart is not over.',
  RestartWindowClosed: 'The window of this restart is over.',
  RestartEvidenceRequired: 'An answer that a broker enters has its evidence.',
  AnswerBeforeRestartOffered: 'An answer is received after the restart was offered.',
  PreviousProviderIsGone: 'The provider of before has left. Record the return, and ask for offers.',
  DeclineReasonRequired: 'A provider that declines says why.',
  ReceiptTimeRequired: 'A reply that a broker enters has its time of receipt.',
  ReceiptTimeInFuture: 'The time of receipt lies in the future.',
  ReceiptTimeNotAllowed: 'The time of receipt of a reply through the portal is the server’s.',
} as const;

/** Why a schedule is not changed (X18). */
export const variationRules = {
  VariationBeforeCare: 'A variation begins no earlier than care did.',
  TemporaryVariationNeedsLastDay: 'A temporary variation has a last day.',
  PermanentVariationHasNoLastDay: 'A permanent variation has no last day.',
  VariationEndsBeforeItStarts: 'A variation ends on or after the day it starts.',
  IncreaseBackdatedTooFar:
    'More care, or care at other times, begins no earlier than the council’s policy allows.',
  ScheduleLineUnknown: 'Only a visit that the package has is continued under its number.',
  ScheduleLineRepeated: 'A visit is continued once.',
  VariationOverPanelLevel: 'The varied package is over the panel’s level. Ask the panel first.',
  VariationUnknown: 'There is no such temporary variation.',
  VariationEndsEarlierAlready: 'A variation is ended before its last day, not after it.',
} as const;

/** Why a package is not handed back, or a gap not seen to (X19, S4-14). */
export const handbackRules = {
  NobodyInCharge: 'No provider is in charge of this package.',
  CauseNotOfProvider: 'A provider hands its packages back; the other causes are the council’s.',
  AlreadyHandedBack: 'This package was handed back already; only an earlier failure changes that.',
  HandbackInPast: 'A package is handed back from today on. A failure may lie in the past.',
  HandbackBeforeStart: 'A provider leaves on or after the day it started.',
  NoOpenGap: 'This package has no open gap.',
} as const;

/** Why something about a waiting person is not recorded (S2-20). */
export const waitingRules = {
  PackageNotWaiting: 'This person has care and waits for no other.',
  WaitingNoteRequired: 'The reason "other" needs a note.',
  InterimContractNotLive: 'The contract of the interim provider is not in force on that day.',
  CoverBeforeGap: 'Interim cover by a provider begins in the gap.',
  CoverInFuture: 'Interim cover by a provider is recorded once it is given.',
  ReviewInFuture: 'A risk review is recorded on or after its day.',
  NextReviewNotLater: 'The next review is later than this one.',
  NextReviewTooLate: 'The next review is due no later than the council’s policy says.',
} as const;
