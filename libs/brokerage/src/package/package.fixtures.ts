import { contentHash } from '#kernel/content-hash.js';
import { deriveId } from '#kernel/ids.js';
import type { CareNeedsInput } from './package.care-needs.commands.js';
import type { PackageCommands } from './package.commands.js';
import type { PresentedOffer } from './package.events.js';
import type {
  AwardConfirmed,
  OfferChosen,
  OffersPresented,
  PackageAwarded,
} from './package.award.events.js';
import type { PackageReferred, PackageTakenOn } from './package.referral.events.js';
import type { SourcingFacts } from './package.sourcing.decider.js';
import type { RequestClosed, RequestIssued } from './package.sourcing.events.js';
import { personIdOf } from './package.referral.decider.js';
import { requestNumberFrom, requestPack } from './package.request.rules.js';
import { careNeeds } from './package.schedule.rules.js';

export const commandId = '01932e1c-0a10-7000-8000-000000000010';
export const packageId = deriveId(commandId, 'carePackage');
export const requestId = deriveId(commandId, 'request');
export const reference = { system: 'case-system', personRef: 'P-1001', referralRef: 'R-77' };
export const personId = personIdOf(reference);
export const acorn = '01932e1c-0000-7000-8000-00000000a001';
export const birch = '01932e1c-0000-7000-8000-00000000a002';
export const cedar = '01932e1c-0000-7000-8000-00000000a003';
export const contractOf = (providerId: string): string => providerId.replace('8000', '9000');
export const invitations = [acorn, birch, cedar].map((providerId) => ({
  providerId,
  contractId: contractOf(providerId),
}));

/** Every morning a critical visit, on weekdays a double-handed lunch visit: 630 carer minutes. */
export const needs: CareNeedsInput = {
  serviceLine: 'long-term',
  lot: 'lot-1',
  fundingStatus: 'council',
  postcodeDistrict: 'ZZ7',
  patch: 'north',
  ageBand: '75-84',
  gender: 'female',
  carerGenderNeed: 'any',
  skills: ['hoist'],
  languages: ['cy'],
  access: ['key-safe'],
  household: ['lives-alone'],
  startOn: '2026-03-09',
  durationWeeks: 12,
  schedule: [
    {
      days: [1, 2, 3, 4, 5, 6, 7],
      start: '08:00',
      latestStart: '09:00',
      minutes: 30,
      carers: 1,
      tasks: ['medication-administration'],
      critical: true,
      criticalReason: 'timed-medicine',
    },
    {
      days: [1, 2, 3, 4, 5],
      start: '12:30',
      minutes: 42,
      carers: 2,
      tasks: ['meal-preparation', 'moving-and-handling'],
      critical: false,
    },
  ],
};

export const directPayment = { outcome: 'not-wanted' } as const;
export const referral = {
  ...{ commandId, reference, needs, directPayment },
} satisfies PackageCommands['ReferPackage'];
export const referred: PackageReferred = {
  type: 'PackageReferred',
  data: {
    ...{ packageId, personId, reference, directPayment },
    origin: { kind: 'internal-team' },
    needs: careNeeds(needs),
  },
};

export const issuedAt = '2026-03-02T09:00:00.000Z';
export const closesAt = '2026-03-03T09:00:00.000Z';
const pack = requestPack(careNeeds(needs), requestNumberFrom('00112233445566778899aabbccddeeff'));
export const issued: RequestIssued = {
  type: 'RequestIssued',
  data: {
    ...{ packageId, personId, requestId, lot: 'lot-1', urgent: false, issuedAt, closesAt },
    ...{ route: 'framework', askedBefore: [], invited: invitations },
    ...{ pack, packHash: contentHash(pack) },
  },
};
/** All that IssueRequest looks at besides the package, with nothing in its way. */
export const sendable: SourcingFacts['IssueRequest'] = {
  eligible: invitations,
  acceptableOffers: 0,
  leaked: [],
  postcodeSector: null,
};
export const closed: RequestClosed = {
  type: 'RequestClosed',
  data: { packageId, requestId, closedAt: closesAt },
};

const offered = (providerId: string, line1: string, line2: string): PresentedOffer => ({
  offerId: providerId.replace('8000', 'a000'),
  providerId,
  contractId: contractOf(providerId),
  startOn: '2026-03-09',
  times: [
    { line: 1, start: line1 },
    { line: 2, start: line2 },
  ],
  weeklyCostPence: 21_500,
});
export const offerOfAcorn = offered(acorn, '08:15', '12:30');
export const offerOfBirch = offered(birch, '07:45', '13:00');

export const presented: OffersPresented = {
  type: 'OffersPresented',
  data: {
    ...{ packageId, requestId, offers: [offerOfBirch, offerOfAcorn] },
    ...{ seed: '00112233445566778899aabbccddeeff', nonCompliant: [] },
  },
};
export const chosenBy = { name: 'Ada Fictional', relationship: 'person' } as const;
export const choseAcorn: OfferChosen = {
  type: 'OfferChosen',
  data: {
    ...{ packageId, personId, requestId, offerId: offerOfAcorn.offerId, chosenBy },
    ...{ reasons: ['Knows the carers.'], chosenAt: '2026-03-04T10:00:00.000Z' },
  },
};
/** Acorn's times in place of the wanted ones. */
export const agreedSchedule = careNeeds(needs).schedule.map((line) => ({
  ...line,
  start: line.line === 1 ? '08:15' : '12:30',
}));
export const awardedToAcorn: PackageAwarded = {
  type: 'PackageAwarded',
  data: {
    ...{ packageId, personId, requestId, offerId: offerOfAcorn.offerId, providerId: acorn },
    ...{ contractId: contractOf(acorn), contractType: 'framework', startOn: '2026-03-09' },
    ...{ schedule: agreedSchedule, weeklyMinutes: 630, weeklyCostPence: 21_500 },
    awardedAt: '2026-03-04T11:00:00.000Z',
  },
};
export const confirmedToAcorn: AwardConfirmed = {
  type: 'AwardConfirmed',
  data: {
    ...{ packageId, personId, requestId, offerId: offerOfAcorn.offerId, providerId: acorn },
    startOn: '2026-03-09',
  },
};
export const awarded = [
  referred,
  issued,
  presented,
  choseAcorn,
  awardedToAcorn,
  confirmedToAcorn,
] as const;
export const takenOn: PackageTakenOn = {
  type: 'PackageTakenOn',
  data: {
    ...{ packageId, personId, reference, needs: careNeeds(needs), providerId: acorn },
    ...{ contractId: contractOf(acorn), contractType: 'framework', startedOn: '2025-11-03' },
    weeklyCostPence: 21_500,
  },
};

export const broker = { id: 'broker-1', roles: ['broker'] } as const;
export const seniorBroker = { id: 'senior-1', roles: ['senior-broker'] } as const;
export const userOf = (organisation: string) =>
  ({ id: 'provider-user', roles: ['provider'], organisation }) as const;
