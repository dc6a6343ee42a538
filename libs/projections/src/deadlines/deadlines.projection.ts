import type { StoredEvent } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { isoWeekOf, mondayOf, weekAfter, type CivilDate } from '#kernel/time.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { WeekPlanned } from '#brokerage/visit/visit.events.js';
import { optionalText, text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import type { ClosingRow, PlanningRow } from './deadlines.view.js';

const visibleTo = (_: object, viewer: Viewer) => hasRole(viewer, 'system', 'administrator');

const setBy = ({ id, position }: StoredEvent) => ({ eventId: id, position });

/** A package leaves the list when every week up to its last day has a plan. */
const whileUnplanned = (row: PlanningRow): PlanningRow | undefined =>
  row.endsBefore !== null && row.endsBefore <= mondayOf(row.nextWeek) ? undefined : row;

const ending = (endsBefore: CivilDate) => (row: PlanningRow | undefined) =>
  row && whileUnplanned({ ...row, endsBefore });

/** What the service itself must do when its time comes; each command's event clears its row. */
export const deadlines = defineProjection<PackageEvent | WeekPlanned>()({
  name: 'deadlines',
  version: 1,
  tables: {
    closings: table<ClosingRow>()({
      columns: { dueAt: text((row) => row.dueAt) },
      indexes: [['dueAt']],
      visibleTo,
    }),
    plannings: table<PlanningRow>()({
      columns: {
        nextWeek: text((row) => row.nextWeek),
        endsBefore: optionalText((row) => row.endsBefore),
      },
      indexes: [['nextWeek']],
      visibleTo,
    }),
  },
  on: {
    RequestIssued: ({ event, data: { packageId, requestId, closesAt }, tables }) =>
      tables.closings.change(packageId, () => ({
        ...{ packageId, requestId, dueAt: closesAt },
        ...setBy(event),
      })),
    RequestWindowExtended: ({ event, data: { packageId, closesAt }, tables }) =>
      tables.closings.change(
        packageId,
        (row) => row && { ...row, dueAt: closesAt, ...setBy(event) },
      ),
    RequestClosed: ({ data, tables }) => tables.closings.change(data.packageId, () => undefined),
    OffersPresented: ({ data, tables }) => tables.closings.change(data.packageId, () => undefined),
    ReferralWithdrawn: ({ data, tables }) =>
      tables.closings.change(data.packageId, () => undefined),
    AwardConfirmed: ({ event, data: { packageId, startOn }, tables }) =>
      tables.plannings.change(packageId, () => ({
        ...{ packageId, nextWeek: isoWeekOf(startOn), endsBefore: null },
        ...setBy(event),
      })),
    PackageTakenOn: ({ event, data: { packageId, startedOn }, tables }) =>
      tables.plannings.change(packageId, () => ({
        ...{ packageId, nextWeek: isoWeekOf(startedOn), endsBefore: null },
        ...setBy(event),
      })),
    WeekPlanned: ({ event, data: { packageId, week }, tables }) =>
      tables.plannings.change(packageId, (row) =>
        row && week >= row.nextWeek
          ? whileUnplanned({ ...row, nextWeek: weekAfter(week, 1), ...setBy(event) })
          : row,
      ),
    PackageEnded: ({ data: { packageId, endsBefore }, tables }) =>
      tables.plannings.change(packageId, ending(endsBefore)),
    DirectPaymentTaken({ data: { packageId, fromOn }, tables }) {
      tables.closings.change(packageId, () => undefined);
      tables.plannings.change(packageId, ending(fromOn));
    },
  },
});
