import { systemActor, type Viewer } from '#kernel/actor.js';
import type { Instant } from '#kernel/time.js';
import type { Page } from '../projector/paging.js';
import type { EventStore } from '#eventstore/event-store.js';
import type { ListedException } from '#brokerage/visit-exception/visit-exception.decider.js';
import type { Fact } from '#platform/commands/slice.js';
import { settled, type Projector } from '../read-side.js';
import { visitExceptions } from './visit-exceptions.projection.js';
import type {
  CarerGenderCheck,
  VisitException,
  VisitExceptionsFilter,
} from './visit-exceptions.view.js';

interface Paging {
  readonly first: number;
  readonly cursor?: string | undefined;
}

/** The exception as a decision about it needs it; null: there is none, or not any more. */
export async function visitException(
  projector: Projector,
  store: Pick<EventStore, 'readAll'>,
  { exceptionId }: { readonly exceptionId: string },
): Promise<Fact<ListedException | null>> {
  const reader = projector.reader(visitExceptions);
  const position = await settled(reader, visitExceptions, store);
  const row = reader.get(systemActor, 'exceptions', exceptionId);
  const { packageId, providerId } = row ?? {};
  return {
    value: packageId !== undefined && providerId !== undefined ? { packageId, providerId } : null,
    position,
  };
}

/** Reads of the exceptions, the oldest log first (X12). */
export class VisitExceptionReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(visitExceptions);
  }

  /** `openSince`: legs without a log-out that were logged in later are still under way. */
  exceptions(
    viewer: Viewer,
    filter: VisitExceptionsFilter,
    { first, cursor: after }: Paging,
    openSince?: Instant,
  ): Page<VisitException> {
    const orderBy = { column: 'loggedInAt', direction: 'asc' } as const;
    return this.reader.page(viewer, 'exceptions', {
      ...{ filter: { closed: false, ...filter }, orderBy, first, after },
      // Whoever logged in a moment ago is at work, and will log out.
      ...(openSince !== undefined && {
        where: `NOT ("reason" = 'no-log-out' AND "loggedInAt" > ?)`,
        params: [openSince],
      }),
    });
  }

  genderChecks(viewer: Viewer, visitId: string): CarerGenderCheck[] {
    return this.reader
      .select(viewer, 'genderedLegs', { filter: { visitId } })
      .flatMap(({ log: { leg, carerId }, needs: { carerGender: needed }, outcome }) =>
        needed ? [{ carerLeg: leg, carerRef: carerId, needed, outcome }] : [],
      );
  }
}
