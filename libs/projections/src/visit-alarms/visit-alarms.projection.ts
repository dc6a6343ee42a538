import { hasRole, type Role, type Viewer } from '#kernel/actor.js';
import type { PolicyChange } from '#kernel/council-policy.js';
import { civilDateOf } from '#kernel/time.js';
import type { PolicyChangeApproved } from '#brokerage/council-policy/council-policy.events.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import type { VisitAlarmEvent } from '#brokerage/visit-alarm/visit-alarm.events.js';
import { integer, optionalText, text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { comparingRoles, isOfProvider, ownProvider } from '../who-sees.js';
import {
  alarmIdOf,
  clockFrom,
  endedItself,
  raisedAlarm,
  reopened,
  type AlarmRow,
} from './alarm-row.rules.js';
import { miss, missedAgain, notMissed, type MissRow, type OfVisit } from './miss-row.rules.js';

type Changes = readonly PolicyChange[];

const { freeze } = Object;
const noChanges: Changes = freeze([]);

/** Who sees to alarms, or looks after whoever does. */
export const alarmReaders = [
  'broker',
  'senior-broker',
  'quality-officer',
  'commissioner',
  'auditor',
] as const satisfies readonly Role[];

const seesAll = (viewer: Viewer): boolean => hasRole(viewer, ...alarmReaders, 'system');

const missAlarm = ({ packageId, visit }: OfVisit): string =>
  alarmIdOf(packageId, visit, 'missed-visit');

/** Alarms about visits, and missed visits as they are counted (X26, S2-12). */
export const visitAlarms = defineProjection<
  VisitEvent | VisitAlarmEvent | PolicyChangeApproved,
  Changes
>()({
  name: 'visit-alarms',
  version: 2,
  environment: noChanges,
  tables: {
    alarms: table<AlarmRow, Changes>()({
      columns: {
        open: integer((row) => row.open),
        kind: text((row) => row.kind),
        critical: integer((row) => row.critical),
        raisedAt: text((row) => row.raisedAt),
        urgency: text((row) => `${row.critical ? 0 : 1} ${row.raisedAt}`),
        owner: text((row) => row.owner),
        providerId: text((row) => row.providerId),
        packageId: text((row) => row.packageId),
        escalatesAt: optionalText((row) => row.escalatesAt),
      },
      indexes: [['open', 'urgency'], ['raisedAt'], ['providerId'], ['packageId'], ['escalatesAt']],
      visibleTo: (row, viewer) => seesAll(viewer) || isOfProvider(viewer, row.providerId),
      visibleWhere: (viewer) => (seesAll(viewer) ? {} : ownProvider(viewer)),
    }),
    misses: table<MissRow, Changes>()({
      columns: {
        visitOn: text((row) => row.visitOn),
        providerId: text((row) => row.providerId),
        missed: integer((row) => row.notMissed === undefined),
        reportedByProviderAt: optionalText((row) => row.reportedByProviderAt),
        detected: integer((row) => row.detected === true),
        reportDueBy: optionalText((row) => row.reportDueBy),
      },
      indexes: [['visitOn'], ['providerId', 'visitOn']],
      visibleTo: (row, viewer) =>
        hasRole(viewer, ...comparingRoles, 'system') || isOfProvider(viewer, row.providerId),
    }),
  },
  on: {
    PolicyChangeApproved: ({ data: { version, effectiveOn, values }, environment }) =>
      environment.change((changes) => [...changes, { version, effectiveOn, values }]),
    VisitAlarmRaised: ({ event, data, tables, environment }) => {
      const { packageId, visit, kind, providerId, startsAt } = data;
      const row = raisedAlarm(data, event.id, environment.get());
      tables.alarms.change(alarmIdOf(packageId, visit, kind), () => row);
      if (kind !== 'missed-visit') return;
      miss(tables.misses, data, { providerId, visitOn: civilDateOf(startsAt) });
    },
    VisitMissReported: ({ event, data, tables, environment }) => {
      const { by, reportedAt } = data;
      missedAgain(tables.misses, data);
      miss(
        tables.misses,
        data,
        by === 'provider' ? { reportedByProviderAt: reportedAt } : { reportedByCouncil: true },
      );
      tables.alarms.change(missAlarm(data), (row) =>
        reopened(row, reportedAt, environment.get(), event.id),
      );
    },
    VisitMissDetected: ({ event, data, tables, environment }) => {
      const { providerId, reportDueBy, detectedAt } = data;
      missedAgain(tables.misses, data);
      miss(tables.misses, data, { providerId, reportDueBy, detected: true });
      tables.alarms.change(missAlarm(data), (row) =>
        reopened(row, detectedAt, environment.get(), event.id),
      );
    },
    VisitDetectionWithdrawn: ({ data, tables }) => {
      const { because, withdrawnAt } = data;
      notMissed(tables.misses, data);
      const ending = because === 'logged-in' ? 'attended' : because;
      tables.alarms.change(missAlarm(data), (row) => endedItself(row, ending, withdrawnAt));
    },
    VisitReportContradicted: ({ data, tables }) => {
      notMissed(tables.misses, data);
      tables.alarms.change(missAlarm(data), (row) =>
        endedItself(row, 'attended', data.contradictedAt),
      );
    },
    VisitExcused: ({ event, data, tables }) => {
      notMissed(tables.misses, data);
      tables.alarms.change(missAlarm(data), (row) =>
        endedItself(row, 'excused', event.metadata.recordedAt),
      );
    },
    VisitsReplanned: ({ event, data: { packageId, withdrawn }, tables }) => {
      for (const visit of withdrawn) {
        notMissed(tables.misses, { packageId, visit });
        tables.alarms.change(missAlarm({ packageId, visit }), (row) =>
          endedItself(row, 'not-required', event.metadata.recordedAt),
        );
      }
    },
    VisitAlarmTaken: ({ event, data: { alarmId, owner, takenAt }, tables, environment }) =>
      tables.alarms.change(alarmId, (row) => {
        if (!row) return row;
        const clock = clockFrom(takenAt, row, environment.get());
        return { ...row, owner, escalatesAt: clock, eventId: event.id };
      }),
    VisitAlarmEscalated: ({ event, data, tables, environment }) =>
      tables.alarms.change(data.alarmId, (row) => {
        if (!row) return row;
        const next = { ...row, escalations: data.level, owner: data.to, eventId: event.id };
        return { ...next, escalatesAt: clockFrom(data.escalatedAt, next, environment.get()) };
      }),
    VisitAlarmClosed: ({ event, data, tables }) => {
      const { alarmId, closedAt, closedBy, personSafe, safeguardingRaised } = data;
      const outcome = { ending: 'seen-to', closedAt, closedBy, personSafe, safeguardingRaised };
      tables.alarms.change(
        alarmId,
        (row) =>
          row && {
            ...{ ...row, ...outcome, ending: 'seen-to', open: false, escalatesAt: null },
            outcomePosition: event.position,
          },
      );
    },
  },
});
