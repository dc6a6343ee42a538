import type { Decider } from '#kernel/decider.js';
import type { VisitExceptionCommands } from './visit-exception.commands.js';
import type { VisitExceptionEvent } from './visit-exception.events.js';
import { ensure } from './visit-exception.rules.js';

interface VisitExceptionState {
  readonly owner: string | null;
  readonly closed: boolean;
}

/** The exception as the list of exceptions has it. */
export interface ListedException {
  readonly packageId: string;
  readonly providerId: string;
}

interface ExceptionFacts {
  readonly exception: ListedException | null;
}

export interface VisitExceptionFacts {
  TakeVisitException: ExceptionFacts;
  CloseVisitException: ExceptionFacts;
}

/** What people do about an exception; that there is one, the logs tell (X12, X2). */
export const visitExceptionDecider: Decider<
  VisitExceptionState,
  VisitExceptionCommands,
  VisitExceptionEvent,
  VisitExceptionFacts
> = {
  initial: { owner: null, closed: false },
  decide: {
    TakeVisitException(state, { exceptionId }, { facts, actor, now }) {
      const exception = openException(state, facts);
      ensure(state.owner !== actor.id, 'VisitExceptionAlreadyYours');
      const data = { exceptionId, ...exception, takenBy: actor.id, takenAt: now };
      return [{ type: 'VisitExceptionTaken', data }];
    },
    CloseVisitException(state, { exceptionId, outcome }, { facts, actor, now }) {
      const exception = openException(state, facts);
      const data = { exceptionId, ...exception, outcome, closedBy: actor.id, closedAt: now };
      return [{ type: 'VisitExceptionClosed', data }];
    },
  },
  evolve: {
    VisitExceptionTaken: (state, { takenBy }) => ({ ...state, owner: takenBy }),
    VisitExceptionClosed: (state) => ({ ...state, closed: true }),
  },
};

function openException({ closed }: VisitExceptionState, { exception }: ExceptionFacts) {
  ensure(!closed, 'VisitExceptionClosedBefore', { path: 'exceptionId' });
  ensure(exception, 'VisitExceptionUnknown', { path: 'exceptionId' });
  const { packageId, providerId } = exception;
  return { packageId, providerId };
}
