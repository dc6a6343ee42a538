import type { StoredEvent } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { isoWeekOf, mondayOf, weekAfter, type CivilDate, type IsoWeek } from '#kernel/time.js';
import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { WeekPlanned } from '#brokerage/visit/visit.events.js';
import { optionalText, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import type { ClosingRow, NoticeRow, PlanningRow, RestartRow } from './deadlines.view.js';

const visibleTo = (_: object, viewer: Viewer) => hasRole(viewer, 'system', 'administrator');

const setBy = ({ id, position }: StoredEvent) => ({ eventId: id, position });

/** Nothing is due of a package once every week up to its last day has a plan; care may come again. */
const weekDue = ({ endsBefore, nextWeek }: PlanningRow): IsoWeek | null =>
  endsBefore !== null && endsBefore <= mondayOf(nextWeek) ? null : nextWeek;

const ending = (endsBefore: CivilDate) => (row: PlanningRow | undefined) =>
  row && { ...row, endsBefore };

const begins = (packageId: string, startOn: CivilDate, event: StoredEvent): PlanningRow => ({
  ...{ packageId, nextWeek: isoWeekOf(startOn), planned: false, endsBefore: null },
  ...setBy(event),
});

type Rows = {
  readonly closings: Changing<ClosingRow>;
  readonly restarts: Changing<RestartRow>;
  readonly notices: Changing<NoticeRow>;
};
type Changing<Row> = Pick<TableFold<Row, never>, 'change'>;

/** Nothing is asked of anyone any more; a notice that ends before care does still leaves a gap. */
function over({ closings, restarts, notices }: Rows, packageId: string, endsBefore: CivilDate) {
  closings.change(packageId, () => undefined);
  restarts.change(packageId, () => undefined);
  notices.change(packageId, (row) => (row && row.effectiveOn < endsBefore ? row : undefined));
}

/** The suspension is over, so a notice that had run out meanwhile is looked at again. */
function answered({ restarts, notices }: Rows, packageId: string, event: StoredEvent) {
  restarts.change(packageId, () => undefined);
  notices.change(packageId, (row) => row && { ...row, ...setBy(event) });
}

/** What the service itself must do when its time comes; each command's event clears its row. */
export const deadlines = defineProjection<PackageEvent | WeekPlanned>()({
  name: 'deadlines',
  version: 2,
  tables: {
    closings: table<ClosingRow>()({
      columns: { dueAt: text((row) => row.dueAt) },
      indexes: [['dueAt']],
      visibleTo,
    }),
    restarts: table<RestartRow>()({
      columns: { dueAt: text((row) => row.dueAt) },
      indexes: [['dueAt']],
      visibleTo,
    }),
    notices: table<NoticeRow>()({
      columns: { effectiveOn: text((row) => row.effectiveOn) },
      indexes: [['effectiveOn']],
      visibleTo,
    }),
    plannings: table<PlanningRow>()({
      columns: {
        nextWeek: optionalText(weekDue),
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
    RequestCancelled: ({ data, tables }) => tables.closings.change(data.packageId, () => undefined),
    OffersPresented: ({ data, tables }) => tables.closings.change(data.packageId, () => undefined),
    ReferralWithdrawn: ({ data, tables }) =>
      tables.closings.change(data.packageId, () => undefined),
    AwardConfirmed: ({ event, data: { packageId, startOn }, tables }) =>
      tables.plannings.change(packageId, (row) =>
        row?.planned
          ? { ...row, endsBefore: null, ...setBy(event) }
          : begins(packageId, startOn, event),
      ),
    PackageTakenOn: ({ event, data: { packageId, startedOn }, tables }) =>
      tables.plannings.change(packageId, () => begins(packageId, startedOn, event)),
    WeekPlanned: ({ event, data: { packageId, week }, tables }) =>
      tables.plannings.change(packageId, (row) =>
        row && week >= row.nextWeek
          ? { ...row, nextWeek: weekAfter(week, 1), planned: true, ...setBy(event) }
          : row,
      ),
    PackageEnded({ data: { packageId, endsBefore }, tables }) {
      tables.plannings.change(packageId, ending(endsBefore));
      over(tables, packageId, endsBefore);
    },
    DirectPaymentTaken({ data: { packageId, fromOn }, tables }) {
      tables.plannings.change(packageId, ending(fromOn));
      over(tables, packageId, fromOn);
    },
    RestartOffered: ({ event, data: { packageId, closesAt }, tables }) =>
      tables.restarts.change(packageId, () => ({ packageId, dueAt: closesAt, ...setBy(event) })),
    PackageRestarted: ({ event, data, tables }) => answered(tables, data.packageId, event),
    RestartDeclined: ({ event, data, tables }) => answered(tables, data.packageId, event),
    PackageHandedBack({ event, data: { packageId, effectiveOn }, tables }) {
      tables.restarts.change(packageId, () => undefined);
      tables.notices.change(packageId, () => ({ packageId, effectiveOn, ...setBy(event) }));
    },
    GapOpened: ({ data, tables }) => tables.notices.change(data.packageId, () => undefined),
    PackageStarted: ({ data, tables }) => tables.notices.change(data.packageId, () => undefined),
    InterimCoverRecorded({ data: { packageId, holder }, tables }) {
      if (holder) tables.notices.change(packageId, () => undefined);
    },
  },
});
