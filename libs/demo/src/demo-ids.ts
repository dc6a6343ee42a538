import { keyHash, uuidV7 } from '#kernel/ids.js';
import { instantMs, type Instant } from '#kernel/time.js';

/**
 * The id of a demo command: its simulated moment and what it is about. Playing a plan again sends
 * the same ids, so that no command takes effect twice.
 */
export const commandIdOf = (
  seed: number,
  at: Instant,
  ...about: readonly (string | number)[]
): string => uuidV7(instantMs(at), keyHash('demo', seed, ...about).slice(0, 20));
