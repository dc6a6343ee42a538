import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { careNeeds } from '../package/package.schedule.rules.js';
import {
  acorn,
  broker,
  closesAt,
  commandId,
  contractOf,
  issuedAt,
  needs,
  packageId,
  personId,
  requestId,
  userOf,
} from '../package/package.fixtures.js';
import { offerDecider, type OfferFacts } from './offer.decider.js';
import type { OfferEvent, OfferSubmitted } from './offer.events.js';
import { offerIdOf } from './offer.facts.js';

const { given } = specFor(offerDecider);
export const offerId = offerIdOf(requestId, acorn);
export const subject = {
  ...{ offerId, requestId, packageId, personId, providerId: acorn, contractId: contractOf(acorn) },
};
export const times = [
  { line: 1, start: '08:15' },
  { line: 2, start: '12:30' },
];
export const now = '2026-03-02T15:00:00.000Z';
export const justBefore = '2026-03-03T08:59:59.999Z';
export const facts: OfferFacts['AmendOffer'] = {
  ownCase: true,
  request: {
    ...{ known: true, packageId, personId, stage: 'request-open', isCurrent: true },
    ...{ issuedAt, closesAt, startOn: '2026-03-09', schedule: careNeeds(needs).schedule },
    invited: [{ providerId: acorn, contractId: contractOf(acorn) }],
  },
  rateCards: [
    { effectiveOn: '2025-10-13', rates: [{ dayKind: 'weekday-day', pencePerHour: 2_100 }] },
  ],
  provider: { id: acorn, offerId },
};
/** 630 carer minutes at £21.00 an hour. */
export const submitted: OfferSubmitted = {
  type: 'OfferSubmitted',
  data: {
    ...{ ...subject, startOn: '2026-03-09', times, receivedAt: now, channel: 'portal' },
    ...{ nonCompliance: [], weeklyCostPence: 22_050 },
  },
};
export const withdrawn: OfferEvent = {
  type: 'OfferWithdrawn',
  data: { ...subject, reason: 'Two carers left.', withdrawnAt: now },
};
export const accepted: OfferEvent = {
  type: 'OfferAccepted',
  data: { ...subject, acceptedAt: now },
};

export interface Reply {
  readonly fields?: object;
  readonly request?: object;
  readonly other?: object;
  readonly at?: string;
  readonly actor?: Actor;
  readonly events?: readonly OfferEvent[];
}
export const reply = (command: string, terms: object, of: Reply) =>
  given(...(of.events ?? [])).when(
    command,
    { commandId, requestId, offerId, ...terms, ...of.fields },
    {
      now: of.at ?? now,
      actor: of.actor ?? userOf(acorn),
      facts: { ...facts, ...of.other, request: { ...facts.request, ...of.request } },
    },
  );
export const submit = (of: Reply = {}) =>
  reply('SubmitOffer', { startOn: '2026-03-09', times }, of);
export const amend = (of: Reply = {}) => reply('AmendOffer', { startOn: '2026-03-09', times }, of);
export const decline = (of: Reply = {}) => reply('DeclineRequest', { reason: 'no-staff' }, of);
export const entered = (receivedAt: string, of: Reply = {}) =>
  submit({ actor: broker, ...of, fields: { receivedAt, evidence: 'mail 4711', ...of.fields } });
