import fc from 'fast-check';
import {
  consistencyProof,
  emptyRoot,
  inclusionProof,
  isConsistent,
  isIncluded,
  leafHash,
  nodeHash,
  rootOf,
  type SubtreeHashes,
} from './merkle-tree.js';
import { TreeFrontier } from './tree-frontier.js';

/** The definition of RFC 6962 as it is written there: the reference for everything else. */
function naiveRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length < 2) return leaves[0] ?? emptyRoot;
  const k = naiveSplit(leaves.length);
  return nodeHash(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}
function naivePath(m: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = naiveSplit(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m < k
    ? [...naivePath(m, left), naiveRoot(right)]
    : [...naivePath(m - k, right), naiveRoot(left)];
}
function naiveProof(m: number, leaves: readonly Buffer[], whole = true): Buffer[] {
  if (m === leaves.length) return whole ? [] : [naiveRoot(leaves)];
  const k = naiveSplit(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m <= k
    ? [...naiveProof(m, left, whole), naiveRoot(right)]
    : [...naiveProof(m - k, right, false), naiveRoot(left)];
}
const naiveSplit = (count: number): number => 2 ** Math.floor(Math.log2(count - 1));

const treeOf = (leaves: readonly Buffer[]): SubtreeHashes => ({
  hash: (level, index) => naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)),
});

const leavesOf = (count: number): Buffer[] =>
  Array.from({ length: count }, (_, n) => leafHash(Buffer.from(`leaf ${n}`)));

/** The eight leaves and the roots of their first 1 to 8 that Certificate Transparency publishes. */
const published = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657']
  .concat('606162636465666768696a6b6c6d6e6f')
  .map((hex) => leafHash(Buffer.from(hex, 'hex')));
const publishedRoots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const hexOf = (path: readonly Buffer[]): string[] => path.map((each) => each.toString('hex'));

describe('The Merkle tree of RFC 6962', () => {
  it('has the published roots', () => {
    const roots = publishedRoots.map((_, n) => rootOf(treeOf(published), n + 1).toString('hex'));
    expect(roots).toEqual(publishedRoots);
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(rootOf(treeOf([]), 0).toString('hex')).toBe(empty);
  });

  it('has the published audit paths and consistency proofs', () => {
    const tree = treeOf(published);
    expect(hexOf(inclusionProof(tree, 0, 1))).toEqual([]);
    expect(hexOf(inclusionProof(tree, 0, 8))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(hexOf(inclusionProof(tree, 2, 3))).toEqual([
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    ]);
    expect(hexOf(consistencyProof(tree, 6, 8))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect(hexOf(consistencyProof(tree, 8, 8))).toEqual([]);
  });

  it('is the same as its definition for every leaf of every size up to 40', () => {
    const leaves = leavesOf(40);
    const tree = treeOf(leaves);
    const frontier = new TreeFrontier();
    for (let size = 1; size <= leaves.length; size += 1) {
      const some = leaves.slice(0, size);
      frontier.add(leaves[size - 1] as Buffer);
      const root = naiveRoot(some);
      expect(rootOf(tree, size)).toEqual(root);
      expect(frontier.root()).toEqual(root);
      for (let index = 0; index < size; index += 1) {
        const path = inclusionProof(tree, index, size);
        expect(path).toEqual(naivePath(index, some));
        expect(isIncluded({ leaf: some[index] as Buffer, index, size }, path, root)).toBe(true);
        const old = { size: index + 1, root: naiveRoot(some.slice(0, index + 1)) };
        const proof = consistencyProof(tree, old.size, size);
        expect(proof).toEqual(naiveProof(old.size, some));
        expect(isConsistent(old, { size, root }, proof)).toBe(true);
      }
    }
  });

  it('takes no path for another leaf, place, size or root, and no altered one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), (size, a, b) => {
        const leaves = leavesOf(size);
        const tree = treeOf(leaves);
        const [index, other] = [a % size, b % size];
        const root = rootOf(tree, size);
        const path = inclusionProof(tree, index, size);
        const claim = { leaf: leaves[index] as Buffer, index, size };
        const refused = (over: Partial<typeof claim>, by = path, to = root) =>
          expect(isIncluded({ ...claim, ...over }, by, to)).toBe(false);
        if (other !== index) refused({ leaf: leaves[other] as Buffer });
        if (other !== index) refused({ index: other });
        refused({ index: size });
        refused({}, [...path, root]);
        refused({}, path.slice(1));
        refused({}, path.toSpliced(b % path.length, 1, root));
        refused({}, path, leafHash(root));
      }),
      { numRuns: 60 },
    );
  });

  it('takes no proof of consistency with a tree that has other leaves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), (size, a, b) => {
        const leaves = leavesOf(size);
        const tree = treeOf(leaves);
        const oldSize = 1 + (a % (size - 1));
        const now = { size, root: rootOf(tree, size) };
        const proof = consistencyProof(tree, oldSize, size);
        const changed = leaves.toSpliced(b % oldSize, 1, leafHash(Buffer.from('another')));
        const forged = { size: oldSize, root: rootOf(treeOf(changed), oldSize) };
        expect(isConsistent(forged, now, proof)).toBe(false);
        const proofOfForged = consistencyProof(treeOf(changed), oldSize, size);
        expect(isConsistent(forged, now, proofOfForged)).toBe(false);
        const old = { size: oldSize, root: rootOf(tree, oldSize) };
        expect(isConsistent(old, now, [...proof, now.root])).toBe(false);
        expect(isConsistent({ ...old, size: size + 1 }, now, proof)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
