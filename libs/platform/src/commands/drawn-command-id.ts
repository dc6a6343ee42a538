import { randomBytes } from 'node:crypto';
import { uuidV7 } from '#kernel/ids.js';

/** A command id as a client draws one: a UUIDv7 that nobody can derive. */
export const newCommandId = (atMs = Date.now()): string =>
  uuidV7(atMs, randomBytes(10).toString('hex'));
