import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { masterIdOf } from '#eventstore/key-wrapping.js';

const keyBytes = 32;

/**
 * The development master key: a file beside the data that only its owner may read. Production keeps
 * the key apart from the data, in `MASTER_KEY`.
 */
export class MasterKeyFile {
  private readonly next: string;

  constructor(private readonly path: string) {
    this.next = `${path}.next`;
  }

  static in(dataDir: string): MasterKeyFile {
    return new MasterKeyFile(join(dataDir, 'master.key'));
  }

  /**
   * The key with this id, or a new one where there is none yet. A rotation that ended between its
   * two files is brought to its end.
   */
  read(wantedId: string | undefined): Buffer {
    if (existsSync(this.next)) {
      const next = keyIn(this.next);
      if (masterIdOf(next) === wantedId) {
        this.replace();
        return next;
      }
    }
    if (!existsSync(this.path)) {
      mkdirSync(dirname(this.path), { recursive: true });
      write(this.path, randomBytes(keyBytes));
    }
    return keyIn(this.path);
  }

  /** Keeps a new key beside the present one until `replace`. */
  prepare(): Buffer {
    const key = randomBytes(keyBytes);
    write(this.next, key);
    return key;
  }

  /** The new key takes the place of the old one, which is overwritten first. */
  replace(): void {
    if (existsSync(this.path)) write(this.path, randomBytes(keyBytes));
    renameSync(this.next, this.path);
    const folder = openSync(dirname(this.path), 'r');
    fsyncSync(folder);
    closeSync(folder);
  }
}

const keyIn = (path: string): Buffer => Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');

function write(path: string, key: Buffer): void {
  const file = openSync(path, existsSync(path) ? 'r+' : 'wx', 0o600);
  try {
    writeSync(file, key.toString('hex'), 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
