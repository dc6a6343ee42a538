import type { CarersRegistered } from '#brokerage/carer-register/carer-register.events.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { heldBecause } from '#brokerage/visit/visit.held.rules.js';
import type { VisitExceptionEvent } from '#brokerage/visit-exception/visit-exception.events.js';
import { defineProjection } from '../projector/definition.js';
import { keyOf, listed, type Context, type Logged } from './exception-row.rules.js';
import {
  compareWithNeeds,
  forgetCompared,
  keepNeeds,
  registered,
} from './hard-needs.projection.js';
import { enter, leave } from './two-homes.projection.js';
import { tables, type Folded } from './visit-exceptions.tables.projection.js';
import type { ExceptionReason } from './visit-exceptions.view.js';

function list(folded: Folded, of: Context, log: Logged, reason: ExceptionReason): void {
  const row = listed(of, log, reason);
  folded.exceptions.change(keyOf(row.visitId, log.leg, reason), () => row);
}

/** Logs that cannot be taken as they are: held, listed with who clears them up, not hidden (X12). */
export const visitExceptions = defineProjection<
  VisitEvent | VisitExceptionEvent | CarersRegistered
>()({
  name: 'visit-exceptions',
  version: 2,
  tables,
  on: {
    WeekPlanned: ({ data: { packageId, visits }, tables: folded }) => {
      keepNeeds(folded, packageId, visits);
    },
    VisitsReplanned: ({ data: { packageId, added, changed }, tables: folded }) => {
      keepNeeds(folded, packageId, [...added, ...changed]);
    },
    CarersRegistered: ({ data: { providerId, carers }, tables: folded }) => {
      for (const carer of carers) registered(folded, providerId, carer);
    },
    VisitsRecorded: ({ event, data, tables: folded }) => {
      const { packageId, personId, providerId, legs } = data;
      const foundAt = event.metadata.recordedAt;
      const of = { packageId, personId, providerId, foundAt };
      for (const leg of legs) {
        const reason = heldBecause(leg);
        if (reason) list(folded, of, leg, reason);
        enter(folded, of, leg);
        compareWithNeeds(folded, of, leg);
      }
    },
    VisitCorrected: ({ event, data, tables: folded }) => {
      const { packageId, personId, visit, leg, voided, was, manualReason } = data;
      if (!was) return;
      const foundAt = event.metadata.recordedAt;
      const of = { packageId, personId, providerId: was.providerId, foundAt };
      leave(folded, of, { visit, leg, ...was });
      forgetCompared(folded, of, { visit, leg, ...was });
      const visitId = `${packageId}.${visit}`;
      const byHand = keyOf(visitId, leg, 'manual-without-reason');
      const unexplained = folded.exceptions.get(byHand) && manualReason === undefined;
      for (const reason of ['no-log-out', 'under-one-minute', 'manual-without-reason'] as const) {
        folded.exceptions.change(keyOf(visitId, leg, reason), () => undefined);
      }
      if (voided) return;
      const method = unexplained ? ('manual' as const) : (data.method ?? ('app' as const));
      const reason = heldBecause({ ...data, method });
      if (reason) list(folded, of, data, reason);
      enter(folded, of, data);
      compareWithNeeds(folded, of, data);
    },
    VisitReportContradicted: ({ event, data, tables: folded }) => {
      const { packageId, personId, providerId, visit, leg, carerId, loggedInAt: inAt } = data;
      const of = { packageId, personId, providerId, foundAt: event.metadata.recordedAt };
      list(folded, of, { visit, leg, carerId, inAt, outAt: null }, 'reported-missed-but-logged');
    },
    VisitExceptionTaken: ({ data: { exceptionId, takenBy }, tables: folded }) => {
      folded.exceptions.change(exceptionId, (row) => row && { ...row, takenBy });
    },
    VisitExceptionClosed: ({ data, tables: folded }) => {
      const { exceptionId, outcome, closedBy, closedAt } = data;
      folded.exceptions.change(
        exceptionId,
        (row) => row && { ...row, outcome, closedBy, closedAt },
      );
    },
  },
});
