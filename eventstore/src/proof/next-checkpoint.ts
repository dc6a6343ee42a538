import { join } from 'node:path';
import type { AuditSigningKey } from './audit-key.js';
import type { ChainedLog } from './chained-log.js';
import { auditFolder, CheckpointFolder } from './checkpoint-folder.js';
import { grownTree } from './log-tree.js';
import { rootOf } from './merkle-tree.js';
import { signCheckpoint, type AuditCheckpoint } from './signed-checkpoint.js';

export const treeFileIn = (dataDir: string): string => join(auditFolder(dataDir), 'tree.db');

export interface NextCheckpoint {
  readonly dataDir: string;
  readonly key: AuditSigningKey;
  /** The present moment. */
  readonly time: string;
  /** Throws when it is no longer this process's to sign. */
  readonly ensureHeld?: () => void;
  readonly giveWay?: () => Promise<void>;
}

/** A checkpoint that was just signed, and its file. */
export interface SignedNow {
  readonly file: string;
  readonly note: string;
  readonly checkpoint: AuditCheckpoint;
}

/**
 * Signs what the log is now and files it, once it is seen that the log begins with what was signed
 * last. `undefined` for a log without events. Throws `LogInconsistent`, `ChainBroken`, and
 * `BadCheckpoint` where the last file is none.
 */
export async function signNext(
  log: ChainedLog,
  { dataDir, key, time, ensureHeld, giveWay }: NextCheckpoint,
): Promise<SignedNow | undefined> {
  const folder = new CheckpointFolder(dataDir);
  const signed = folder.last(log.logId)?.checkpoint;
  const tree = await grownTree(log, treeFileIn(dataDir), { signed, ...(giveWay && { giveWay }) });
  try {
    const { size } = tree;
    if (size === 0) return undefined;
    const checkpoint = { logId: log.logId, size, root: rootOf(tree, size), time };
    const note = signCheckpoint(checkpoint, key);
    ensureHeld?.();
    return { file: folder.write(note, time), note, checkpoint };
  } finally {
    tree.close();
  }
}
