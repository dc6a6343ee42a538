import { definePolicy } from '#platform/policies/policy.js';
import type {
  CaseGapFilled,
  CaseGapReported,
  CaseGapSkipped,
  CaseMessageDismissed,
  CaseMessageReopened,
  CaseMessageSetAside,
  CaseMessageTaken,
} from '../case-inbox/case-inbox.events.js';
import { queueItemIdOf } from '../work-queue/work-queue.rules.js';

const opened = (kind: string, key: string, personId: string, more: object = {}) => ({
  name: 'OpenQueueItem',
  fields: { itemId: queueItemIdOf(kind, key), kind, personId, about: {}, violations: [], ...more },
});

const closed = (kind: string, key: string) => ({
  name: 'CloseQueueItem',
  fields: { itemId: queueItemIdOf(kind, key) },
});

const overForMessage = ({ messageId }: { readonly messageId: string }) => [
  closed('case-message', messageId),
];

const overForGap = ({ personId }: { readonly personId: string }) => [closed('case-gap', personId)];

/** Whatever a case system says and nobody could carry out waits for a person (S1-8). */
export const queueWhatTheCaseSystemLeft = definePolicy<
  | CaseMessageSetAside
  | CaseMessageTaken
  | CaseMessageReopened
  | CaseMessageDismissed
  | CaseGapReported
  | CaseGapFilled
  | CaseGapSkipped
>('queue-what-the-case-system-left', {
  CaseMessageSetAside: ({ personId, messageId, violations }) => [
    opened('case-message', messageId, personId, { about: { messageId }, violations }),
  ],
  CaseMessageTaken: ({ personId, messageId, packageIds, notice }) => [
    closed('case-message', messageId),
    ...(notice ? [opened(notice, messageId, personId, { about: { messageId, packageIds } })] : []),
  ],
  CaseMessageReopened: overForMessage,
  CaseMessageDismissed: overForMessage,
  CaseGapReported: ({ personId }) => [opened('case-gap', personId, personId)],
  CaseGapFilled: overForGap,
  CaseGapSkipped: overForGap,
});
