import { hasRole, type Viewer } from '#kernel/actor.js';
import type { PolicyChange } from '#kernel/council-policy.js';
import type { CivilDate } from '#kernel/time.js';
import type { PolicyChangeApproved } from '#brokerage/council-policy/council-policy.events.js';
import type { FundingLine, PackageEvent } from '#brokerage/package/package.events.js';
import type { ProviderContractEvent } from '#brokerage/provider-contract/provider-contract.events.js';
import { withContractEvent, type PayContract } from '#brokerage/statement/pay-book.rules.js';
import { payWeekFolds, type PayWeek } from '#brokerage/statement/pay-week.rules.js';
import type { StatedWeek, StatementEvent } from '#brokerage/statement/statement.events.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { integer, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import { isOfProvider } from '../who-sees.js';
import { payRoles } from './pay-roles.js';
import { statementHandlers } from './statement-rows.projection.js';
import type { StatementQueryRow, StatementRow } from './statement-rows.rules.js';

/** When a row last changed, as a position of the log. */
export interface Changed {
  readonly changedAt: number;
}

export type PayWeekRow = PayWeek & Changed;
export type PayContractRow = PayContract & Changed;

/** Who pays for a package, from dates on (S2-21). */
export interface FundingRow {
  readonly funding: readonly {
    readonly fromOn: CivilDate;
    readonly lines: readonly FundingLine[];
  }[];
}

/** A part of a statement, in the order in which it was stated. */
export type StatedRow = StatedWeek & { readonly statementId: string; readonly providerId: string };

type PayEvent =
  | VisitEvent
  | ProviderContractEvent
  | StatementEvent
  | PolicyChangeApproved
  | Extract<
      PackageEvent,
      { type: 'PackageReferred' | 'PackageTakenOn' | 'ReferralCompleted' | 'ReferralCorrected' }
    >
  | Extract<PackageEvent, { type: 'FundingChanged' }>;

const sees = (viewer: Viewer): boolean => hasRole(viewer, ...payRoles, 'system');
const seesOf = ({ providerId }: { readonly providerId: string }, viewer: Viewer): boolean =>
  sees(viewer) || isOfProvider(viewer, providerId);
const visibleWhere = (viewer: Viewer) =>
  sees(viewer)
    ? {}
    : { providerId: (hasRole(viewer, 'provider') && viewer.organisation) || ([] as const) };

/** Visits, contracts and statements as pay reads them, all at one position (S2-18). */
export const payTables = {
  weeks: table<PayWeekRow>()({
    columns: {
      providerId: text((row) => row.providerId),
      week: text((row) => row.week),
      /** Another provider than the week's own has visits of it (S4-14). */
      shared: integer((row) => Object.values(row.visits).some(({ holder }) => holder)),
      changedAt: integer((row) => row.changedAt),
    },
    indexes: [['providerId', 'week'], ['shared', 'week'], ['week']],
    visibleTo: (_, viewer) => sees(viewer),
  }),
  contracts: table<PayContractRow>()({
    columns: { providerId: text((row) => row.providerId) },
    indexes: [['providerId']],
    visibleTo: (_, viewer) => sees(viewer),
  }),
  policies: table<PolicyChange & Changed>()({
    columns: {},
    visibleTo: (_, viewer) => sees(viewer),
  }),
  funding: table<FundingRow>()({ columns: {}, visibleTo: (_, viewer) => sees(viewer) }),
  statements: table<StatementRow>()({
    columns: {
      providerId: text((row) => row.providerId),
      periodStartsOn: text((row) => row.periodStartsOn),
      status: text((row) => row.status),
    },
    indexes: [['periodStartsOn'], ['providerId', 'periodStartsOn'], ['status', 'periodStartsOn']],
    visibleTo: seesOf,
    visibleWhere,
  }),
  stated: table<StatedRow>()({
    columns: {
      statementId: text((row) => row.statementId),
      providerId: text((row) => row.providerId),
      week: text((row) => row.week),
    },
    indexes: [['statementId'], ['providerId', 'week']],
    visibleTo: seesOf,
    visibleWhere,
  }),
  queries: table<StatementQueryRow>()({
    columns: {
      statementId: text((row) => row.statementId),
      providerId: text((row) => row.providerId),
      dueOn: text((row) => row.dueOn),
    },
    indexes: [['statementId'], ['dueOn']],
    visibleTo: seesOf,
    visibleWhere,
  }),
};

/** What pay is made of, and what was stated. */
export const pay = defineProjection<PayEvent>()({
  name: 'pay',
  version: 1,
  tables: payTables,
  on: {
    WeekPlanned: ({ event, data, tables }) =>
      changeWeek(tables.weeks, event, (row) => payWeekFolds.WeekPlanned(row, data)),
    VisitsReplanned: ({ event, data, tables }) =>
      changeWeek(tables.weeks, event, (row) => payWeekFolds.VisitsReplanned(row, data)),
    VisitsRecorded: ({ event, data, tables }) =>
      changeWeek(tables.weeks, event, (row) => payWeekFolds.VisitsRecorded(row, data)),
    VisitCorrected: ({ event, data, tables }) =>
      changeWeek(tables.weeks, event, (row) => payWeekFolds.VisitCorrected(row, data)),
    VisitExcused: ({ event, data, tables }) =>
      changeWeek(tables.weeks, event, (row) => payWeekFolds.VisitExcused(row, data)),
    ContractOpened: ({ event, data, tables }) =>
      changeContract(tables.contracts, event, { type: 'ContractOpened', data }),
    RateCardSet: ({ event, data, tables }) =>
      changeContract(tables.contracts, event, { type: 'RateCardSet', data }),
    PaymentTermsSet: ({ event, data, tables }) =>
      changeContract(tables.contracts, event, { type: 'PaymentTermsSet', data }),
    TenantMovedIn: ({ event, data, tables }) =>
      changeContract(tables.contracts, event, { type: 'TenantMovedIn', data }),
    TenantMovedOut: ({ event, data, tables }) =>
      changeContract(tables.contracts, event, { type: 'TenantMovedOut', data }),
    ContractExtended: ({ event, data, tables }) =>
      changeContract(tables.contracts, event, { type: 'ContractExtended', data }),
    ContractEnded: ({ event, data, tables }) =>
      changeContract(tables.contracts, event, { type: 'ContractEnded', data }),
    PolicyChangeApproved: ({ event, data: { version, effectiveOn, values }, tables }) =>
      tables.policies.change(String(version), () => ({
        ...{ version, effectiveOn, values, changedAt: event.position },
      })),
    PackageReferred: ({ data: { packageId, needs }, tables }) =>
      fund(tables.funding, packageId, '', needs.funding),
    PackageTakenOn: ({ data: { packageId, needs }, tables }) =>
      fund(tables.funding, packageId, '', needs.funding),
    ReferralCompleted: ({ data: { packageId, needs }, tables }) =>
      fund(tables.funding, packageId, '', needs.funding),
    ReferralCorrected: ({ data: { packageId, needs }, tables }) =>
      fund(tables.funding, packageId, '', needs.funding),
    FundingChanged: ({ data: { packageId, fromOn, funding }, tables }) =>
      fund(tables.funding, packageId, fromOn, funding),
    ...statementHandlers,
  },
});

type Stored = { readonly stream: string; readonly position: number };
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the columns do not matter here
type Fold<Row> = TableFold<Row, any>;

function changeWeek(
  weeks: Fold<PayWeekRow>,
  { stream, position }: Stored,
  to: (row: PayWeekRow | undefined) => PayWeek | undefined,
): void {
  weeks.change(stream, (row) => {
    const next = to(row);
    return next && { ...next, changedAt: position };
  });
}

function changeContract(
  contracts: Fold<PayContractRow>,
  { position }: Stored,
  event: ProviderContractEvent,
): void {
  contracts.change(event.data.contractId, (row) => {
    const next = withContractEvent(row, event);
    return next && { ...next, changedAt: position };
  });
}

/** The whole split from a day on; what was said of later days stays. */
function fund(
  table: Fold<FundingRow>,
  packageId: string,
  fromOn: CivilDate,
  lines: readonly FundingLine[] = [],
): void {
  table.change(packageId, (row) => {
    const others = (row?.funding ?? []).filter((one) => one.fromOn !== fromOn);
    return {
      funding: [...others, { fromOn, lines }].toSorted((a, b) => (a.fromOn < b.fromOn ? -1 : 1)),
    };
  });
}
