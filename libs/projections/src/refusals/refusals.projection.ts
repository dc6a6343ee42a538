import { hasRole, type Viewer } from '#kernel/actor.js';
import type { RefusalRecorded } from '#platform/refusals/refusal.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import type { RecordedRefusalLine } from './refusals.view.js';

/** Who sees what others were refused. */
export const refusalReaders = ['auditor', 'senior-broker', 'commissioner'] as const;

const sees = (viewer: Viewer): boolean => hasRole(viewer, ...refusalReaders, 'system');

/** Refusals that matter, counted by person, thing, code and hour (design section 8). */
export const refusals = defineProjection<RefusalRecorded>()({
  name: 'refusals',
  version: 1,
  tables: {
    refusals: table<RecordedRefusalLine>()({
      columns: {
        subjectId: text((row) => row.subjectId),
        code: text((row) => row.code),
        by: text((row) => row.by),
        lastAt: text((row) => row.lastAt),
      },
      indexes: [['subjectId', 'lastAt'], ['by', 'lastAt'], ['code', 'lastAt'], ['lastAt']],
      visibleTo: (_, viewer) => sees(viewer),
      visibleWhere: (viewer) => (sees(viewer) ? {} : { code: [] }),
    }),
  },
  on: {
    RefusalRecorded: ({ event, data, tables }) => {
      const { subject, code, by, roles, organisation, hour, count } = data;
      const { recordedAt } = event.metadata;
      tables.refusals.change(`${subject.id}/${code}/${by}/${hour}`, (row) => ({
        ...{ subjectKind: subject.kind, subjectId: subject.id, code, by, roles: [...roles], hour },
        ...(organisation !== undefined && { organisation }),
        ...{ count: (row?.count ?? 0) + count, firstAt: row?.firstAt ?? recordedAt },
        lastAt: recordedAt,
      }));
    },
  },
});
