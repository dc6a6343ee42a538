import type { PanelSubject, Stage } from '#brokerage/package/package.codes.js';
import type { PanelEvent } from '#brokerage/package/package.panel.events.js';

interface OfCase {
  readonly on: PanelSubject;
  readonly standing?: string;
}

/**
 * Where a package stands after an event of a panel case: it waits for the panel while the one case
 * about its estimate is open without authority (S3-7). A deferred case comes back to the panel; a
 * pending one waits for other agencies.
 */
export function stageAfter(
  stage: Stage,
  type: PanelEvent['type'],
  { on, standing }: OfCase,
): Stage {
  if (on !== 'estimate') return stage;
  if (type === 'PanelCaseOpened') return stage === 'awaiting-request' ? 'awaiting-panel' : stage;
  const stays = standing === 'pending' || standing === 'deferred';
  return stage === 'awaiting-panel' && !stays ? 'awaiting-request' : stage;
}
