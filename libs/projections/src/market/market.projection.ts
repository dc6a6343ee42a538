import { hasRole } from '#kernel/actor.js';
import { civilDateOf } from '#kernel/time.js';
import type { OfferEvent, OfferTerms } from '#brokerage/offer/offer.events.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { ProviderRegistered } from '#brokerage/provider/provider.events.js';
import { careOf } from '../awaiting-care/waiting-row.rules.js';
import { text } from '../projector/columns.js';
import { defineProjection, table, type TableFolds } from '../projector/definition.js';
import { marketReaders, providerComparers } from '../who-sees.js';
import {
  askedAgainRow,
  calledBackRow,
  closedRow,
  repliedRow,
  withoutAwardRow,
  type AskedRow,
  type ReplyRow,
} from './asked.rules.js';

const tables = {
  asked: table<AskedRow>()({
    columns: {
      packageId: text((row) => row.packageId),
      issuedOn: text((row) => row.issuedOn),
      issuedAt: text((row) => row.issuedAt),
      patch: text((row) => row.patch),
      lot: text((row) => row.lot),
    },
    indexes: [['packageId'], ['issuedOn']],
    visibleTo: (_, viewer) => hasRole(viewer, ...marketReaders, 'system'),
  }),
  providers: table<{ readonly providerId: string; readonly legalName: string }>()({
    columns: {},
    visibleTo: (_, viewer) => hasRole(viewer, ...providerComparers, 'system'),
  }),
};

type Folded = TableFolds<typeof tables>;

const change = ({ asked }: Folded, requestId: string, next: (row: AskedRow) => AskedRow): void =>
  asked.change(requestId, (row) => row && next(row));

const changeAll = (
  { asked }: Folded,
  packageId: string,
  next: (row: AskedRow) => AskedRow,
): void => {
  for (const { key, row } of asked.find('packageId', packageId)) asked.change(key, () => next(row));
};

const reply = (
  folded: Folded,
  { requestId, providerId }: { requestId: string; providerId: string },
  of: ReplyRow,
): void => change(folded, requestId, (row) => repliedRow(row, providerId, of));

const offered = ({ nonCompliance }: Pick<OfferTerms, 'nonCompliance'>): ReplyRow => ({
  kind: 'offered',
  ...(nonCompliance.length === 0 && { compliant: true }),
});

/** What providers were asked for and how they answered: the evidence of a market's difficulties (S2-19). */
export const market = defineProjection<PackageEvent | OfferEvent | ProviderRegistered>()({
  name: 'market',
  version: 1,
  tables,
  on: {
    ProviderRegistered: ({ data: { providerId, legalName }, tables: { providers } }) =>
      providers.change(providerId, () => ({ providerId, legalName })),
    RequestIssued({ data, tables: folded }) {
      const { requestId, packageId, lot, issuedAt, pack } = data;
      changeAll(folded, packageId, askedAgainRow);
      // The council's own service is not the market.
      if (data.route === 'in-house') return;
      folded.asked.change(requestId, () => ({
        ...{ requestId, packageId, lot, patch: pack.patch },
        ...{ issuedAt, issuedOn: civilDateOf(issuedAt), ...careOf(pack.schedule) },
        invited: data.invited.map(({ providerId }) => providerId),
        ...{ replies: {}, unanswered: [], stands: 'open', presented: [] },
      }));
    },
    RequestClosed: ({ data: { requestId, unanswered }, tables: folded }) =>
      change(folded, requestId, (row) => closedRow(row, unanswered)),
    RequestCancelled: ({ data: { requestId }, tables: folded }) =>
      change(folded, requestId, calledBackRow),
    OffersPresented: ({ data: { requestId, offers }, tables: folded }) =>
      change(folded, requestId, (row) => ({
        ...row,
        ...{ stands: 'presented', presented: offers.map(({ offerId }) => offerId) },
      })),
    OffersRefused: ({ data: { requestId }, tables: folded }) =>
      change(folded, requestId, (row) => ({ ...row, stands: 'none' })),
    PackageAwarded: ({ data: { requestId }, tables: folded }) =>
      change(folded, requestId, (row) => ({ ...row, stands: 'awarded' })),
    AwardFellThrough: ({ data: { requestId, offerId }, tables: folded }) =>
      change(folded, requestId, (row) => withoutAwardRow(row, offerId)),
    AwardReversed: ({ data: { requestId, offerId }, tables: folded }) =>
      change(folded, requestId, (row) => withoutAwardRow(row, offerId)),
    ReferralWithdrawn: ({ data: { packageId }, tables: folded }) =>
      changeAll(folded, packageId, calledBackRow),
    DirectPaymentTaken: ({ data: { packageId }, tables: folded }) =>
      changeAll(folded, packageId, calledBackRow),
    OfferSubmitted: ({ data, tables: folded }) => reply(folded, data, offered(data)),
    OfferAmended: ({ data, tables: folded }) => reply(folded, data, offered(data)),
    OfferWithdrawn: ({ data, tables: folded }) => reply(folded, data, { kind: 'withdrawn' }),
    RequestDeclined: ({ data, tables: folded }) =>
      reply(folded, data, { kind: 'declined', reason: data.reason }),
  },
});
