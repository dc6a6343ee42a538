import { hasRole } from '#kernel/actor.js';
import { addDays, isoWeekOf, type Instant } from '#kernel/time.js';
import type { Event } from '#kernel/decider.js';
import type { PolicyChangeApproved } from '#brokerage/council-policy/council-policy.events.js';
import type { ContractOpened } from '#brokerage/provider-contract/provider-contract.events.js';
import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { comparingRoles, isOfProvider } from '../who-sees.js';
import { windowContributions, windowMemberships } from './continuity.rules.js';
import * as week from './judged-week.rules.js';
import { providerOf, visitContributions, type KpiEnvironment } from './kpi.rules.js';

type KpiEvent =
  | VisitEvent
  | ContractOpened
  | PolicyChangeApproved
  | Event<'VisitMissDetected', { visit: string; reportDueBy: Instant }>
  | Event<'VisitDetectionWithdrawn', { visit: string }>;

const { freeze } = Object;
const nothingSet: KpiEnvironment = freeze({ changes: [], kpiSets: {} });

/** Visits judged by the KPIs; the league reads it too (S2-9 to S2-14, L1). */
export const kpi = defineProjection<KpiEvent, KpiEnvironment>()({
  name: 'kpi',
  version: 3,
  environment: nothingSet,
  tables: {
    weeks: table<week.JudgedWeek, KpiEnvironment>()({
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
      tables.weeks.change(event.stream, () => week.weekFrom(data));
    },
    VisitsReplanned: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && week.replanned(row, data));
    },
    VisitsRecorded: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && week.recorded(row, data.legs));
    },
    VisitCorrected: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && week.corrected(row, data));
    },
    VisitExcused: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && week.excused(row, data));
    },
    VisitMissReported: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && week.missReported(row, data));
    },
    VisitMissDetected: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && week.detected(row, data));
    },
    VisitDetectionWithdrawn: ({ event, data, tables }) => {
      tables.weeks.change(event.stream, (row) => row && week.detectionWithdrawn(row, data.visit));
    },
    ContractOpened: ({ data: { contractId, kpiSet }, environment }) => {
      if (kpiSet === undefined) return;
      environment.change(({ kpiSets, ...before }) => ({
        ...before,
        kpiSets: { ...kpiSets, [contractId]: kpiSet },
      }));
    },
    // A window of the first judged date may have begun two weeks before.
    PolicyChangeApproved: ({ data: { version, effectiveOn, values }, tables, environment }) => {
      environment.change(({ changes, ...before }) => ({
        ...before,
        changes: [...changes, { version, effectiveOn, values }],
      }));
      tables.weeks.recontribute({ column: 'week', from: isoWeekOf(addDays(effectiveOn, -13)) });
    },
  },
});
