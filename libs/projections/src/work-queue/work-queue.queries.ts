import type { Viewer } from '#kernel/actor.js';
import { elapsedSeconds, type Instant } from '#kernel/time.js';
import { sentenceOf } from '#brokerage/rule-books.js';
import type { QueueKind, QueueStatus } from '#brokerage/work-queue/work-queue.codes.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { workQueue, type QueueRow } from './work-queue.projection.js';
import type { QueueAction, QueueItem } from './work-queue.view.js';

export interface QueueQuestion {
  readonly kind?: QueueKind | undefined;
  readonly owner?: string | undefined;
  readonly status: QueueStatus;
  readonly first: number;
  readonly cursor?: string | undefined;
}

/** Reads of the work queue, what has waited longest first. */
export class WorkQueueReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(workQueue);
  }

  items(viewer: Viewer, question: QueueQuestion, now: Instant): Page<QueueItem> {
    const { kind, owner, status, first, cursor: after } = question;
    const orderBy = { column: 'openedAt', direction: 'asc' } as const;
    const filter = { kind, owner, status };
    const page = this.reader.page(viewer, 'items', { filter, orderBy, first, after });
    const edges = page.edges.map(({ node, ...edge }) => ({ ...edge, node: told(node, now) }));
    const { hasNextPage, hasPreviousPage, asOf } = page;
    return {
      ...{ edges, hasNextPage, hasPreviousPage, asOf },
      get totalCount() {
        return page.totalCount;
      },
    };
  }
}

const reasons: Readonly<Record<QueueKind, string>> = {
  'case-message': 'A message of the case system could not be taken.',
  'case-gap': 'Messages of the case system about this person are missing.',
  'person-merged': 'The case system merged this person with another one.',
  'person-split': 'The case system split this person into others.',
  'person-died': 'The person has died; what was going on was stopped.',
  'address-changed': 'The person moved to another postcode district.',
  'review-outcome': 'A review says that the care is to change.',
};

function told(row: QueueRow, now: Instant): QueueItem {
  const { messageId: _, overAt, violations, packageIds, ...item } = row;
  const [first] = violations;
  return {
    ...item,
    ...{ packageIds: [...packageIds], actions: actionsOf(row) },
    ageHours: Math.floor(elapsedSeconds(row.openedAt, overAt ?? now) / 3_600),
    reason: first ? `${reasons[row.kind]} ${sentenceOf(first.code)}` : reasons[row.kind],
    violations: violations.map(({ code, path }) => (path === '' ? code : `${path}: ${code}`)),
  };
}

/** What resolves an item: first what belongs to its kind, then what goes for each. */
function actionsOf({ kind, status, itemId, personId, messageId, packageIds }: QueueRow) {
  if (status !== 'open') return [];
  const own: QueueAction[] = [];
  const add = (name: string, input: object) => own.push({ name, input: JSON.stringify(input) });
  if (kind === 'case-message') {
    add('retryCaseMessage', { personId, messageId });
    add('dismissCaseMessage', { personId, messageId });
  }
  if (kind === 'case-gap') add('skipCaseGap', { personId });
  for (const packageId of packageIds) {
    if (kind === 'review-outcome') add('varyPackage', { packageId });
    if (kind === 'address-changed') add('correctReferral', { packageId });
  }
  if (kind !== 'case-message' && kind !== 'case-gap') add('resolveQueueItem', { itemId });
  add('assignQueueItem', { itemId });
  return own;
}
