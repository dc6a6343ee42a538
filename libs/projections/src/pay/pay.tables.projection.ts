import { hasRole, type Viewer } from '#kernel/actor.js';
import type { PolicyChange } from '#kernel/council-policy.js';
import type { CivilDate } from '#kernel/time.js';
import type { FundingLine } from '#brokerage/package/package.events.js';
import type { PayContract } from '#brokerage/statement/pay-book.rules.js';
import type { PayWeek } from '#brokerage/statement/pay-week.rules.js';
import type { StatedWeek } from '#brokerage/statement/statement.events.js';
import { integer, text } from '../projector/columns.js';
import { table } from '../projector/definition.js';
import { isOfProvider, ownProvider } from '../who-sees.js';
import { payRoles } from './pay-roles.js';
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

const sees = (viewer: Viewer): boolean => hasRole(viewer, ...payRoles, 'system');
const seesOf = ({ providerId }: { readonly providerId: string }, viewer: Viewer): boolean =>
  sees(viewer) || isOfProvider(viewer, providerId);
const visibleWhere = (viewer: Viewer) => (sees(viewer) ? {} : ownProvider(viewer));

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
    keepsHistory: true,
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
    keepsHistory: true,
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
