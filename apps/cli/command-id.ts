import { randomBytes } from 'node:crypto';
import { uuidV7 } from '#kernel/ids.js';

/** A new command's id, as every client makes one. */
export const newCommandId = (): string => uuidV7(Date.now(), randomBytes(10).toString('hex'));
