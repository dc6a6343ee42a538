import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { BadCheckpoint, readCheckpoint, type AuditCheckpoint } from './signed-checkpoint.js';

/** What is kept for the auditor beside a log. */
export const auditFolder = (dataDir: string): string => join(dataDir, 'audit');

/** A checkpoint as it lies in its file. */
export interface FiledCheckpoint {
  readonly file: string;
  readonly note: string;
  readonly checkpoint: AuditCheckpoint;
}

const fileName = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}\.\d{3}Z\.txt$/;

/** The signed checkpoints of a service, one file each, named by their time. */
export class CheckpointFolder {
  private readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(auditFolder(dataDir), 'checkpoints');
  }

  /** Names of the files, the oldest first. */
  names(): readonly string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((name) => fileName.test(name))
      .toSorted();
  }

  /** Throws `BadCheckpoint` with the name of the file. */
  read(name: string): FiledCheckpoint {
    const file = join(this.folder, name);
    const note = readFileSync(file, 'utf8');
    try {
      return { file, note, checkpoint: readCheckpoint(note) };
    } catch (error) {
      if (!(error instanceof BadCheckpoint)) throw error;
      throw new BadCheckpoint(`${file} ${error.message}`);
    }
  }

  /** The newest checkpoint of a log. */
  last(logId: string): FiledCheckpoint | undefined {
    for (const name of this.names().toReversed()) {
      const found = this.read(name);
      if (found.checkpoint.logId === logId) return found;
    }
    return undefined;
  }

  /** Keeps a note; answers its file. */
  write(note: string, time: string): string {
    const file = join(this.folder, `${time.replaceAll(':', '-')}.txt`);
    mkdirSync(this.folder, { recursive: true });
    writeWhole(file, note);
    return file;
  }
}

/** Writes a file in one step, so that nobody ever meets half of it. */
export function writeWhole(file: string, text: string, mode = 0o644): void {
  const fresh = `${file}.new`;
  const handle = openSync(fresh, 'w', mode);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
