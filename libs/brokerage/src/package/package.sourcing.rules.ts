/** Why providers are not asked, or offers not presented. */
export const sourcingRules = {
  PackageNotAwaitingRequest: 'A request is issued for a package that waits for one.',
  NoEligibleProvider:
    'No provider is eligible for this package on this route now. See eligibleProviders for the reasons, or ask by another route.',
  ProviderNotEligible: 'Only eligible providers can be invited.',
  WindowClosesTooEarly: 'A request closes after it is issued.',
  RequestNotOpen: 'This package has no open request.',
  WindowNotExtended: 'A window is extended, never shortened.',
  AcceptableOfferNotPresented:
    'The last request has an offer that can be accepted. Present it to the person, or cancel the request with a reason.',
  PackWouldIdentify: 'The pack would tell who the person is.',
  CancelNoteRequired: 'The reason "other" needs a note.',
  RequestNotCancellable: 'Only a request that waits for offers or for a choice can be cancelled.',
  WindowNotOver: 'The window of this request is not over.',
  OffersNotReady:
    'Offers are presented when the window is over or every invited provider has answered.',
  OffersAlreadyPresented: 'Offers of this request were presented to the person already.',
  NoOfferToPresent: 'There is no compliant offer to present. Issue a new request.',
  RouteNotInCascade: 'This step is not in the cascade of the package’s service line.',
  RouteStepNotAsked:
    'Ask the steps before this one first and close them without an acceptable offer, or give a coded reason for each with excuseRouteStep.',
  RouteReasonRequired: 'State why this route is taken.',
  CallOffNamesOneProvider:
    'A direct call-off names exactly one provider. Give it in onlyTo, with the reason.',
  InHouseReasonRequired:
    'Outside its own short-term work the in-house service is asked only when no independent provider is able, at the end of life or in a crisis. Record which, with its evidence, by excuseRouteStep.',
  InHouseReasonElsewhere:
    'This reason opens the in-house service for long-term care; it does not excuse another step.',
  NoRequestWithoutOffer:
    'No independent provider is able only once a request was closed with no acceptable offer.',
  ReviewDateRequired: 'This reason needs the date on which it is reviewed.',
  ReviewDatePassed: 'A review date does not lie in the past.',
} as const;
