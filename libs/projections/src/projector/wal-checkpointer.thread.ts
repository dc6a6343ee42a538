import { parentPort } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';

/** The connection lives no longer than the checkpoint: files are replaced during a rebuild. */
function checkpoint(path: string): void {
  const db = new SqliteDatabase(path, { fileMustExist: true });
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    db.close();
  }
}

parentPort?.on('message', ({ id, path }: { id: number; path: string }) => {
  try {
    checkpoint(path);
  } catch {
    // A locked or missing file or a full disk: the writer meets the same and tells of it.
  }
  parentPort?.postMessage(id);
});
