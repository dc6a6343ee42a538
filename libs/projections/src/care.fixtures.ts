import type { Actor } from '#kernel/actor.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import type {
  CareLine,
  CareNeeds,
  PackageEvent,
  PresentedOffer,
} from '#brokerage/package/package.events.js';
import type { OfferEvent, OfferTerms } from '#brokerage/offer/offer.events.js';

/** One package's life as its events, for the specs of the read models. */
export const packageId = '01900000-0000-7000-8000-00000000000a';
export const personId = '01900000-0000-7000-8000-0000000000aa';
export const requestId = '01900000-0000-7000-8000-00000000000e';
export const offerId = '01900000-0000-7000-8000-0000000000f1';
export const otherOfferId = '01900000-0000-7000-8000-0000000000f2';
export const providerId = '01900000-0000-7000-8000-0000000000b1';
export const otherProviderId = '01900000-0000-7000-8000-0000000000b2';
export const contractId = '01900000-0000-7000-8000-0000000000c1';
export const otherContractId = '01900000-0000-7000-8000-0000000000c2';

export const broker: Actor = { id: 'broker', roles: ['broker'] };
export const commissioner: Actor = { id: 'commissioner', roles: ['commissioner'] };
export const auditor: Actor = { id: 'auditor', roles: ['auditor'] };
export const caseSystem: Actor = { id: 'case-system', roles: ['case-system'] };
export const providerUser: Actor = {
  id: `provider:${providerId}`,
  roles: ['provider'],
  organisation: providerId,
};
export const otherProviderUser: Actor = {
  id: `provider:${otherProviderId}`,
  roles: ['provider'],
  organisation: otherProviderId,
};

export const morning: CareLine = {
  ...{ line: 1, days: [1, 2, 3, 4, 5, 6, 7], start: '08:00', minutes: 45, carers: 2 },
  ...{ latestStart: '10:00', tasks: ['personal-care'], critical: false },
};
export const insulin: CareLine = {
  ...{ line: 2, days: [1, 2, 3, 4, 5], start: '12:00', minutes: 30, carers: 1 },
  ...{ tasks: ['medication-administration'], critical: true, criticalReason: 'insulin' },
};

/** 780 carer minutes a week. */
export const needs: CareNeeds = {
  ...{ serviceLine: 'long-term', lot: 'lot-1', fundingStatus: 'council' },
  ...{ postcodeDistrict: 'ZZ7', patch: 'north', ageBand: '75-84', gender: 'female' },
  ...{ carerGenderNeed: 'any', skills: [], languages: [], access: ['key-safe'], household: [] },
  ...{ urgent: false, hospitalDischarge: false, startOn: '2026-03-09' },
  schedule: [morning, insulin],
};

export const reference = { system: 'liquidlogic', personRef: 'P-1001', referralRef: 'R-2001' };

type Of<Type extends PackageEvent['type']> = Extract<PackageEvent, { type: Type }>;
type Data<Type extends PackageEvent['type']> = Partial<Of<Type>['data']>;

export const referred = (data: Data<'PackageReferred'> = {}): Of<'PackageReferred'> => ({
  type: 'PackageReferred',
  data: { packageId, personId, reference, needs, ...data },
});

export const takenOn = (data: Data<'PackageTakenOn'> = {}): Of<'PackageTakenOn'> => ({
  type: 'PackageTakenOn',
  data: {
    ...{ packageId, personId, reference, needs, providerId, contractId },
    ...{ contractType: 'framework', startedOn: '2025-06-02', weeklyCostPence: 27_300 },
    ...data,
  },
});

export const issued = (data: Data<'RequestIssued'> = {}): Of<'RequestIssued'> => ({
  type: 'RequestIssued',
  data: {
    ...{ packageId, personId, requestId, lot: 'lot-1', urgent: false },
    ...{ issuedAt: '2026-03-02T10:00:00.000Z', closesAt: '2026-03-03T10:00:00.000Z' },
    invited: [
      { providerId, contractId },
      { providerId: otherProviderId, contractId: otherContractId },
    ],
    pack: {
      ...{ requestNumber: 'R-7F3K-92QD', postcodeDistrict: 'ZZ7', patch: 'north' },
      ...{ ageBand: '75-84', gender: 'female', carerGenderNeed: 'any' },
      ...{ skills: [], languages: [], access: ['key-safe'], household: [] },
      ...{ startOn: '2026-03-09', schedule: [morning, { ...insulin }] },
    },
    ...data,
  },
});

export const windowExtended = (closesAt: string): Of<'RequestWindowExtended'> => ({
  type: 'RequestWindowExtended',
  data: { packageId, requestId, closesAt },
});

export const requestClosed: Of<'RequestClosed'> = {
  type: 'RequestClosed',
  data: { packageId, requestId, closedAt: '2026-03-03T10:00:00.000Z' },
};

export const presentedOffer: PresentedOffer = {
  ...{ offerId, providerId, contractId, startOn: '2026-03-09', weeklyCostPence: 27_300 },
  times: [
    { line: 1, start: '08:30' },
    { line: 2, start: '12:00' },
  ],
};
export const otherPresentedOffer: PresentedOffer = {
  ...presentedOffer,
  ...{ offerId: otherOfferId, providerId: otherProviderId, contractId: otherContractId },
};

export const presented = (...offers: readonly PresentedOffer[]): Of<'OffersPresented'> => ({
  type: 'OffersPresented',
  data: { packageId, requestId, offers, seed: '0'.repeat(32), nonCompliant: [] },
});

export const chosen = (data: Data<'OfferChosen'> = {}): Of<'OfferChosen'> => ({
  type: 'OfferChosen',
  data: {
    ...{ packageId, personId, requestId, offerId, reasons: ['timings'] },
    chosenBy: { name: 'A Sealed Name', relationship: 'family' },
    chosenAt: '2026-03-03T11:00:00.000Z',
    ...data,
  },
});

export const chosenByException: Of<'OfferChosenByException'> = {
  type: 'OfferChosenByException',
  data: {
    ...{ packageId, personId, requestId, offerId, exception: 'urgent' },
    ...{ decisionMaker: 'A Sealed Name', reasons: ['sealed'] },
    chosenAt: '2026-03-03T11:00:00.000Z',
  },
};

export const offersRefused: Of<'OffersRefused'> = {
  type: 'OffersRefused',
  data: {
    ...{ packageId, personId, requestId, reasons: ['sealed'] },
    refusedBy: { name: 'A Sealed Name', relationship: 'person' },
  },
};

/** The schedule with the offer's times (S1-12). */
export const agreedSchedule: readonly CareLine[] = [{ ...morning, start: '08:30' }, insulin];

export const awarded = (data: Data<'PackageAwarded'> = {}): Of<'PackageAwarded'> => ({
  type: 'PackageAwarded',
  data: {
    ...{ packageId, personId, requestId, offerId, providerId, contractId },
    ...{ contractType: 'framework', startOn: '2026-03-09', weeklyCostPence: 27_300 },
    ...{ schedule: agreedSchedule, weeklyMinutes: weeklyCarerMinutes(agreedSchedule) },
    awardedAt: '2026-03-03T12:00:00.000Z',
    ...data,
  },
});

export const confirmed = (data: Data<'AwardConfirmed'> = {}): Of<'AwardConfirmed'> => ({
  type: 'AwardConfirmed',
  data: { packageId, personId, requestId, offerId, providerId, startOn: '2026-03-09', ...data },
});

export const fellThrough = (data: Data<'AwardFellThrough'> = {}): Of<'AwardFellThrough'> => ({
  type: 'AwardFellThrough',
  data: { packageId, requestId, offerId, reason: 'withdrawn', ...data },
});

export const startConfirmed: Of<'StartConfirmed'> = {
  type: 'StartConfirmed',
  data: { packageId, providerId, startedOn: '2026-03-09' },
};

export const started = (data: Data<'PackageStarted'> = {}): Of<'PackageStarted'> => ({
  type: 'PackageStarted',
  data: { packageId, providerId, startedOn: '2026-03-09', evidence: 'first-visit', ...data },
});

export const ended = (endsBefore: string): Of<'PackageEnded'> => ({
  type: 'PackageEnded',
  data: { packageId, personId, endsBefore, outcome: 'moved-away', reason: 'a sealed reason' },
});

export const withdrawn: Of<'ReferralWithdrawn'> = {
  type: 'ReferralWithdrawn',
  data: { packageId, personId, reason: 'a sealed reason' },
};

export const directPayment = (fromOn: string): Of<'DirectPaymentTaken'> => ({
  type: 'DirectPaymentTaken',
  data: { packageId, personId, fromOn },
});

const offerSubject = { offerId, requestId, packageId, personId, providerId, contractId };
const offerTerms: OfferTerms = {
  ...{ startOn: '2026-03-09', times: presentedOffer.times, channel: 'portal' },
  ...{ receivedAt: '2026-03-02T12:00:00.000Z', nonCompliance: [], weeklyCostPence: 27_300 },
};
type Offered<Type extends OfferEvent['type']> = Extract<OfferEvent, { type: Type }>;

export const offerSubmitted = (
  data: Partial<Offered<'OfferSubmitted'>['data']> = {},
): Offered<'OfferSubmitted'> => ({
  type: 'OfferSubmitted',
  data: { ...offerSubject, ...offerTerms, ...data },
});
export const offerAmended = (
  data: Partial<Offered<'OfferAmended'>['data']> = {},
): Offered<'OfferAmended'> => ({
  type: 'OfferAmended',
  data: { ...offerSubject, ...offerTerms, ...data },
});
export const offerWithdrawn: Offered<'OfferWithdrawn'> = {
  type: 'OfferWithdrawn',
  data: { ...offerSubject, reason: 'sealed', withdrawnAt: '2026-03-02T13:00:00.000Z' },
};
export const requestDeclined: Offered<'RequestDeclined'> = {
  type: 'RequestDeclined',
  data: {
    ...{ ...offerSubject, offerId: otherOfferId, providerId: otherProviderId },
    ...{ reason: 'no-staff', receivedAt: '2026-03-02T12:30:00.000Z' },
  },
};
export const offerAccepted: Offered<'OfferAccepted'> = {
  type: 'OfferAccepted',
  data: { ...offerSubject, acceptedAt: '2026-03-03T12:00:01.000Z' },
};
