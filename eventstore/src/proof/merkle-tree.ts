import { hash } from 'node:crypto';

/** The hashes of a tree's complete subtrees: `2 ** level` leaves from `index * 2 ** level` on. */
export interface SubtreeHashes {
  hash(level: number, index: number): Buffer;
}

const hashBytes = 32;
/** Filled anew for each leaf that is a hash itself. */
const leaf = Buffer.alloc(1 + hashBytes);
const leafPrefix = Buffer.from([0]);
/** Filled anew for each node: a tree of a million leaves has as many, and none is kept. */
const node = Buffer.alloc(1 + 2 * hashBytes, 1);

const sha256 = (data: Uint8Array): Buffer => hash('sha256', data, 'buffer');

/** The root of a tree without leaves. */
export const emptyRoot = sha256(Buffer.alloc(0));

/** RFC 6962, 2.1: a leaf's hash can be no node's. */
export function leafHash(data: Uint8Array): Buffer {
  if (data.length !== hashBytes) return sha256(Buffer.concat([leafPrefix, data]));
  leaf.set(data, 1);
  return sha256(leaf);
}

/** @param left the hash of a subtree, 32 bytes as `right` */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1);
  node.set(right, 1 + hashBytes);
  return sha256(node);
}

/** The root of the first `size` leaves. */
export const rootOf = (tree: SubtreeHashes, size: number): Buffer =>
  size === 0 ? emptyRoot : hashOf(tree, 0, size);

/** The audit path of a leaf in the tree of the first `size` leaves, the leaf's neighbour first. */
export function inclusionProof(tree: SubtreeHashes, index: number, size: number): Buffer[] {
  if (index < 0 || index >= size) throw new RangeError(`there is no leaf ${index} among ${size}`);
  const path: Buffer[] = [];
  for (let [first, count] = [0, size]; count > 1;) {
    const left = splitOf(count);
    if (index - first < left) {
      path.push(hashOf(tree, first + left, count - left));
      count = left;
    } else {
      path.push(hashOf(tree, first, left));
      [first, count] = [first + left, count - left];
    }
  }
  return path.reverse();
}

/** Shows that the first `oldSize` of `size` leaves are those of the older tree (RFC 6962, 2.1.2). */
export function consistencyProof(tree: SubtreeHashes, oldSize: number, size: number): Buffer[] {
  if (oldSize < 1 || oldSize > size) throw new RangeError(`${oldSize} of ${size} leaves`);
  const path: Buffer[] = [];
  // While the older tree has all of this subtree, its hash is the older root and need not be told.
  let isWhole = true;
  for (let [first, count] = [0, size]; ;) {
    const old = oldSize - first;
    if (old === count) {
      if (!isWhole) path.push(hashOf(tree, first, count));
      return path.reverse();
    }
    const left = splitOf(count);
    if (old <= left) {
      path.push(hashOf(tree, first + left, count - left));
      count = left;
    } else {
      path.push(hashOf(tree, first, left));
      isWhole = false;
      [first, count] = [first + left, count - left];
    }
  }
}

/** Whether a path leads from a leaf to a root. */
export function isIncluded(
  { leaf, index, size }: { leaf: Uint8Array; index: number; size: number },
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (index < 0 || index >= size) return false;
  let [at, last] = [index, size - 1];
  let found: Uint8Array = leaf;
  for (const beside of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      found = nodeHash(beside, found);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      found = nodeHash(found, beside);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSame(found, root);
}

/** A tree as a checkpoint names it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether a path shows that one tree begins with the other (RFC 9162, 2.1.4.2). */
export function isConsistent(old: TreeHead, now: TreeHead, path: readonly Uint8Array[]): boolean {
  if (old.size < 1 || old.size > now.size) return false;
  if (old.size === now.size) return path.length === 0 && isSame(old.root, now.root);
  const rest = [...path];
  // A tree of a power of two leaves is a subtree of the later one.
  const first = Number.isInteger(Math.log2(old.size)) ? old.root : rest.shift();
  if (!first) return false;
  let [at, last] = [old.size - 1, now.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [oldRoot, nowRoot] = [first, first];
  for (const beside of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      [oldRoot, nowRoot] = [nodeHash(beside, oldRoot), nodeHash(beside, nowRoot)];
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      nowRoot = nodeHash(nowRoot, beside);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && isSame(oldRoot, old.root) && isSame(nowRoot, now.root);
}

/** The hash of any part that one subtree has all of: complete subtrees are kept, others composed. */
function hashOf(tree: SubtreeHashes, first: number, count: number): Buffer {
  const level = Math.log2(count);
  if (Number.isInteger(level)) return tree.hash(level, first / count);
  const left = splitOf(count);
  return nodeHash(hashOf(tree, first, left), hashOf(tree, first + left, count - left));
}

/** The largest power of two below a count of two or more. */
function splitOf(count: number): number {
  let left = 1;
  while (left * 2 < count) left *= 2;
  return left;
}

const half = (count: number): number => Math.floor(count / 2);

export const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  Buffer.compare(one, other) === 0;
