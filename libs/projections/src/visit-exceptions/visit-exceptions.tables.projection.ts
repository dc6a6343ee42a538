import type { CarerGender } from '#kernel/schedule.js';
import type { CarerGenderOutcome, VisitNeeds } from '#brokerage/visit/visit.needs.rules.js';
import { integer, text } from '../projector/columns.js';
import { table, type TableFolds } from '../projector/definition.js';
import { seesLogsOf, visibleLogs } from '../who-sees.js';
import type { CarerDayRow } from './carer-day.rules.js';
import type { Context, Logged } from './exception-row.rules.js';
import type { VisitException } from './visit-exceptions.view.js';

/** A leg whose carer is to be of one gender, as far as the register tells (X2). */
export interface GenderedLeg {
  readonly of: Context;
  readonly log: Logged;
  readonly needs: VisitNeeds;
  readonly outcome: CarerGenderOutcome;
}

export const tables = {
  exceptions: table<VisitException>()({
    columns: {
      reason: text((row) => row.reason),
      owner: text((row) => row.owner),
      closed: integer((row) => row.closedAt !== undefined),
      providerId: text((row) => row.providerId),
      packageId: text((row) => row.packageId),
      visitId: text((row) => row.visitId),
      loggedInAt: text((row) => row.loggedInAt),
    },
    indexes: [['loggedInAt'], ['providerId', 'loggedInAt'], ['packageId'], ['visitId']],
    visibleTo: (row, viewer) => seesLogsOf(viewer, row.providerId),
    visibleWhere: visibleLogs,
  }),
  /** What each carer logged, day by day; read by the fold alone. */
  carerDays: table<CarerDayRow>()({ columns: {}, visibleTo: () => false }),
  /** Hard needs of planned visits that have any. */
  needs: table<VisitNeeds>()({ columns: {}, visibleTo: () => false }),
  /** By provider and carer: the gender that its register holds. */
  carers: table<{ readonly gender: CarerGender }>()({ columns: {}, visibleTo: () => false }),
  genderedLegs: table<GenderedLeg>()({
    columns: {
      carer: text(({ of, log }) => carerKey(of.providerId, log.carerId)),
      visitId: text(({ of, log }) => `${of.packageId}.${log.visit}`),
      providerId: text(({ of }) => of.providerId),
    },
    indexes: [['carer'], ['visitId']],
    visibleTo: ({ of }, viewer) => seesLogsOf(viewer, of.providerId),
    visibleWhere: visibleLogs,
  }),
};

export type Folded = TableFolds<typeof tables>;

export const carerKey = (providerId: string, carerId: string): string => `${providerId}/${carerId}`;
