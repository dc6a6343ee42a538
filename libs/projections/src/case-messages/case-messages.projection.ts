import type { StoredEvent } from '#eventstore/event-store.js';
import { hasRole, type Viewer } from '#kernel/actor.js';
import { fold } from '#kernel/decider.js';
import { caseInboxDecider } from '#brokerage/case-inbox/case-inbox.decider.js';
import type { CaseInboxEvent } from '#brokerage/case-inbox/case-inbox.events.js';
import { missingIn, type CaseInboxState } from '#brokerage/case-inbox/case-inbox.rules.js';
import { optionalText, text } from '../projector/columns.js';
import { defineProjection, table, type TableFold } from '../projector/definition.js';
import { isCouncil } from '../who-sees.js';
import type { CaseMessageStatus, InboxRow } from './case-messages.view.js';

/** A row of the list; the words of its rules are added when it is read. */
export type MessageRow = Omit<CaseMessageStatus, 'violations'> & {
  readonly violations: readonly { readonly code: string; readonly path: string }[];
};

const visibleTo = (_: object, viewer: Viewer) =>
  isCouncil(viewer) || hasRole(viewer, 'administrator', 'system');

interface Rows {
  readonly inboxes: Pick<TableFold<InboxRow, never>, 'get' | 'change'>;
  readonly messages: Pick<TableFold<MessageRow, never>, 'change'>;
}

/** What came from case systems, where each message stands, and what is missing. */
export const caseMessages = defineProjection<CaseInboxEvent>()({
  name: 'case-messages',
  version: 1,
  tables: {
    messages: table<MessageRow>()({
      columns: {
        receivedAt: text((row) => row.receivedAt),
        standing: text((row) => row.standing),
        personId: text((row) => row.personId),
      },
      indexes: [['receivedAt'], ['standing', 'receivedAt'], ['personId', 'receivedAt']],
      visibleTo,
    }),
    inboxes: table<InboxRow>()({
      columns: { reportsAfter: optionalText((row) => row.reportsAfter) },
      indexes: [['reportsAfter']],
      visibleTo,
    }),
  },
  on: {
    CaseMessageReceived({ event, data, tables }) {
      const { body: _, contentHash: __, aside, ...message } = data;
      tables.messages.change(message.messageId, () => ({
        ...message,
        ...{ packageIds: [], violations: [], hasUnknownFields: aside !== undefined },
      }));
      follow(tables, event);
    },
    CaseMessageTaken({ event, data: { messageId, packageIds, notice }, tables }) {
      tables.messages.change(
        messageId,
        (row) =>
          row && { ...row, packageIds: [...packageIds], violations: [], ...(notice && { notice }) },
      );
      follow(tables, event);
    },
    CaseMessageSetAside({ event, data: { messageId, violations }, tables }) {
      tables.messages.change(messageId, (row) => row && { ...row, violations });
      follow(tables, event);
    },
    CaseMessageReopened: ({ event, tables }) => follow(tables, event),
    CaseMessageDismissed: ({ event, tables }) => follow(tables, event),
    CaseGapFilled: ({ event, tables }) => follow(tables, event),
    CaseGapReported: ({ event, tables }) => follow(tables, event),
    CaseGapSkipped: ({ event, tables }) => follow(tables, event),
  },
});

/** Folds the inbox on as its own stream does, and tells each message where it stands now. */
function follow({ inboxes, messages }: Rows, event: StoredEvent): void {
  const { personId } = event.data as { readonly personId: string };
  const before = inboxes.get(personId)?.state ?? caseInboxDecider.initial;
  const state = fold(caseInboxDecider, [event as never], before);
  inboxes.change(personId, () => ({
    ...{ personId, state, reportsAfter: reportsAfter(state) },
    ...{ eventId: event.id, position: event.position },
  }));
  for (const { messageId, standing } of state.messages) {
    messages.change(messageId, (row) =>
      row && row.standing !== standing ? { ...row, standing } : row,
    );
  }
}

/** When the oldest message came that waits for one that was not reported yet. */
function reportsAfter(state: CaseInboxState): string | null {
  const missing = missingIn(state);
  if (!missing || missing[1] <= state.reportedUpTo) return null;
  const waiting = state.messages.filter(({ standing }) => standing === 'waiting');
  return waiting.map(({ receivedAt }) => receivedAt).toSorted()[0] ?? null;
}
