/** Why a choice or an award does not stand. */
export const awardRules = {
  PackageNotAwaitingChoice: 'Offers for this package are not waiting for a choice.',
  OfferNotPresented: 'This offer was not among those presented.',
  CapacityAssessmentMissing: 'A best-interests decision names the date of the capacity assessment.',
  PackageNotAwaitingAward: 'A package is awarded once a choice is recorded.',
  OfferWithdrawn: 'The chosen offer was withdrawn.',
  OfferChangedSincePresented:
    'The chosen offer is not the one that was presented. Let the person choose again.',
  OfferNotCompliant: 'The chosen offer breaks a hard need of the person.',
  OfferOutsideWindow: 'The chosen offer was not received in the window of the request.',
  ContractNotLive: 'The contract of the chosen offer is not in force on the start date.',
  NotAdmittedToLot:
    'The contract of the chosen offer is not admitted to the lot on the start date.',
  ProviderIsSuspended: 'The provider of the chosen offer is suspended from new work.',
  ProviderNotRegistered:
    'The provider of the chosen offer is not registered with the CQC today. Choose another offer.',
  ProviderRatedTooLow:
    'The CQC rating of the provider of the chosen offer is below the council’s minimum. Choose another offer.',
  AwardNotPending: 'No award of this offer is waiting for its confirmation.',
  DirectPaymentNotAnswered:
    'Record whether a direct payment was discussed before the package is awarded.',
} as const;
