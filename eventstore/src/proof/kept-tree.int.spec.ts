import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptTree } from './kept-tree.js';
import { inclusionProof, isIncluded, leafHash, rootOf } from './merkle-tree.js';
import { TreeFrontier } from './tree-frontier.js';

const leaves = Array.from({ length: 70_000 }, (_, n) => leafHash(Buffer.from(String(n))));

function rootOfFirst(size: number): Buffer {
  const frontier = new TreeFrontier();
  for (const leaf of leaves.slice(0, size)) frontier.add(leaf);
  return frontier.root();
}

describe('A tree that is kept in a file', () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tree-'));
    file = join(directory, 'audit', 'tree.db');
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('gives the root of every size and a path of every leaf, however it grew', () => {
    const tree = KeptTree.open(file, 'log-1');
    for (const upTo of [1, 255, 256, 257, 1_000, 65_536, 65_537, leaves.length]) {
      tree.extend(tree.size, leaves.slice(tree.size, upTo));
      expect(tree.size).toBe(upTo);
      expect(rootOf(tree, upTo)).toEqual(rootOfFirst(upTo));
    }
    for (const size of [1, 300, 65_536, 69_999]) {
      const root = rootOfFirst(size);
      expect(rootOf(tree, size)).toEqual(root);
      for (const index of [0, size >>> 1, size - 1]) {
        const claim = { leaf: leaves[index] as Buffer, index, size };
        expect(isIncluded(claim, inclusionProof(tree, index, size), root)).toBe(true);
      }
    }
    tree.close();
    const again = KeptTree.open(file, 'log-1');
    expect(rootOf(again, again.size)).toEqual(rootOfFirst(leaves.length));
    again.close();
  });

  it('adds nothing that another process has added already', () => {
    const [one, other] = [KeptTree.open(file, 'log-1'), KeptTree.open(file, 'log-1')];
    one.extend(0, leaves.slice(0, 10));
    other.extend(0, leaves.slice(0, 10));
    expect(other.size).toBe(10);
    one.close();
    other.close();
  });

  it('begins anew for another log, and where its file is damaged', () => {
    const tree = KeptTree.open(file, 'log-1');
    tree.extend(0, leaves.slice(0, 5_000));
    tree.close();
    const same = KeptTree.open(file, 'log-1');
    expect(same.size).toBe(5_000);
    same.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(7, 100, 12_288));
    const mended = KeptTree.open(file, 'log-1');
    expect(mended.size).toBe(0);
    mended.extend(0, leaves.slice(0, 10));
    mended.close();
    const other = KeptTree.open(file, 'log-2');
    expect(other.size).toBe(0);
    other.close();
  });
});
