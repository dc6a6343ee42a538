import type { StoredEvent } from '#eventstore/event-store.js';
import { weeklyCarerMinutes } from '#kernel/schedule.js';
import type { ServiceLine, Stage } from '#brokerage/package/package.codes.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type {
  PackageReferred,
  PackageTakenOn,
} from '#brokerage/package/package.referral.events.js';
import { integer, optionalText, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import { isCouncil, isOwnCase, ownCases } from '../who-sees.js';
import type { WaitingPackage } from './awaiting-care.view.js';

/** As it is stored: ages are counted when it is read. */
export type WaitingRow = Omit<WaitingPackage, 'ageDays' | 'stageDays'>;

type Waiting = Pick<TableFold<WaitingRow, never>, 'change'>;

/** Moves a package to a stage; one that no longer waits stays off the list. */
function moved(
  waiting: Waiting,
  packageId: string,
  { metadata: { recordedAt } }: StoredEvent,
  change: (row: WaitingRow) => Partial<WaitingRow> & { stage: Stage },
): void {
  waiting.change(packageId, (row) => row && { ...row, stageSince: recordedAt, ...change(row) });
}

function referredRow(
  data: PackageReferred['data'] | PackageTakenOn['data'],
  { metadata }: StoredEvent,
): WaitingRow {
  const { needs, packageId, reference } = data;
  const origin = 'origin' in data ? data.origin : undefined;
  const { recordedAt } = metadata;
  const { patch, postcodeDistrict, lot, urgent, hospitalDischarge, startOn } = needs;
  return {
    ...{ packageId, referralRef: reference.referralRef },
    ...{ stage: 'awaiting-request', stageSince: recordedAt, waitingSince: recordedAt },
    weeklyMinutes: weeklyCarerMinutes(needs.schedule),
    ...{ patch, postcodeDistrict, lot, urgent, hospitalDischarge, startOn },
    serviceLine: needs.serviceLine as ServiceLine,
    ...(origin?.brokerOrganisation && { brokerOrganisation: origin.brokerOrganisation }),
    ...{ presentedOfferIds: [], wantedStartOn: startOn },
  };
}

/** The person chooses again among the other offers, if there are any (X5). */
function withoutAward(row: WaitingRow, offerId: string, { metadata }: StoredEvent): WaitingRow {
  const { providerId: _, ...others } = row;
  const presentedOfferIds = row.presentedOfferIds.filter((presented) => presented !== offerId);
  return {
    ...others,
    stage: presentedOfferIds.length > 0 ? 'offers-presented' : 'awaiting-request',
    ...{ presentedOfferIds, startOn: row.wantedStartOn, stageSince: metadata.recordedAt },
  };
}

/** A package that has care is sought a provider for again; where that is under way, it goes on. */
function soughtAgain(
  { waiting, served }: { waiting: Waiting; served: Pick<TableFold<WaitingRow, never>, 'get'> },
  packageId: string,
  { metadata: { recordedAt } }: StoredEvent,
  change: { startOn: string; urgent?: boolean; coveredUntilOn?: string },
): void {
  const known = served.get(packageId);
  waiting.change(packageId, (row) => {
    if (row) return { ...row, ...change, urgent: row.urgent || (change.urgent ?? false) };
    if (!known) return undefined;
    const { startOn, urgent = false } = change;
    return {
      ...{ ...known, ...change, urgent: known.urgent || urgent, wantedStartOn: startOn },
      ...{ stage: 'awaiting-request', stageSince: recordedAt, waitingSince: recordedAt },
    };
  });
}

/** Packages from the complete referral to the first delivered visit or another end (S2-20). */
export const awaitingCare = defineProjection<PackageEvent>()({
  name: 'awaiting-care',
  version: 2,
  tables: {
    waiting: table<WaitingRow>()({
      live: { list: 'awaitingCare' },
      columns: {
        stage: text((row) => row.stage),
        patch: text((row) => row.patch),
        urgent: integer((row) => row.urgent),
        hospitalDischarge: integer((row) => row.hospitalDischarge),
        serviceLine: text((row) => row.serviceLine),
        waitingSince: text((row) => row.waitingSince),
        urgentFirst: text((row) => `${row.urgent ? 0 : 1}${row.waitingSince}`),
        weeklyMinutes: integer((row) => row.weeklyMinutes),
        startOn: text((row) => row.startOn),
        brokerOrganisation: optionalText((row) => row.brokerOrganisation),
      },
      indexes: [['waitingSince'], ['urgentFirst'], ['weeklyMinutes'], ['startOn']],
      visibleTo: (row, viewer) => isCouncil(viewer) || isOwnCase(row, viewer),
      visibleWhere: (viewer) => (isCouncil(viewer) ? {} : ownCases(viewer)),
    }),
    /** What the list says of a package if it comes back; read by the fold alone. */
    served: table<WaitingRow>()({ columns: {}, visibleTo: () => false }),
  },
  on: {
    PackageReferred: ({ event, data, tables }) => {
      tables.waiting.change(data.packageId, () => referredRow(data, event));
      tables.served.change(data.packageId, () => referredRow(data, event));
    },
    PackageTakenOn: ({ event, data, tables }) =>
      tables.served.change(data.packageId, () => referredRow(data, event)),
    PackageVaried: ({ data: { packageId, kind, weeklyMinutes }, tables }) => {
      if (kind === 'temporary') return;
      const varied = (row: WaitingRow | undefined) => row && { ...row, weeklyMinutes };
      tables.served.change(packageId, varied);
      tables.waiting.change(packageId, varied);
    },
    PackageHandedBack: ({ event, data, tables }) => {
      const { packageId, effectiveOn, noticedOn, urgent } = data;
      const startOn = effectiveOn > noticedOn ? effectiveOn : noticedOn;
      soughtAgain(tables, packageId, event, { startOn, urgent, coveredUntilOn: effectiveOn });
    },
    RestartDeclined: ({ event, data: { packageId, restartOn }, tables }) =>
      soughtAgain(tables, packageId, event, { startOn: restartOn }),
    RequestIssued: ({ event, data: { packageId, requestId, closesAt }, tables }) =>
      moved(tables.waiting, packageId, event, () => ({
        ...{ stage: 'request-open', requestId, closesAt },
        presentedOfferIds: [],
      })),
    RequestWindowExtended: ({ data: { packageId, closesAt }, tables }) =>
      tables.waiting.change(packageId, (row) => row && { ...row, closesAt }),
    RequestClosed: ({ event, data, tables }) =>
      moved(tables.waiting, data.packageId, event, () => ({ stage: 'request-closed' })),
    RequestCancelled: ({ event, data, tables }) =>
      moved(tables.waiting, data.packageId, event, () => ({
        stage: 'awaiting-request',
        presentedOfferIds: [],
      })),
    OffersPresented: ({ event, data: { packageId, offers }, tables }) =>
      moved(tables.waiting, packageId, event, () => ({
        stage: 'offers-presented',
        presentedOfferIds: offers.map(({ offerId }) => offerId),
      })),
    OfferChosen: ({ event, data, tables }) =>
      moved(tables.waiting, data.packageId, event, () => ({ stage: 'choice-recorded' })),
    OfferChosenByException: ({ event, data, tables }) =>
      moved(tables.waiting, data.packageId, event, () => ({ stage: 'choice-recorded' })),
    OffersRefused: ({ event, data, tables }) =>
      moved(tables.waiting, data.packageId, event, () => ({
        stage: 'awaiting-request',
        presentedOfferIds: [],
      })),
    PackageAwarded: ({ event, data: { packageId, providerId, startOn }, tables }) =>
      moved(tables.waiting, packageId, event, () => ({
        ...{ stage: 'award-pending', providerId, startOn },
      })),
    AwardConfirmed: ({ event, data, tables }) =>
      moved(tables.waiting, data.packageId, event, () => ({ stage: 'awaiting-start' })),
    AwardFellThrough: ({ event, data: { packageId, offerId }, tables }) =>
      tables.waiting.change(packageId, (row) => row && withoutAward(row, offerId, event)),
    AwardReversed: ({ event, data: { packageId, offerId }, tables }) =>
      tables.waiting.change(packageId, (row) => row && withoutAward(row, offerId, event)),
    PackageStarted: ({ data, tables }) => tables.waiting.change(data.packageId, () => undefined),
    PackageEnded: ({ data, tables }) => tables.waiting.change(data.packageId, () => undefined),
    ReferralWithdrawn: ({ data, tables }) => tables.waiting.change(data.packageId, () => undefined),
    DirectPaymentTaken: ({ data, tables }) =>
      tables.waiting.change(data.packageId, () => undefined),
  },
});
