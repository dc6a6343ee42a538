import { elapsedSeconds } from '#kernel/time.js';
import type { Leg } from './visit.events.js';

/** Why a leg is held: it is not paid, and not hidden (X12). */
export const heldReasons = [
  'no-log-out',
  'under-one-minute',
  'manual-without-reason',
  'two-homes-at-once',
] as const;
export type HeldReason = (typeof heldReasons)[number];

/**
 * Why a leg is held by itself; null: it is not. Whether its carer was in another home at the same
 * time cannot be told from one leg: the read model of exceptions tells it.
 */
export function heldBecause({
  inAt,
  outAt,
  method,
  manualReason,
}: Pick<Leg, 'inAt' | 'outAt' | 'method' | 'manualReason'>): Exclude<
  HeldReason,
  'two-homes-at-once'
> | null {
  if (outAt === null) return 'no-log-out';
  if (elapsedSeconds(inAt, outAt) < 60) return 'under-one-minute';
  return method === 'manual' && manualReason === undefined ? 'manual-without-reason' : null;
}
