import type { CivilDate } from '#kernel/time.js';
import type { PolicyChangeApproved } from '#brokerage/council-policy/council-policy.events.js';
import type { FundingLine, PackageEvent } from '#brokerage/package/package.events.js';
import type { ProviderContractEvent } from '#brokerage/provider-contract/provider-contract.events.js';
import { withContractEvent } from '#brokerage/statement/pay-book.rules.js';
import { payWeekFolds, type PayWeek } from '#brokerage/statement/pay-week.rules.js';
import type { StatementEvent } from '#brokerage/statement/statement.events.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { defineProjection, type TableFold } from '../projector/definition.js';
import {
  payTables,
  type FundingRow,
  type PayContractRow,
  type PayWeekRow,
} from './pay.tables.projection.js';
import { statementHandlers } from './statement-rows.projection.js';

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

/** What pay is made of, and what was stated. */
export const pay = defineProjection<PayEvent>()({
  name: 'pay',
  version: 2,
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
