import { SetMetadata } from '@nestjs/common';
import type { RefusalSubject } from './refusal.events.js';

export const RECORDS_REFUSAL = 'brokerage:records-refusal';

/** How a refusal for want of a role is kept. */
export interface RoleRefusal {
  /** A listed code. */
  readonly keptAs: string;
  readonly kind: RefusalSubject['kind'];
  /** The argument that holds the id; absent: all refusals of this query are about one thing. */
  readonly argument?: string;
}

/** Keeps who asked a resolver's method without a role that allows it. */
export const RecordsRefusal = (refusal: RoleRefusal) => SetMetadata(RECORDS_REFUSAL, refusal);
