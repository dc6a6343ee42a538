/** Fields about a person that are sealed with the person's key (design section 8). */
export const packagePersonalFields = {
  events: {
    PackageReferred: { subject: 'personId', fields: ['linkedTo.reason'] },
    OfferChosen: { subject: 'personId', fields: ['chosenBy.name', 'reasons'] },
    OfferChosenByException: { subject: 'personId', fields: ['decisionMaker', 'reasons'] },
    OffersRefused: { subject: 'personId', fields: ['refusedBy.name', 'reasons'] },
    PackageEnded: { subject: 'personId', fields: ['reason'] },
    ReferralWithdrawn: { subject: 'personId', fields: ['reason'] },
    DirectPaymentTaken: { subject: 'personId', fields: ['reason'] },
  },
  commands: {
    ReferPackage: ['linkedTo.reason'],
    ChooseOffer: ['chosenBy.name', 'reasons'],
    ChooseOfferByException: ['decisionMaker', 'reasons'],
    RefuseOffers: ['refusedBy.name', 'reasons'],
    EndPackage: ['reason'],
    WithdrawReferral: ['reason'],
    TakeDirectPayment: ['reason'],
  },
} as const;
