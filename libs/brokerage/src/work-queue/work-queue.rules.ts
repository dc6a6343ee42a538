import { idOfKey } from '#kernel/ids.js';
import { ruleBook } from '#kernel/rejection.js';

export const workQueueRules = {
  QueueItemUnknown: 'There is no such item in the work queue.',
  QueueItemOver: 'This item of the work queue is over.',
  ResolutionNoteMissing: 'Say what was done about it.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof workQueueRules>> = ruleBook(workQueueRules);

/** The same cause is the same item, however often it comes. */
export const queueItemIdOf = (kind: string, key: string): string =>
  idOfKey('queue item', kind, key);
