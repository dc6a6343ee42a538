import { emptyRoot, nodeHash } from './merkle-tree.js';

/** A tree that only grows: of what it has, the complete subtrees that the next leaf may join. */
export class TreeFrontier {
  size = 0;
  /** The largest first; their sizes are the binary digits of `size`. */
  private readonly subtrees: Buffer[] = [];

  /** @param leaf the hash of a leaf */
  add(leaf: Buffer): void {
    let joined = leaf;
    for (let rest = this.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      joined = nodeHash(this.subtrees.pop() ?? emptyRoot, joined);
    }
    this.subtrees.push(joined);
    this.size += 1;
  }

  root(): Buffer {
    return this.subtrees.length === 0
      ? emptyRoot
      : this.subtrees.reduceRight((right, left) => nodeHash(left, right));
  }
}
