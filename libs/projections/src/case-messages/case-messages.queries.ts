import type { Viewer } from '#kernel/actor.js';
import type { MessageStanding } from '#brokerage/case-inbox/case-inbox.rules.js';
import { sentenceOf } from '#brokerage/rule-books.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { caseMessages, type MessageRow } from './case-messages.projection.js';
import type { CaseMessageStatus } from './case-messages.view.js';

export interface CaseMessagesQuestion {
  readonly personId?: string | undefined;
  readonly standing?: MessageStanding | undefined;
  readonly first: number;
  readonly cursor?: string | undefined;
}

/** Reads of messages of case systems, the latest first. */
export class CaseMessageReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(caseMessages);
  }

  messages(viewer: Viewer, question: CaseMessagesQuestion): Page<CaseMessageStatus> {
    const { personId, standing, first, cursor: after } = question;
    const orderBy = { column: 'receivedAt', direction: 'desc' } as const;
    const filter = { personId, standing };
    const page = this.reader.page(viewer, 'messages', { filter, orderBy, first, after });
    const edges = page.edges.map(({ node, ...edge }) => ({ ...edge, node: told(node) }));
    return { ...page, edges };
  }
}

const told = (row: MessageRow): CaseMessageStatus => ({
  ...row,
  violations: row.violations.map(({ code, path }) => ({ code, path, message: sentenceOf(code) })),
});
