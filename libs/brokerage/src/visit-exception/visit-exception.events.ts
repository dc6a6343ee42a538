import type { Event } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';

/** What came of an exception that nothing clears by itself. */
export const exceptionOutcomes = [
  'explained',
  'agreed-with-person',
  'record-at-fault',
  'raised-as-quality-concern',
  'safeguarding-raised',
] as const;
export type ExceptionOutcome = (typeof exceptionOutcomes)[number];

interface OfException {
  readonly exceptionId: string;
  readonly packageId: string;
  readonly providerId: string;
}

export type VisitExceptionTaken = Event<
  'VisitExceptionTaken',
  OfException & { takenBy: string; takenAt: Instant }
>;

export type VisitExceptionClosed = Event<
  'VisitExceptionClosed',
  OfException & { outcome: ExceptionOutcome; closedBy: string; closedAt: Instant }
>;

export type VisitExceptionEvent = VisitExceptionTaken | VisitExceptionClosed;
