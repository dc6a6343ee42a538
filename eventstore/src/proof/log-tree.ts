import type { ChainedLog } from './chained-log.js';
import { hashAt } from './chained-log.js';
import { KeptTree } from './kept-tree.js';
import { isSame, leafHash, rootOf, type TreeHead } from './merkle-tree.js';
import { TreeFrontier } from './tree-frontier.js';

/** The log does not begin with what was signed of it: it was cut, or rewritten. */
export class LogInconsistent extends Error {
  override readonly name = 'LogInconsistent';
}

export interface GrowOptions {
  /** The tree that was signed before; the log has to begin with it. */
  readonly signed?: TreeHead | undefined;
  /** Called between steps of a few milliseconds. */
  readonly giveWay?: () => Promise<void>;
}

/**
 * Brings the kept tree of a log up to its present end and answers it, for its caller to close.
 * Only new hashes are read, unless the kept tree is not what the log says. Throws `LogInconsistent`.
 */
export async function grownTree(
  log: ChainedLog,
  file: string,
  options: GrowOptions = {},
): Promise<KeptTree> {
  const kept = await grown(log, file, options);
  if (kept) return kept;
  // A damaged memory proves nothing against the log: only what was signed does.
  await ensureBegunWith(log, options);
  KeptTree.discard(file);
  const fresh = await grown(log, file, options);
  if (fresh) return fresh;
  throw new Error(`${file} cannot be kept: the disk does not give back what was written`);
}

/** `undefined` where the kept tree is another one than the log's, or than what was signed. */
async function grown(
  log: ChainedLog,
  file: string,
  { signed, giveWay }: GrowOptions,
): Promise<KeptTree | undefined> {
  const tree = KeptTree.open(file, log.logId);
  let isGrown = false;
  try {
    if (await isOf(tree, log)) {
      const size = await log.size();
      for await (const page of log.hashes(tree.size)) {
        tree.extend(tree.size, page.slice(0, size - tree.size).map(leafHash));
        if (tree.size >= size) break;
        await giveWay?.();
      }
      isGrown = !signed || beginsWith(tree, signed);
    }
  } catch (error) {
    if (!isOfTree(error)) throw error;
  } finally {
    if (!isGrown) tree.close();
  }
  return isGrown ? tree : undefined;
}

const isOfTree = (error: unknown): boolean =>
  error instanceof RangeError || (error as { code?: string }).code?.startsWith('SQLITE_') === true;

/** The last hash stands for all before it. */
async function isOf(tree: KeptTree, log: ChainedLog): Promise<boolean> {
  if (tree.size === 0) return true;
  const last = await hashAt(log, tree.size - 1);
  return last !== undefined && isSame(leafHash(last), tree.leaf(tree.size - 1));
}

const beginsWith = (tree: KeptTree, { size, root }: TreeHead): boolean =>
  size <= tree.size && isSame(rootOf(tree, size), root);

/** Reads all hashes of the log again. */
async function ensureBegunWith(log: ChainedLog, { signed, giveWay }: GrowOptions): Promise<void> {
  if (!signed) return;
  const frontier = new TreeFrontier();
  for await (const page of log.hashes(0)) {
    for (const hash of page.slice(0, signed.size - frontier.size)) frontier.add(leafHash(hash));
    if (frontier.size === signed.size) break;
    await giveWay?.();
  }
  if (frontier.size < signed.size) {
    throw new LogInconsistent(`the log has ${frontier.size} events, ${signed.size} were signed`);
  }
  if (!isSame(frontier.root(), signed.root)) {
    throw new LogInconsistent(
      `the log's first ${signed.size} events are not those that were signed`,
    );
  }
}
