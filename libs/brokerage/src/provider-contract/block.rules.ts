import type { CivilDate, LocalTime } from '#kernel/time.js';
import { isInWindow } from './block-window.rules.js';
import type { BlockTerms } from './provider-contract.events.js';

/** A person lives at the scheme from a day on; exclusive end, null: still. */
export interface Tenancy {
  readonly tenancyId: string;
  readonly personId: string;
  readonly fromOn: CivilDate;
  readonly endsBefore: CivilDate | null;
}

export interface BlockVisit {
  readonly personId: string;
  readonly on: CivilDate;
  /** The agreed start: a visit is in a window or not as a whole, as its price is one (S1-14). */
  readonly start: LocalTime;
  /** Of all carers together. */
  readonly carerMinutes: number;
}

/** How a visit's minutes are shared between the hours bought and payment by the visit. */
export interface BlockShare {
  /** Used of the block: no payment for them. */
  readonly blockMinutes: number;
  /** Beyond the block, or not covered by it: paid by the visit. */
  readonly paidMinutes: number;
}

/** Whether a person lives at the scheme on a date. */
export const isTenant = (tenancies: readonly Tenancy[], personId: string, on: CivilDate): boolean =>
  tenancies.some(
    (tenancy) =>
      tenancy.personId === personId &&
      tenancy.fromOn <= on &&
      (tenancy.endsBefore === null || on < tenancy.endsBefore),
  );

/** Whether the block covers a visit: a tenant's, starting in one of its windows (S2-4). */
export const isCovered = (
  { windows }: Pick<BlockTerms, 'windows'>,
  tenancies: readonly Tenancy[],
  { personId, on, start }: BlockVisit,
): boolean =>
  windows.some((window) => isInWindow(window, start)) && isTenant(tenancies, personId, on);

/**
 * The share of one visit: a covered one uses the block first, as far as the hours bought for its
 * week go; `usedMinutes` were used by earlier visits of the week (S2-4).
 */
export function blockShare(
  visit: BlockVisit,
  terms: Pick<BlockTerms, 'windows' | 'weeklyMinutes'> & { readonly tenancies: readonly Tenancy[] },
  usedMinutes = 0,
): BlockShare {
  const left = Math.max(0, terms.weeklyMinutes - usedMinutes);
  const covered = isCovered(terms, terms.tenancies, visit);
  const blockMinutes = covered ? Math.min(left, visit.carerMinutes) : 0;
  return { blockMinutes, paidMinutes: visit.carerMinutes - blockMinutes };
}
