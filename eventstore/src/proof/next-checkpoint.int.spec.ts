import Database from 'better-sqlite3';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { verifyLog } from '../sqlite/verify-log.js';
import {
  appended,
  auditedDirectory,
  rechain,
  tamper,
  type AuditedDirectory,
} from './audited.fixtures.js';
import { CheckpointFolder } from './checkpoint-folder.js';
import { LogInconsistent } from './log-tree.js';
import { leafHash } from './merkle-tree.js';
import { signNext, treeFileIn, type SignedNow } from './next-checkpoint.js';
import { BadCheckpoint, readCheckpoint } from './signed-checkpoint.js';
import { sqliteChainedLog } from './sqlite-chained-log.js';
import { TreeFrontier } from './tree-frontier.js';

const days = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T03:00:00.000Z`;

describe('The next checkpoint of a log', () => {
  let audited: AuditedDirectory;
  beforeEach(async () => {
    audited = await auditedDirectory();
  });
  afterEach(() => {
    audited.remove();
  });

  const signed = async (day: number, ensureHeld?: () => void): Promise<SignedNow | undefined> => {
    const { dataDir, key, logFile } = audited;
    const log = sqliteChainedLog(logFile);
    try {
      const options = { dataDir, key, time: days(day), ...(ensureHeld && { ensureHeld }) };
      return await signNext(log, options);
    } finally {
      await log.close();
    }
  };
  const rootNow = async (): Promise<Buffer> => {
    const frontier = new TreeFrontier();
    const onLink = (hash: Buffer) => {
      frontier.add(leafHash(hash));
    };
    await verifyLog(audited.logFile, { onLink });
    return frontier.root();
  };

  it('has the root over the hashes of the chain, and is kept in a file of its own', async () => {
    const first = await signed(1);
    expect(first?.checkpoint).toMatchObject({ size: 12, time: days(1), root: await rootNow() });
    await appended(audited.logFile, 'd-1', 300);
    const second = await signed(2);
    expect(second?.checkpoint).toMatchObject({ size: 312, root: await rootNow() });
    expect(readCheckpoint(second?.note ?? '', audited.key.public)).toEqual(second?.checkpoint);
    const folder = new CheckpointFolder(audited.dataDir);
    expect(folder.names()).toEqual([
      '2026-11-01T03-00-00.000Z.txt',
      '2026-11-02T03-00-00.000Z.txt',
    ]);
    expect(folder.last(second?.checkpoint.logId ?? '')?.file).toBe(second?.file);
  });

  it('is not made of an empty log', async () => {
    audited.remove();
    audited = await auditedDirectory(() => Promise.resolve());
    expect(await signed(1)).toBeUndefined();
  });

  it('is not signed for a log that was rewritten with a chain that fits', async () => {
    await signed(1);
    tamper(audited.logFile, (db) => {
      db.exec("UPDATE events SET data = '1' WHERE position = 5");
      rechain(db);
    });
    await expect(signed(2)).rejects.toThrow(LogInconsistent);
    rmSync(treeFileIn(audited.dataDir));
    await expect(signed(2)).rejects.toThrow("the log's first 12 events are not those");
    expect(new CheckpointFolder(audited.dataDir).names()).toHaveLength(1);
  });

  it('is not signed for a log that was cut', async () => {
    await signed(1);
    tamper(audited.logFile, 'DELETE FROM events WHERE position > 9');
    await expect(signed(2)).rejects.toThrow('the log has 9 events, 12 were signed');
  });

  it('is not taken in by a kept tree that is damaged: that is built anew', async () => {
    await signed(1);
    const file = treeFileIn(audited.dataDir);
    const db = new Database(file);
    db.exec('UPDATE tiles SET hashes = zeroblob(length(hashes))');
    db.close();
    await appended(audited.logFile, 'd-1', 5);
    expect((await signed(2))?.checkpoint.root).toEqual(await rootNow());
    writeFileSync(file, 'no tree');
    expect((await signed(3))?.checkpoint.root).toEqual(await rootNow());
  });

  it('is not signed by who has lost the right to, nor behind a file that is no checkpoint', async () => {
    const lost = () => {
      throw new Error('lost');
    };
    await expect(signed(1, lost)).rejects.toThrow('lost');
    const first = await signed(1);
    writeFileSync(first?.file ?? '', 'nothing');
    await expect(signed(2)).rejects.toThrow(BadCheckpoint);
    expect(existsSync(treeFileIn(audited.dataDir))).toBe(true);
  });
});
