import type { CouncilPolicyEvent } from '#brokerage/council-policy/council-policy.events.js';
import { text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { isCouncil } from '../who-sees.js';
import type { PolicyChangeRow } from './council-policy.view.js';

/** Every change of council policy, proposed and approved. */
export const councilPolicy = defineProjection<CouncilPolicyEvent>()({
  name: 'council-policy',
  version: 1,
  tables: {
    changes: table<PolicyChangeRow>()({
      columns: { proposedAt: text((row) => row.proposedAt) },
      indexes: [['proposedAt']],
      visibleTo: (_, viewer) => isCouncil(viewer),
    }),
  },
  on: {
    PolicyChangeProposed: ({ event, data, tables }) => {
      tables.changes.change(data.changeId, () => ({
        ...data,
        values: data.values as PolicyChangeRow['values'],
        proposedAt: event.metadata.recordedAt,
      }));
    },
    PolicyChangeApproved: ({ event, data: { changeId, version, approvedBy }, tables }) => {
      const approved = { version, approvedBy, approvedAt: event.metadata.recordedAt };
      tables.changes.change(changeId, (row) => row && { ...row, ...approved });
    },
  },
});
