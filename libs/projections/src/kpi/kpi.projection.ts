import { hasRole } from '#kernel/actor.js';
import type { PolicyChange } from '#kernel/council-policy.js';
import { addDays, isoWeekOf } from '#kernel/time.js';
import type { PolicyChangeApproved } from '#brokerage/council-policy/council-policy.events.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { comparingRoles, isOfProvider } from '../who-sees.js';
import { windowContributions, windowMemberships } from './continuity.rules.js';
import {
  changed,
  corrected,
  recorded,
  replanned,
  weekFrom,
  type JudgedWeek,
} from './judged-week.rules.js';
import { providerOf, visitContributions } from './kpi.rules.js';

const { freeze } = Object;
const noChanges: readonly PolicyChange[] = freeze([]);

/** Visits judged by the KPIs; the league reads it too (S2-9 to S2-14, L1). */
export const kpi = defineProjection<VisitEvent | PolicyChangeApproved, readonly PolicyChange[]>()({
  name: 'kpi',
  version: 1,
  environment: noChanges,
  tables: {
    weeks: table<JudgedWeek, readonly PolicyChange[]>()({
      columns: { week: text((row) => row.week) },
      indexes: [['week']],
      visibleTo: (row, viewer) =>
        hasRole(viewer, ...comparingRoles, 'system') || isOfProvider(viewer, row.providerId),
      contributions: visitContributions,
      memberships: windowMemberships,
    }),
  },
  setContributions: windowContributions,
  figuresVisibleTo: (key, viewer) =>
    hasRole(viewer, ...comparingRoles, 'system') || isOfProvider(viewer, providerOf(key)),
  on: {
    WeekPlanned: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, () => weekFrom(data));
    },
    VisitsReplanned: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && replanned(row, data));
    },
    VisitsRecorded: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && recorded(row, data.legs));
    },
    VisitCorrected: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && corrected(row, data));
    },
    VisitExcused: ({ event, data, tables }) => {
      tables.weeks.change(
        event.stream,
        (row) => row && changed(row, data.visit, (visit) => ({ ...visit, excused: true as const })),
      );
    },
    VisitMissReported: ({ event, data, tables }) => {
      tables.weeks.change(
        event.stream,
        (row) => row && changed(row, data.visit, (visit) => ({ ...visit, missReported: data.by })),
      );
    },
    // A window of the first judged date may have begun two weeks before.
    PolicyChangeApproved: ({ data: { version, effectiveOn, values }, tables, environment }) => {
      environment.change((changes) => [...changes, { version, effectiveOn, values }]);
      tables.weeks.recontribute({ column: 'week', from: isoWeekOf(addDays(effectiveOn, -13)) });
    },
  },
});
