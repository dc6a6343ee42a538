import Database from 'better-sqlite3';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { nodeHash, type SubtreeHashes } from './merkle-tree.js';

const layout = 1;
const hashBytes = 32;
/** A tile has the hashes of so many neighbours; each level of tiles is so many levels of the tree. */
const tileLevels = 8;
const tileWidth = 2 ** tileLevels;
/** More tiles than a level ever has. */
const tilesOfLevel = 2 ** 44;
const mostKnownTiles = 64;

const tables = `
  CREATE TABLE meta (logId TEXT NOT NULL, layout INTEGER NOT NULL) STRICT;
  CREATE TABLE tiles (key INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
`;

/**
 * The tree of a log in a file: every leaf's hash and those of every eighth level above, 32 bytes an
 * event. It is only a memory of the log: one that is damaged or of another log begins anew.
 */
export class KeptTree implements SubtreeHashes {
  private readonly sql: ReturnType<typeof prepare>;
  private readonly known = new Map<number, Buffer>();

  private constructor(private readonly db: Database.Database) {
    this.sql = prepare(db);
  }

  /** Opens the tree of a log, an empty one where there is none that could be used. */
  static open(file: string, logId: string): KeptTree {
    mkdirSync(dirname(file), { recursive: true });
    const found = KeptTree.existing(file, logId);
    if (found) return found;
    KeptTree.discard(file);
    const db = new Database(file);
    db.pragma('journal_mode = wal');
    db.exec(tables);
    db.prepare('INSERT INTO meta VALUES (?, ?)').run(logId, layout);
    return new KeptTree(db);
  }

  /** The tree of a log where there is one. */
  static existing(file: string, logId: string): KeptTree | undefined {
    const found = opened(file, logId);
    return found && new KeptTree(found);
  }

  /** Removes a tree that is not what its log says. */
  static discard(file: string): void {
    for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true });
  }

  /** How many leaves it has. */
  get size(): number {
    const last = this.sql.lastLeaves.get(tilesOfLevel);
    return last ? last.key * tileWidth + last.bytes / hashBytes : 0;
  }

  hash(level: number, index: number): Buffer {
    if (level % tileLevels !== 0) {
      return nodeHash(this.hash(level - 1, index * 2), this.hash(level - 1, index * 2 + 1));
    }
    const tile = this.tile(level / tileLevels, Math.floor(index / tileWidth));
    const from = (index % tileWidth) * hashBytes;
    if (from + hashBytes > tile.length) throw new RangeError(`no subtree ${index} of ${level}`);
    return tile.subarray(from, from + hashBytes);
  }

  /** The hash of one leaf. */
  leaf(index: number): Buffer {
    return this.hash(0, index);
  }

  /** Adds leaves behind the first `size`; nothing where another process has added them meanwhile. */
  extend(size: number, leaves: readonly Buffer[]): void {
    this.db
      .transaction(() => {
        if (this.size === size) this.push(0, size, leaves);
      })
      .immediate();
    this.known.clear();
  }

  close(): void {
    this.db.close();
  }

  /** @param count how many hashes this level of tiles has */
  private push(level: number, count: number, hashes: readonly Buffer[]): void {
    const tiles: Buffer[] = [];
    for (let [done, at] = [0, count]; done < hashes.length;) {
      const [index, inTile] = [Math.floor(at / tileWidth), at % tileWidth];
      const fresh = hashes.slice(done, done + tileWidth - inTile);
      const before = inTile === 0 ? [] : [this.stored(level, index)];
      const tile = Buffer.concat([...before, ...fresh]);
      this.sql.write.run(keyOf(level, index), tile);
      if (inTile + fresh.length === tileWidth) tiles.push(rootOfTile(tile));
      [done, at] = [done + fresh.length, at + fresh.length];
    }
    if (tiles.length > 0) this.push(level + 1, Math.floor(count / tileWidth), tiles);
  }

  private tile(level: number, index: number): Buffer {
    const key = keyOf(level, index);
    const known = this.known.get(key);
    if (known) return known;
    if (this.known.size >= mostKnownTiles) this.known.clear();
    const tile = this.stored(level, index);
    this.known.set(key, tile);
    return tile;
  }

  private stored(level: number, index: number): Buffer {
    return this.sql.read.get(keyOf(level, index)) ?? Buffer.alloc(0);
  }
}

const keyOf = (level: number, index: number): number => level * tilesOfLevel + index;

function rootOfTile(tile: Buffer): Buffer {
  let row = Array.from({ length: tileWidth }, (_, n) =>
    tile.subarray(n * hashBytes, (n + 1) * hashBytes),
  );
  while (row.length > 1) {
    row = row.flatMap((left, n) => (n % 2 === 0 ? [nodeHash(left, row[n + 1] ?? left)] : []));
  }
  return row[0] ?? Buffer.alloc(0);
}

/** `undefined` where the file is none, cannot be read, or is of another log. */
function opened(file: string, logId: string): Database.Database | undefined {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { fileMustExist: true });
    const meta = db.prepare<[], { logId: string; layout: number }>('SELECT * FROM meta').get();
    if (meta?.logId === logId && meta.layout === layout) return db;
  } catch {
    // What cannot be opened is built anew.
  }
  db?.close();
  return undefined;
}

const prepare = (db: Database.Database) => ({
  read: db.prepare<[number], Buffer>('SELECT hashes FROM tiles WHERE key = ?').pluck(),
  write: db.prepare<[number, Buffer]>('INSERT OR REPLACE INTO tiles VALUES (?, ?)'),
  lastLeaves: db.prepare<[number], { key: number; bytes: number }>(
    'SELECT key, length(hashes) AS bytes FROM tiles WHERE key < ? ORDER BY key DESC LIMIT 1',
  ),
});
