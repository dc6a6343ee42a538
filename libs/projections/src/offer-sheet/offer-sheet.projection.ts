import type { OfferEvent } from '#brokerage/offer/offer.events.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { ProviderRegistered } from '#brokerage/provider/provider.events.js';
import { defineProjection } from '../projector/definition.js';
import { packRow } from '../requests/pack-row.rules.js';
import { caseRow, funded, named, type Folded } from './offer-sheet.case.rules.js';
import { tables, type SheetRow } from './offer-sheet.tables.projection.js';
import { leaves, leavesAll, serves } from './served.rules.js';

const sheet = ({ sheets }: Folded, requestId: string, next: (row: SheetRow) => SheetRow): void =>
  sheets.change(requestId, (row) => row && next(row));

/** An offer that can no longer be chosen keeps its letter. */
const fallen = (folded: Folded, { requestId, offerId }: { requestId: string; offerId: string }) =>
  sheet(folded, requestId, (row) => ({
    ...row,
    offers: row.offers.map((offer) =>
      offer.offerId === offerId ? { ...offer, stands: false } : offer,
    ),
  }));

/** What each request put before the person, and which providers have cared for whom (S1-11, S1-12). */
export const offerSheets = defineProjection<PackageEvent | OfferEvent | ProviderRegistered>()({
  name: 'offer-sheet',
  version: 1,
  tables,
  on: {
    ProviderRegistered: ({ data: { providerId, legalName }, tables: { providers } }) =>
      providers.change(providerId, () => ({ providerId, legalName })),
    IncompleteReferralReceived: ({ data, tables: { cases } }) =>
      cases.change(data.packageId, () => caseRow(data, data.draft.fundingStatus)),
    PackageReferred: ({ data, tables: { cases } }) =>
      cases.change(data.packageId, () => caseRow(data, data.needs.fundingStatus)),
    ReferralCompleted: ({ data, tables: folded }) =>
      funded(folded, data.packageId, data.needs.fundingStatus),
    ReferralCorrected: ({ data, tables: folded }) =>
      funded(folded, data.packageId, data.needs.fundingStatus),
    FundingChanged: ({ data, tables: folded }) =>
      funded(folded, data.packageId, data.fundingStatus),
    PackageTakenOn({ data, tables: folded }) {
      folded.cases.change(data.packageId, () => caseRow(data, data.needs.fundingStatus));
      serves(folded, data, data.startedOn);
    },
    RequestIssued({ data, tables: { sheets, cases } }) {
      const { requestId, packageId, personId, issuedAt, closesAt, pack } = data;
      const brokerOrganisation = cases.get(packageId)?.brokerOrganisation;
      sheets.change(requestId, () => ({
        ...{ requestId, packageId, personId, issuedAt, closesAt, pack: packRow(pack), offers: [] },
        ...(brokerOrganisation && { brokerOrganisation }),
      }));
    },
    RequestWindowExtended: ({ data: { requestId, closesAt }, tables: folded }) =>
      sheet(folded, requestId, (row) => ({ ...row, closesAt })),
    OffersPresented: ({ event, data: { requestId, offers }, tables: folded }) =>
      sheet(folded, requestId, (row) => ({
        ...row,
        presentedAt: event.metadata.recordedAt,
        offers: offers.map((offer) => ({
          ...{ offerId: offer.offerId, providerId: offer.providerId, startOn: offer.startOn },
          providerName: named(folded, offer.providerId),
          times: offer.times.map(({ line, start }) => ({ line, start })),
          weeklyCostPence: offer.weeklyCostPence,
          stands: true,
        })),
      })),
    OfferWithdrawn: ({ data, tables: folded }) => fallen(folded, data),
    AwardFellThrough: ({ data, tables: folded }) => fallen(folded, data),
    AwardReversed: ({ data, tables: folded }) => fallen(folded, data),
    PackageStarted({ data, tables: folded }) {
      const personId = folded.cases.get(data.packageId)?.personId;
      if (personId) serves(folded, { ...data, personId }, data.startedOn);
    },
    PackageRestarted: ({ data, tables: folded }) => serves(folded, data, data.restartOn),
    InterimCoverRecorded({ data, tables: folded }) {
      if (!data.holder) return;
      serves(folded, { ...data, providerId: data.holder.providerId }, data.fromOn, data.endsBefore);
    },
    RestartDeclined: ({ data, tables: folded }) => leaves(folded, data, data.restartOn),
    PackageHandedBack: ({ data, tables: folded }) => leaves(folded, data, data.effectiveOn),
    PackageEnded: ({ data, tables: folded }) => leavesAll(folded, data.packageId, data.endsBefore),
    DirectPaymentTaken: ({ data, tables: folded }) =>
      leavesAll(folded, data.packageId, data.fromOn),
  },
});
