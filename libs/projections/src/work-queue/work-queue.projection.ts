import type {
  QueueKind,
  QueueOutcome,
  QueueStatus,
} from '#brokerage/work-queue/work-queue.codes.js';
import type { WorkQueueEvent } from '#brokerage/work-queue/work-queue.events.js';
import { optionalText, text } from '../projector/columns.js';
import { defineProjection, table } from '../projector/definition.js';
import { isCouncil } from '../who-sees.js';

export interface QueueRow {
  readonly itemId: string;
  readonly kind: QueueKind;
  readonly status: QueueStatus;
  readonly personId: string;
  readonly messageId?: string;
  readonly packageIds: readonly string[];
  readonly openedAt: string;
  readonly overAt?: string;
  readonly violations: readonly { readonly code: string; readonly path: string }[];
  readonly owner?: string;
  readonly outcome?: QueueOutcome;
  readonly resolvedBy?: string;
}

/** What waits, or waited, for somebody in the office. */
export const workQueue = defineProjection<WorkQueueEvent>()({
  name: 'work-queue',
  version: 1,
  tables: {
    items: table<QueueRow>()({
      columns: {
        status: text((row) => row.status),
        kind: text((row) => row.kind),
        owner: optionalText((row) => row.owner),
        openedAt: text((row) => row.openedAt),
      },
      indexes: [['status', 'openedAt'], ['owner', 'openedAt'], ['openedAt']],
      visibleTo: (_, viewer) => isCouncil(viewer),
      visibleWhere: (viewer) => (isCouncil(viewer) ? {} : { kind: [] }),
    }),
  },
  on: {
    QueueItemOpened: ({ data: { itemId, personId, kind, about, ...opened }, tables }) =>
      tables.items.change(itemId, () => ({
        ...{ itemId, personId, kind: kind as QueueKind, status: 'open' },
        ...(about.messageId !== undefined && { messageId: about.messageId }),
        ...{ packageIds: about.packageIds ?? [], ...opened },
      })),
    QueueItemAssigned: ({ data: { itemId, owner }, tables }) =>
      tables.items.change(itemId, (row) => row && { ...row, ...(owner !== null && { owner }) }),
    QueueItemResolved: ({ data: { itemId, outcome, resolvedBy, resolvedAt }, tables }) =>
      tables.items.change(
        itemId,
        (row) =>
          row && {
            ...row,
            ...{ status: 'resolved', outcome: outcome as QueueOutcome, resolvedBy },
            overAt: resolvedAt,
          },
      ),
    QueueItemClosed: ({ data: { itemId, closedAt }, tables }) =>
      tables.items.change(itemId, (row) => row && { ...row, status: 'closed', overAt: closedAt }),
  },
});
