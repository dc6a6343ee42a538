import type { VisitEvent } from '#brokerage/visit/visit.events.js';
import { keyOfRow, type MonitoredRow } from '#brokerage/visit/visit.monitoring.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { seesLogsOf, visibleLogs } from '../who-sees.js';
import type { UnallocatedVisit } from './unallocated-visits.view.js';

const tables = {
  visits: table<UnallocatedVisit>()({
    columns: {
      providerId: text((row) => row.providerId),
      packageId: text((row) => row.packageId),
      week: text((row) => row.week),
      on: text((row) => row.on),
    },
    indexes: [['on'], ['providerId', 'on'], ['packageId']],
    visibleTo: (row, viewer) => seesLogsOf(viewer, row.providerId),
    visibleWhere: visibleLogs,
  }),
};

const keyIn = (packageId: string, week: string, key: string): string =>
  `${packageId}/${week}/${key}`;

const told = ({ on, leg, ref, carer, plannedStart, loggedInAt, loggedOutAt }: MonitoredRow) => ({
  ...{ on, carerLeg: leg },
  ...(ref !== undefined && { visitRef: ref }),
  ...(carer !== undefined && { carerRef: carer }),
  ...(plannedStart !== undefined && { plannedStart }),
  ...(loggedInAt !== undefined && { loggedInAt }),
  ...(loggedOutAt !== undefined && { loggedOutAt }),
});

/** Attendances that no plan covers, until one does (X13). */
export const unallocatedVisits = defineProjection<VisitEvent>()({
  name: 'unallocated-visits',
  version: 1,
  tables,
  on: {
    VisitsUnallocated: ({ event, data, tables: { visits } }) => {
      const { packageId, providerId, week, fileId, rows } = data;
      for (const row of rows) {
        visits.change(keyIn(packageId, week, keyOfRow(row)), (before) => ({
          ...{ packageId, providerId, week, fileId, ...told(row) },
          since: before?.since ?? event.metadata.recordedAt,
        }));
      }
    },
    VisitsAllocated: ({ data: { packageId, week, keys }, tables: { visits } }) => {
      for (const key of keys) visits.change(keyIn(packageId, week, key), () => undefined);
    },
  },
});
