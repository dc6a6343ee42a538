import type { ChainedLog } from './chained-log.js';
import { NothingToProve } from './inclusion.js';
import { grownTree } from './log-tree.js';
import { consistencyProof, isConsistent } from './merkle-tree.js';
import { readCheckpoint } from './signed-checkpoint.js';

export const growthFormat = 'care-brokerage-consistency-proof';

/** That the log of one checkpoint begins with that of another, for who has only the two and the key. */
export interface GrowthProof {
  readonly format: typeof growthFormat;
  readonly version: 1;
  readonly logId: string;
  /** The signed notes, the earlier one first. */
  readonly checkpoints: readonly [earlier: string, later: string];
  /** The consistency proof of RFC 6962, 64 hex digits each. */
  readonly path: readonly string[];
}

/**
 * Proves that a log has only grown between two checkpoints of it.
 * Throws `NothingToProve`, and `LogInconsistent` where the log no longer begins with the later one.
 */
export async function proveGrowth(
  log: ChainedLog,
  treeFile: string,
  [earlier, later]: readonly [earlier: string, later: string],
): Promise<GrowthProof> {
  const [old, now] = [readCheckpoint(earlier), readCheckpoint(later)];
  if (old.logId !== log.logId || now.logId !== log.logId) {
    throw new NothingToProve(`Both checkpoints have to be of log ${log.logId}.`);
  }
  if (old.size > now.size) {
    throw new NothingToProve(
      `The first checkpoint has ${old.size} events, the second ${now.size}: give the earlier one first.`,
    );
  }
  const tree = await grownTree(log, treeFile, { signed: now });
  try {
    const path = consistencyProof(tree, old.size, now.size);
    if (!isConsistent(old, now, path)) {
      throw new NothingToProve(
        'The log of the second checkpoint does not begin with that of the first: it was rewritten ' +
          'between them.',
      );
    }
    return {
      ...({ format: growthFormat, version: 1, logId: log.logId } as const),
      checkpoints: [earlier, later],
      path: path.map((each) => each.toString('hex')),
    };
  } finally {
    tree.close();
  }
}
