import type { CivilDate, Instant } from '#kernel/time.js';
import type { TableFold } from '../projector/definition.js';

/** What became of a visit that was reported or found missed. */
export interface MissRow {
  readonly packageId: string;
  readonly visit: string;
  readonly providerId: string;
  readonly visitOn: CivilDate;
  readonly reportedByProviderAt?: Instant;
  readonly reportedByCouncil?: true;
  readonly detected?: true;
  readonly reportDueBy?: Instant;
  /** It was attended, excused or not required after all. */
  readonly notMissed?: true;
}

type Misses = Pick<TableFold<MissRow, never>, 'change'>;

export interface OfVisit {
  readonly packageId: string;
  readonly visit: string;
}

const missKey = ({ packageId, visit }: OfVisit): string => `${packageId}.${visit}`;

/** Adds what was told of a missed visit. */
export const miss = (
  misses: Misses,
  of: OfVisit & { providerId?: string },
  more: Partial<MissRow>,
) =>
  misses.change(missKey(of), (row) => {
    const { packageId, visit, providerId = '' } = of;
    const before = row ?? { packageId, visit, providerId, visitOn: visit.slice(0, 10) };
    return { ...before, ...(providerId && { providerId }), ...more };
  });

/** It was attended, excused or not required after all. */
export const notMissed = (misses: Misses, of: OfVisit): void =>
  misses.change(missKey(of), (row) => row && { ...row, notMissed: true as const });

/** What had cleared it up is gone: its log was voided. */
export const missedAgain = (misses: Misses, of: OfVisit): void =>
  misses.change(missKey(of), (row) => {
    if (!row?.notMissed) return row;
    const { notMissed: _, ...missed } = row;
    return missed;
  });
