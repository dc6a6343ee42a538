import type { Viewer } from '#kernel/actor.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
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
