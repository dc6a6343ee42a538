/** Why providers are not asked, or offers not presented. */
export const sourcingRules = {
  PackageNotAwaitingRequest: 'A request is issued for a package that waits for one.',
  NoEligibleProvider: 'No provider is eligible for this package now.',
  ProviderNotEligible: 'Only eligible providers can be invited.',
  WindowClosesTooEarly: 'A request closes after it is issued.',
  RequestNotOpen: 'This package has no open request.',
  WindowNotExtended: 'A window is extended, never shortened.',
  WindowNotOver: 'The window of this request is not over.',
  OffersNotReady:
    'Offers are presented when the window is over or every invited provider has answered.',
  OffersAlreadyPresented: 'Offers of this request were presented to the person already.',
  NoOfferToPresent: 'There is no compliant offer to present. Issue a new request.',
} as const;
