import type { Actor } from '#kernel/actor.js';
import { specFor } from '#kernel/spec-dsl.js';
import { visitExceptionDecider } from './visit-exception.decider.js';
import type { VisitExceptionEvent } from './visit-exception.events.js';

const { given } = specFor(visitExceptionDecider);
const packageId = '01932e1c-0a10-7000-8000-00000000c001';
const exceptionId = `${packageId}.2026-03-09.1.1.1.too-late-an-hour`;
const commandId = '01932e1c-0a10-7000-8000-000000000031';
const now = '2026-03-09T09:00:00.000Z';
const quality: Actor = { id: 'quality-1', roles: ['quality-officer'] };
const exception = { packageId, providerId: 'acorn' };
const of = { exceptionId, ...exception };

const taken = (takenBy: string): VisitExceptionEvent => ({
  type: 'VisitExceptionTaken',
  data: { ...of, takenBy, takenAt: now },
});
const closed: VisitExceptionEvent = {
  type: 'VisitExceptionClosed',
  data: { ...of, outcome: 'agreed-with-person', closedBy: 'quality-1', closedAt: now },
};
const send = (
  name: string,
  events: readonly VisitExceptionEvent[] = [],
  listed: object | null = exception,
) =>
  given(...events).when(
    name,
    { commandId, exceptionId, outcome: 'agreed-with-person' },
    { ...{ now, actor: quality }, facts: { exception: listed } },
  );

describe('An exception of a visit', () => {
  it('is owned by whoever takes it, also from another (X12)', () => {
    send('TakeVisitException').then(taken('quality-1'));
    send('TakeVisitException', [taken('broker-1')]).then(taken('quality-1'));
    send('TakeVisitException', [taken('quality-1')]).thenRejected('VisitExceptionAlreadyYours');
  });

  it('is closed with its outcome, once, while it is listed (X12, X2)', () => {
    send('CloseVisitException').then(closed);
    send('CloseVisitException', [closed]).thenRejected('VisitExceptionClosedBefore');
    send('CloseVisitException', [], null).thenRejected('VisitExceptionUnknown');
  });
});
