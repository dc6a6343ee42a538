import { ruleBook } from '#kernel/rejection.js';

export const visitExceptionRules = {
  VisitExceptionUnknown:
    'There is no such exception: a correction may have cleared it. Look at the list again.',
  VisitExceptionAlreadyYours: 'You have taken this exception already.',
  VisitExceptionClosedBefore: 'This exception was closed before.',
} as const;

export const ensure: ReturnType<typeof ruleBook<typeof visitExceptionRules>> =
  ruleBook(visitExceptionRules);
