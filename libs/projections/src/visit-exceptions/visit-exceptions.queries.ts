import { systemActor, type Viewer } from '#kernel/actor.js';
import type { EventStore } from '#eventstore/event-store.js';
import type { Instant } from '#kernel/time.js';
import type { Fact } from '#platform/commands/slice.js';
import type { Page } from '../projector/paging.js';
import { settled, type Projector } from '../read-side.js';
import { visitExceptions } from './visit-exceptions.projection.js';
import type { VisitException, VisitExceptionsFilter } from './visit-exceptions.view.js';

interface Paging {
  readonly first: number;
  readonly cursor?: string | undefined;
}

/** Reads of the exceptions, the oldest log first (X12). */
export class VisitExceptionReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(visitExceptions);
  }

  exceptions(
    viewer: Viewer,
    filter: VisitExceptionsFilter,
    { first, cursor: after }: Paging,
  ): Page<VisitException> {
    const orderBy = { column: 'loggedInAt', direction: 'asc' } as const;
    return this.reader.page(viewer, 'exceptions', {
      ...{ filter: { ...filter }, orderBy, first, after },
    });
  }
}

export interface CollisionQuestion {
  readonly providerId: string;
  readonly from: Instant;
  readonly before: Instant;
}

/** The legs of a provider whose carer was in another home at the same time: they are not paid (X12). */
export async function collidingLegs(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  { providerId, from, before }: CollisionQuestion,
): Promise<Fact<readonly { visitId: string; carerLeg: number }[]>> {
  const reader = projector.reader(visitExceptions);
  const position = await settled(reader, visitExceptions, store);
  const rows = reader.select(systemActor, 'exceptions', {
    filter: { providerId, reason: 'two-homes-at-once', loggedInAt: { from, before } },
    orderBy: { column: 'loggedInAt', direction: 'asc' },
  });
  return { value: rows.map(({ visitId, carerLeg }) => ({ visitId, carerLeg })), position };
}
