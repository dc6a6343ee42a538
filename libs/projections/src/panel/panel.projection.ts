import type { PackageEvent } from '#brokerage/package/package.events.js';
import type { CivilDate } from '#kernel/time.js';
import { optionalText, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import { isCouncil, isOwnCase, ownCases } from '../who-sees.js';
import type { PanelCase } from './panel.view.js';

/** A case as it is kept: how long it is overdue hangs on the day it is read on. */
export type CaseRow = Omit<PanelCase, 'overdueDays'> & { readonly brokerOrganisation?: string };

const isUndecided = ({ standing }: Pick<CaseRow, 'standing'>): boolean =>
  standing === 'pending' || standing === 'deferred';

/** Sorts after every day: nothing is due. */
const notDue: CivilDate = '9999-12-31';

const tables = {
  cases: table<CaseRow>()({
    columns: {
      packageId: text((row) => row.packageId),
      standing: text((row) => row.standing),
      on: text((row) => row.on),
      openedAt: text((row) => row.openedAt),
      dueOn: text((row) => (isUndecided(row) && row.interimAuthority?.panelDueOn) || notDue),
      // ` nhs housing `: each agency that has yet to approve.
      awaited: text((row) => ` ${agenciesAwaited(row).join(' ')} `),
      brokerOrganisation: optionalText((row) => row.brokerOrganisation),
    },
    indexes: [
      ['packageId'],
      ['dueOn', 'openedAt'],
      ['standing', 'dueOn', 'openedAt'],
      ['openedAt'],
    ],
    visibleTo: (row, viewer) => isCouncil(viewer) || isOwnCase(row, viewer),
    visibleWhere: (viewer) => (isCouncil(viewer) ? {} : ownCases(viewer)),
  }),
  /** Which external organisation brokers a package; read by the fold alone. */
  brokers: table<{ readonly brokerOrganisation: string }>()({
    columns: {},
    visibleTo: () => false,
  }),
};

type Cases = Pick<TableFold<CaseRow, { packageId: unknown }>, 'find' | 'change'>;

const agenciesAwaited = (row: CaseRow): readonly string[] =>
  isUndecided(row)
    ? row.agencies.filter((agency) => !row.decisions.some((of) => isApproval(of, agency)))
    : [];

const isApproval = (of: { agency: string; outcome: string }, agency: string): boolean =>
  of.agency === agency && of.outcome === 'approved';

/** Nothing is asked of a panel about a package that is over. */
function withdrawOpen(cases: Cases, packageId: string): void {
  for (const { key, row } of cases.find('packageId', packageId)) {
    if (isUndecided(row)) cases.change(key, () => ({ ...row, standing: 'withdrawn' }));
  }
}

/** What was put to the panel, and what it said (S3-7). */
export const panel = defineProjection<PackageEvent>()({
  name: 'panel',
  version: 1,
  tables,
  on: {
    PackageReferred: ({ data: { packageId, origin }, tables: { brokers } }) => {
      const brokerOrganisation = origin?.brokerOrganisation;
      if (brokerOrganisation) brokers.change(packageId, () => ({ brokerOrganisation }));
    },
    PanelCaseOpened: ({ event, data, tables: { cases, brokers } }) => {
      const { caseId, packageId, on, measure, level, figure, agencies, openedBy } = data;
      const openedAt = event.metadata.recordedAt;
      cases.change(caseId, () => ({
        ...{ caseId, packageId, on, measure, level, figure, agencies: [...agencies] },
        ...{ openedBy, openedAt, standing: 'pending', decisions: [], ...brokers.get(packageId) },
      }));
    },
    PanelCaseDecided: ({ event, data, tables: { cases } }) => {
      const { agency, outcome, decidedBy, decidedAt, standing } = data;
      const { position } = event;
      const decision = { agency, outcome, decidedBy, decidedAt, position };
      cases.change(data.caseId, (row) => {
        const others = row?.decisions.filter((each) => each.agency !== agency) ?? [];
        return row && { ...row, standing, decisions: [...others, decision] };
      });
    },
    InterimAuthorityGiven: ({ data: { caseId, givenBy, panelDueOn }, tables: { cases } }) =>
      cases.change(caseId, (row) => row && { ...row, interimAuthority: { givenBy, panelDueOn } }),
    PanelCaseWithdrawn: ({ data: { caseId }, tables: { cases } }) =>
      cases.change(caseId, (row) => row && { ...row, standing: 'withdrawn' }),
    ReferralWithdrawn: ({ data, tables: { cases } }) => withdrawOpen(cases, data.packageId),
    DirectPaymentTaken: ({ data, tables: { cases } }) => withdrawOpen(cases, data.packageId),
    PackageEnded: ({ data, tables: { cases } }) => withdrawOpen(cases, data.packageId),
  },
});
