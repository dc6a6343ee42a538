import { setFlagsFromString } from 'node:v8';

/**
 * Has the heap collected when it grew by this much, not when it doubled or more, and leaves the space
 * of new objects as large as start-up made it: a process beside others keeps flat while a year of
 * files goes through it, and loses no speed worth the name. Call it first of all.
 */
export function keepHeapSteady(growthPercent = 50): void {
  setFlagsFromString(`--heap-growing-percent=${growthPercent}`);
  setFlagsFromString('--semi-space-growth-factor=1');
}
