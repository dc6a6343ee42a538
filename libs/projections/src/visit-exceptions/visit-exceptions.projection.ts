import { hasRole, type Role, type Viewer } from '#kernel/actor.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { heldBecause } from '#brokerage/visit/visit.held.rules.js';
import { text } from '../projector/columns.js';
import { defineProjection, table, type TableFolds } from '../projector/definition.js';
import { isOfProvider } from '../who-sees.js';
import {
  drawersOf,
  isSameLeg,
  overlap,
  type CarerDayRow,
  type Presence,
} from './carer-day.rules.js';
import { keyOf, listed, presenceOf, type Context, type Logged } from './exception-row.rules.js';
import type { ExceptionReason, VisitException } from './visit-exceptions.view.js';

/** Who clears up what logs leave open. */
export const exceptionReaders = [
  'broker',
  'senior-broker',
  'quality-officer',
  'commissioner',
  'finance',
  'auditor',
] as const satisfies readonly Role[];

const seesAll = (viewer: Viewer): boolean => hasRole(viewer, ...exceptionReaders, 'system');

const tables = {
  exceptions: table<VisitException>()({
    columns: {
      reason: text((row) => row.reason),
      owner: text((row) => row.owner),
      providerId: text((row) => row.providerId),
      packageId: text((row) => row.packageId),
      visitId: text((row) => row.visitId),
      loggedInAt: text((row) => row.loggedInAt),
    },
    indexes: [['loggedInAt'], ['providerId', 'loggedInAt'], ['packageId'], ['visitId']],
    visibleTo: (row, viewer) => seesAll(viewer) || isOfProvider(viewer, row.providerId),
    visibleWhere: (viewer) =>
      seesAll(viewer)
        ? {}
        : { providerId: (hasRole(viewer, 'provider') && viewer.organisation) || [] },
  }),
  /** What each carer logged, day by day; read by the fold alone. */
  carerDays: table<CarerDayRow>()({ columns: {}, visibleTo: () => false }),
};

type Folded = TableFolds<typeof tables>;
function list(folded: Folded, of: Context, log: Logged, reason: ExceptionReason): void {
  const row = listed(of, log, reason);
  folded.exceptions.change(keyOf(row.visitId, log.leg, reason), () => row);
}

/** Puts a leg into its carer's days, and lists it and those it collides with. */
function enter(folded: Folded, of: Context, log: Logged): void {
  const presence = presenceOf(of, log);
  if (!presence) return;
  for (const drawer of drawersOf(of.providerId, log.carerId, presence)) {
    const { present = [] } = folded.carerDays.get(drawer) ?? {};
    for (const other of present) {
      if (overlap(presence, other)) collide(folded, of, log.carerId, [presence, other]);
    }
    folded.carerDays.change(drawer, () => ({ present: [...present, presence] }));
  }
}

function collide(folded: Folded, of: Context, carerId: string, pair: [Presence, Presence]): void {
  const [later, earlier] = pair;
  for (const [one, other] of [
    [later, earlier],
    [earlier, later],
  ] as const) {
    const { visitId, leg, inAt, outAt } = one;
    const dot = visitId.indexOf('.');
    const own = { ...of, packageId: visitId.slice(0, dot) };
    const log = { visit: visitId.slice(dot + 1), leg, carerId, inAt, outAt };
    folded.exceptions.change(keyOf(visitId, leg, 'two-homes-at-once'), (row) => {
      const before = row ?? listed(own, log, 'two-homes-at-once');
      if (before.overlaps.includes(other.visitId)) return row;
      return { ...before, overlaps: [...before.overlaps, other.visitId] };
    });
  }
}

/** Takes a leg out of its carer's days, and out of what it collided with. */
function leave(folded: Folded, of: Context, log: Logged): void {
  const presence = presenceOf(of, log);
  if (!presence) return;
  const { visitId, leg } = presence;
  for (const drawer of drawersOf(of.providerId, log.carerId, presence)) {
    folded.carerDays.change(drawer, (row) => {
      const present = row?.present.filter((other) => !isSameLeg(other, presence)) ?? [];
      return present.length > 0 ? { present } : undefined;
    });
  }
  const { exceptions } = folded;
  const { overlaps = [] } = exceptions.get(keyOf(visitId, leg, 'two-homes-at-once')) ?? {};
  exceptions.change(keyOf(visitId, leg, 'two-homes-at-once'), () => undefined);
  for (const other of overlaps) {
    for (const { key, row } of exceptions.find('visitId', other)) {
      if (row.reason !== 'two-homes-at-once') continue;
      const left = row.overlaps.filter((each) => each !== visitId);
      exceptions.change(key, () => (left.length > 0 ? { ...row, overlaps: left } : undefined));
    }
  }
}

/** Logs that cannot be taken as they are: held, listed with who clears them up, not hidden (X12). */
export const visitExceptions = defineProjection<VisitEvent>()({
  name: 'visit-exceptions',
  version: 1,
  tables,
  on: {
    VisitsRecorded: ({ event, data, tables: folded }) => {
      const { packageId, personId, providerId, legs } = data;
      const foundAt = event.metadata.recordedAt;
      const of = { packageId, personId, providerId, foundAt };
      for (const leg of legs) {
        const reason = heldBecause(leg);
        if (reason) list(folded, of, leg, reason);
        enter(folded, of, leg);
      }
    },
    VisitCorrected: ({ event, data, tables: folded }) => {
      const { packageId, personId, visit, leg, voided, was, manualReason } = data;
      if (!was) return;
      const foundAt = event.metadata.recordedAt;
      const of = { packageId, personId, providerId: was.providerId, foundAt };
      leave(folded, of, { visit, leg, ...was });
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
    },
    VisitReportContradicted: ({ event, data, tables: folded }) => {
      const { packageId, personId, providerId, visit, leg, carerId, loggedInAt: inAt } = data;
      const of = { packageId, personId, providerId, foundAt: event.metadata.recordedAt };
      list(folded, of, { visit, leg, carerId, inAt, outAt: null }, 'reported-missed-but-logged');
    },
  },
});
