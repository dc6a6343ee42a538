import type { Viewer } from '#kernel/actor.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { unallocatedVisits } from './unallocated-visits.projection.js';
import type { UnallocatedVisit, UnallocatedVisitsFilter } from './unallocated-visits.view.js';

interface Paging {
  readonly first: number;
  readonly cursor?: string | undefined;
}

/** Reads of attendances without a plan, the earliest day first (X13). */
export class UnallocatedVisitReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(unallocatedVisits);
  }

  visits(
    viewer: Viewer,
    filter: UnallocatedVisitsFilter,
    { first, cursor: after }: Paging,
  ): Page<UnallocatedVisit> {
    const orderBy = { column: 'on', direction: 'asc' } as const;
    return this.reader.page(viewer, 'visits', { filter: { ...filter }, orderBy, first, after });
  }
}
