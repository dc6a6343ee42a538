import type { LocalTime } from '#kernel/time.js';
import type { BlockWindow } from './provider-contract.events.js';

/** Whether a start lies in a window; a window that ends before it begins passes midnight. */
export const isInWindow = (
  { from, before }: Pick<BlockWindow, 'from' | 'before'>,
  start: LocalTime,
): boolean => (from < before ? start >= from && start < before : start >= from || start < before);
