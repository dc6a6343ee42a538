import { hasRole, type Viewer } from '#kernel/actor.js';
import { civilDateOf, monthOf, type CivilDate } from '#kernel/time.js';
import type { OfferEvent } from '#brokerage/offer/offer.events.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table, type TableFolds } from '../projector/definition.js';
import { comparingRoles, isOfProvider } from '../who-sees.js';
import {
  awardCounts,
  begun,
  cut,
  invitationCounts,
  restartCounts,
  type AwardRow,
  type CareRow,
  type InvitationRow,
  type RestartRow,
} from './provider-return.rules.js';

const ofProvider = (providerId: string, viewer: Viewer): boolean =>
  hasRole(viewer, ...comparingRoles, 'system') || isOfProvider(viewer, providerId);
const visibleTo = ({ providerId }: { readonly providerId: string }, viewer: Viewer): boolean =>
  ofProvider(providerId, viewer);

const tables = {
  invitations: table<InvitationRow>()({
    columns: { requestId: text((row) => row.requestId) },
    indexes: [['requestId']],
    visibleTo,
    contributions: invitationCounts,
  }),
  awards: table<AwardRow>()({ columns: {}, visibleTo, contributions: awardCounts }),
  restarts: table<RestartRow>()({ columns: {}, visibleTo, contributions: restartCounts }),
  care: table<CareRow>()({
    columns: {
      packageId: text((row) => row.packageId),
      providerId: text((row) => row.providerId),
    },
    indexes: [['packageId'], ['providerId']],
    visibleTo,
  }),
};

type Folded = TableFolds<typeof tables>;

const replied = (
  { invitations }: Folded,
  { requestId, providerId }: Pick<InvitationRow, 'requestId' | 'providerId'>,
  reply: InvitationRow['reply'],
): void => invitations.change(`${requestId}/${providerId}`, (row) => row && { ...row, reply });

const keyOf = ({ packageId, providerId }: Pick<CareRow, 'packageId' | 'providerId'>): string =>
  `${packageId}/${providerId}`;

function cares(
  { care }: Folded,
  { packageId, providerId }: Pick<CareRow, 'packageId' | 'providerId'>,
  fromOn: CivilDate,
  endsBefore?: CivilDate,
): void {
  for (const { key, row } of care.find('packageId', packageId)) {
    if (row.providerId !== providerId) care.change(key, () => cut(row, fromOn));
  }
  const nothing: CareRow = { packageId, providerId, spells: [] };
  care.change(keyOf(nothing), (row = nothing) => begun(row, fromOn, endsBefore));
}

function leaveAll({ care }: Folded, packageId: string, endsBefore: CivilDate): void {
  for (const { key, row } of care.find('packageId', packageId)) {
    care.change(key, () => cut(row, endsBefore));
  }
}

/** What the monthly provider return states of packages and requests (X22). */
export const providerReturn = defineProjection<PackageEvent | OfferEvent>()({
  name: 'provider-return',
  version: 1,
  tables,
  figuresVisibleTo: (key, viewer) => ofProvider(key.split('|')[2] ?? '', viewer),
  on: {
    RequestIssued({ data: { requestId, issuedAt, invited }, tables: { invitations } }) {
      const month = monthOf(civilDateOf(issuedAt));
      for (const { providerId } of invited) {
        const row = { requestId, providerId, month, reply: 'open' } as const;
        invitations.change(`${requestId}/${providerId}`, () => row);
      }
    },
    OfferSubmitted: ({ data, tables: folded }) => replied(folded, data, 'accepted'),
    OfferAmended: ({ data, tables: folded }) => replied(folded, data, 'accepted'),
    OfferWithdrawn: ({ data, tables: folded }) => replied(folded, data, 'rejected'),
    RequestDeclined: ({ data, tables: folded }) => replied(folded, data, 'rejected'),
    RequestClosed({ data: { requestId }, tables: { invitations } }) {
      for (const { key, row } of invitations.find('requestId', requestId)) {
        if (row.reply === 'open') invitations.change(key, () => ({ ...row, reply: 'none' }));
      }
    },
    PackageAwarded({ data: { offerId, providerId, awardedAt }, tables: { awards } }) {
      awards.change(offerId, () => ({ providerId, month: monthOf(civilDateOf(awardedAt)) }));
    },
    AwardFellThrough: ({ data: { offerId }, tables: { awards } }) =>
      awards.change(offerId, () => undefined),
    AwardReversed: ({ data: { offerId }, tables: { awards } }) =>
      awards.change(offerId, () => undefined),
    RestartOffered({ data: { suspensionId, providerId, offeredAt }, tables: { restarts } }) {
      const month = monthOf(civilDateOf(offeredAt));
      restarts.change(suspensionId, () => ({ providerId, month }));
    },
    PackageStarted: ({ data, tables: folded }) => cares(folded, data, data.startedOn),
    PackageRestarted({ data, tables: folded }) {
      cares(folded, data, data.restartOn);
      folded.restarts.change(data.suspensionId, (row) =>
        row?.providerId === data.providerId ? { ...row, taken: true } : row,
      );
    },
    InterimCoverRecorded({ data: { packageId, holder, fromOn, endsBefore }, tables: folded }) {
      if (!holder) return;
      cares(folded, { packageId, providerId: holder.providerId }, fromOn, endsBefore);
    },
    RestartDeclined: ({ data, tables: { care } }) =>
      care.change(keyOf(data), (row) => row && cut(row, data.restartOn)),
    PackageHandedBack: ({ data, tables: { care } }) =>
      care.change(keyOf(data), (row) => row && cut(row, data.effectiveOn, true)),
    PackageEnded: ({ data, tables: folded }) => leaveAll(folded, data.packageId, data.endsBefore),
    DirectPaymentTaken: ({ data, tables: folded }) => leaveAll(folded, data.packageId, data.fromOn),
  },
});
