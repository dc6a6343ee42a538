import { hasRole } from '#kernel/actor.js';
import type { OfferEvent, OfferTerms } from '#brokerage/offer/offer.events.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { RequestIssued } from '#brokerage/package/package.sourcing.events.js';
import { integer, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import { isOfProvider, ownProvider } from '../who-sees.js';
import { packRow } from './pack-row.rules.js';
import type { OwnReply, ProviderRequest } from './requests.view.js';

type Pack = Omit<ProviderRequest, 'open' | 'reply' | 'outcome' | 'packageId' | 'text'>;

/** A request as it was sent, with what became of it. */
export interface RequestRow {
  readonly pack: Pack;
  readonly packageId: string;
  readonly invited: readonly string[];
  /** Replies no longer count, whatever the window says. */
  readonly over: boolean;
  readonly awardedTo?: string;
  readonly endedWithoutAward?: true;
}

/** One provider's part in a request. */
export interface InvitationRow {
  readonly requestId: string;
  readonly providerId: string;
  readonly issuedAt: string;
  readonly reply?: OwnReply;
}

const invitationKey = ({ requestId, providerId }: { requestId: string; providerId: string }) =>
  `${requestId}/${providerId}`;

const packOf = (data: RequestIssued['data']): Pack => {
  const { requestId, lot, urgent, issuedAt, closesAt, pack } = data;
  return { requestId, lot, urgent, issuedAt, closesAt, ...packRow(pack) };
};

const replyOf = (offerId: string, terms: OfferTerms): OwnReply => ({
  ...{ offerId, status: 'offered', receivedAt: terms.receivedAt, startOn: terms.startOn },
  times: terms.times.map(({ line, start }) => ({ line, start })),
  nonCompliance: [...terms.nonCompliance],
  ...(terms.weeklyCostPence !== null && { weeklyCostPence: terms.weeklyCostPence }),
});

type Requests = Pick<TableFold<RequestRow, { packageId: unknown }>, 'find' | 'change'>;
type Invitations = Pick<TableFold<InvitationRow, never>, 'change'>;

const over = (requests: Requests, requestId: string, more: Partial<RequestRow> = {}): void =>
  requests.change(requestId, (row) => row && { ...row, over: true, ...more });

/** All requests of a package whose person is no longer sought a provider for. */
function endAll(requests: Requests, packageId: string, more: Partial<RequestRow>): void {
  for (const { key, row } of requests.find('packageId', packageId)) {
    if (!row.over || (more.endedWithoutAward && !row.awardedTo)) over(requests, key, more);
  }
}

const reply = (
  invitations: Invitations,
  data: { requestId: string; providerId: string },
  next: (before: OwnReply | undefined) => OwnReply | undefined,
): void =>
  invitations.change(invitationKey(data), (row) => {
    const own = row && next(row.reply);
    return row && own ? { ...row, reply: own } : row;
  });

/** What each provider was asked, and answered itself; nothing of the others (S1-9, S1-12). */
export const requests = defineProjection<PackageEvent | OfferEvent>()({
  name: 'requests',
  version: 2,
  tables: {
    requests: table<RequestRow>()({
      live: { list: 'requests' },
      columns: {
        packageId: text((row) => row.packageId),
        closesAt: text((row) => row.pack.closesAt),
        over: integer((row) => row.over),
      },
      indexes: [['packageId'], ['over', 'closesAt']],
      visibleTo: (row, viewer) =>
        hasRole(viewer, 'provider') && row.invited.includes(viewer.organisation ?? ''),
    }),
    invitations: table<InvitationRow>()({
      live: { list: 'requests', keyOf: (key) => key.slice(0, key.indexOf('/')) },
      columns: {
        providerId: text((row) => row.providerId),
        requestId: text((row) => row.requestId),
        issuedAt: text((row) => row.issuedAt),
      },
      indexes: [['providerId', 'issuedAt']],
      visibleTo: (row, viewer) => isOfProvider(viewer, row.providerId),
      visibleWhere: ownProvider,
    }),
  },
  on: {
    RequestIssued({ data, tables }) {
      const { requestId, packageId, issuedAt } = data;
      endAll(tables.requests, packageId, {});
      const invited = data.invited.map(({ providerId }) => providerId);
      tables.requests.change(requestId, () => ({
        ...{ pack: packOf(data), packageId, invited, over: false },
      }));
      for (const providerId of invited) {
        const invitation = { requestId, providerId, issuedAt };
        tables.invitations.change(invitationKey(invitation), () => invitation);
      }
    },
    RequestWindowExtended: ({ data: { requestId, closesAt }, tables }) =>
      tables.requests.change(
        requestId,
        (row) => row && { ...row, pack: { ...row.pack, closesAt } },
      ),
    RequestClosed: ({ data, tables }) => over(tables.requests, data.requestId),
    RequestCancelled: ({ data, tables }) =>
      over(tables.requests, data.requestId, { endedWithoutAward: true }),
    OffersPresented: ({ data, tables }) => over(tables.requests, data.requestId),
    AwardConfirmed: ({ data: { requestId, providerId }, tables }) =>
      over(tables.requests, requestId, { awardedTo: providerId }),
    AwardReversed: ({ data: { requestId }, tables }) =>
      tables.requests.change(requestId, (row) => {
        if (!row) return row;
        const { awardedTo: _, ...others } = row;
        return others;
      }),
    ReferralWithdrawn: ({ data, tables }) =>
      endAll(tables.requests, data.packageId, { endedWithoutAward: true }),
    DirectPaymentTaken: ({ data, tables }) =>
      endAll(tables.requests, data.packageId, { endedWithoutAward: true }),
    OfferSubmitted: ({ data, tables }) =>
      reply(tables.invitations, data, () => replyOf(data.offerId, data)),
    OfferAmended: ({ data, tables }) =>
      reply(tables.invitations, data, () => replyOf(data.offerId, data)),
    OfferWithdrawn: ({ data, tables }) =>
      reply(tables.invitations, data, (own) => own && { ...own, status: 'withdrawn' }),
    RequestDeclined: ({ data, tables }) =>
      reply(tables.invitations, data, () => ({
        ...{ offerId: data.offerId, status: 'declined', receivedAt: data.receivedAt },
        ...{ declineReason: data.reason, times: [], nonCompliance: [] },
      })),
    OfferAccepted: ({ data, tables }) =>
      reply(tables.invitations, data, (own) => own && { ...own, status: 'accepted' }),
  },
});
