import type { Viewer } from '#kernel/actor.js';
import type { DeliveryStatus } from '#brokerage/delivery/delivery.codes.js';
import type { Page } from '../projector/paging.js';
import type { Projector } from '../read-side.js';
import { deliveries } from './deliveries.projection.js';
import type { Delivery } from './deliveries.view.js';

export interface DeliveryQuestion {
  readonly requestId?: string | undefined;
  readonly status?: DeliveryStatus | undefined;
  readonly first: number;
  readonly cursor?: string | undefined;
}

/** Reads of deliveries, the latest first. */
export class DeliveryReads {
  readonly reader;

  constructor(projector: Projector) {
    this.reader = projector.reader(deliveries);
  }

  deliveries(viewer: Viewer, question: DeliveryQuestion): Page<Delivery> {
    const { requestId, status, first, cursor: after } = question;
    const orderBy = { column: 'preparedAt', direction: 'desc' } as const;
    const filter = { requestId, status };
    return this.reader.page(viewer, 'deliveries', { filter, orderBy, first, after });
  }
}
