import type { StoredEvent } from '#eventstore/event-store.js';
import type { Stage } from '#brokerage/package/package.codes.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { PanelEvent } from '#brokerage/package/package.panel.events.js';
import { integer, optionalText, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import { isCouncil, isOwnCase, ownCases } from '../who-sees.js';
import { stageAfter } from '../panel/panel-stage.rules.js';
import {
  atStage,
  careOf,
  clockFrom,
  completedRow,
  correctedRow,
  incompleteRow,
  referredRow,
  withoutAward,
  type WaitingRow,
} from './waiting-row.rules.js';

type Waiting = Pick<TableFold<WaitingRow, never>, 'change'>;

/** Moves a package to a stage; one that no longer waits stays off the list. */
function moved(
  waiting: Waiting,
  packageId: string,
  { metadata: { recordedAt } }: StoredEvent,
  change: (row: WaitingRow) => Partial<WaitingRow> & { stage: Stage },
): void {
  waiting.change(packageId, (row) => {
    if (!row) return undefined;
    const changed = change(row);
    return atStage({ ...row, ...changed }, changed.stage, recordedAt);
  });
}

/** Authorisation is a stage of the clock (S2-20). */
function judged(
  waiting: Waiting,
  { type, metadata: { recordedAt } }: StoredEvent,
  data: PanelEvent['data'],
): void {
  waiting.change(data.packageId, (row) => {
    if (!row) return row;
    const stage = stageAfter(row.stage, type as PanelEvent['type'], data);
    return stage === row.stage ? row : atStage(row, stage, recordedAt);
  });
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
      ...clockFrom(recordedAt),
    };
  });
}

const filtered = ['patch', 'stage', 'urgent', 'hospitalDischarge', 'serviceLine'] as const;

/** Packages from the complete referral to the first delivered visit or another end (S2-20). */
export const awaitingCare = defineProjection<PackageEvent>()({
  name: 'awaiting-care',
  version: 4,
  tables: {
    waiting: table<WaitingRow>()({
      live: { list: 'awaitingCare' },
      keepsHistory: true,
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
        waitingOn: text((row) => row.waitingOn),
        coveredUntilOn: optionalText((row) => row.coveredUntilOn),
        riskReviewDueOn: optionalText((row) => row.riskReviewDueOn),
        waitingReason: optionalText((row) => row.waitingReason),
        interimCover: optionalText((row) => row.interimCover),
        minutesByHour: text((row) => JSON.stringify(row.minutesByHour)),
        brokerOrganisation: optionalText((row) => row.brokerOrganisation),
      },
      indexes: [
        ...([['waitingSince'], ['urgentFirst'], ['weeklyMinutes'], ['startOn']] as const),
        ['riskReviewDueOn'],
        // Holds all that totals are counted from, so that they never read a whole row.
        [...filtered, 'coveredUntilOn', 'weeklyMinutes'],
      ],
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
    IncompleteReferralReceived: ({ event, data, tables }) =>
      tables.served.change(data.packageId, () => incompleteRow(data, event)),
    ReferralCompleted({ event, data: { packageId, needs }, tables }) {
      tables.served.change(packageId, (row) => row && completedRow(row, needs, event));
      const completed = tables.served.get(packageId);
      tables.waiting.change(packageId, () => completed);
    },
    ReferralCorrected({ event, data: { packageId, needs }, tables }) {
      tables.served.change(packageId, (row) => row && correctedRow(row, needs, event));
      tables.waiting.change(packageId, (row) => row && correctedRow(row, needs, event));
    },
    DirectPaymentReturned({ event, data: { packageId }, tables }) {
      const known = tables.served.get(packageId);
      if (known?.stage !== 'awaiting-request') return;
      const again = { ...known, ...clockFrom(event.metadata.recordedAt) };
      tables.waiting.change(packageId, () => again);
    },
    PackageTakenOn: ({ event, data, tables }) =>
      tables.served.change(data.packageId, () => referredRow(data, event)),
    PackageVaried: ({ data: { packageId, kind, schedule }, tables }) => {
      if (kind === 'temporary') return;
      const varied = (row: WaitingRow | undefined) => row && { ...row, ...careOf(schedule) };
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
    WaitingReasonRecorded: ({ data: { packageId, reason }, tables }) =>
      tables.waiting.change(packageId, (row) => row && { ...row, waitingReason: reason }),
    InterimCoverRecorded: ({ data: { packageId, cover, fromOn }, tables }) =>
      tables.waiting.change(
        packageId,
        (row) => row && { ...row, interimCover: cover, interimCoverFromOn: fromOn },
      ),
    RiskReviewed: ({ data: { packageId, reviewedOn, outcome, nextDueOn }, tables }) =>
      tables.waiting.change(
        packageId,
        (row) =>
          row && {
            ...{ ...row, riskReviewedOn: reviewedOn, riskOutcome: outcome },
            riskReviewDueOn: nextDueOn,
          },
      ),
    PanelCaseOpened: ({ event, data, tables }) => judged(tables.waiting, event, data),
    PanelCaseDecided: ({ event, data, tables }) => judged(tables.waiting, event, data),
    InterimAuthorityGiven: ({ event, data, tables }) => judged(tables.waiting, event, data),
    PanelCaseWithdrawn: ({ event, data, tables }) => judged(tables.waiting, event, data),
    PackageStarted: ({ data, tables }) => tables.waiting.change(data.packageId, () => undefined),
    PackageEnded: ({ data, tables }) => tables.waiting.change(data.packageId, () => undefined),
    ReferralWithdrawn: ({ data, tables }) => tables.waiting.change(data.packageId, () => undefined),
    DirectPaymentTaken: ({ data, tables }) =>
      tables.waiting.change(data.packageId, () => undefined),
  },
});
