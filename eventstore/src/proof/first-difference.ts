import { eventAt, type ChainedLog, type LinkedEvent } from './chained-log.js';
import type { CheckpointVerdict } from './checkpoint-comparison.js';
import { KeptTree } from './kept-tree.js';
import { isSame, leafHash, rootOf } from './merkle-tree.js';

/**
 * The first event of a log that is not the one that was signed. A root alone cannot tell it, but the
 * kept tree can where it still is the one that was signed; else `undefined`.
 */
export async function firstDifference(
  log: ChainedLog,
  treeFile: string,
  { checkpoint, intact }: CheckpointVerdict,
): Promise<LinkedEvent | undefined> {
  const { size, root, logId } = checkpoint;
  const tree = KeptTree.existing(treeFile, logId);
  try {
    if (!tree || tree.size < size || !isSame(rootOf(tree, size), root)) return undefined;
    let index = intact;
    for await (const page of log.hashes(index)) {
      for (const hash of page) {
        if (index >= size) return undefined;
        if (!isSame(leafHash(hash), tree.leaf(index))) return await eventAt(log, index);
        index += 1;
      }
    }
    return undefined;
  } catch {
    // A damaged tree tells nothing.
    return undefined;
  } finally {
    tree?.close();
  }
}
