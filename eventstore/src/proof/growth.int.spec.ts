import {
  appended,
  auditedDirectory,
  rechain,
  tamper,
  type AuditedDirectory,
} from './audited.fixtures.js';
import { proveGrowth } from './growth.js';
import { isConsistent } from './merkle-tree.js';
import { signNext, treeFileIn } from './next-checkpoint.js';
import { readCheckpoint, signCheckpoint } from './signed-checkpoint.js';
import { sqliteChainedLog } from './sqlite-chained-log.js';

describe('The proof that a log only grew', () => {
  let audited: AuditedDirectory;
  let notes: string[];
  beforeEach(async () => {
    audited = await auditedDirectory();
    notes = [];
    for (const day of [1, 2, 3]) {
      const { dataDir, key, logFile } = audited;
      const log = sqliteChainedLog(logFile);
      const time = `2026-11-0${day}T03:00:00.000Z`;
      notes.push((await signNext(log, { dataDir, key, time }))?.note ?? '');
      await log.close();
      await appended(logFile, `day-${day}`, 7);
    }
  });
  afterEach(() => {
    audited.remove();
  });

  const proven = async (earlier: string, later: string) => {
    const log = sqliteChainedLog(audited.logFile);
    try {
      return await proveGrowth(log, treeFileIn(audited.dataDir), [earlier, later]);
    } finally {
      await log.close();
    }
  };
  const [first, second, third] = [0, 1, 2].map((index) => () => notes[index] ?? '') as [
    () => string,
    () => string,
    () => string,
  ];

  it('leads from the root of the earlier log to that of the later one', async () => {
    for (const [one, other] of [
      [first, second],
      [second, third],
      [first, third],
      [third, third],
    ] as const) {
      const { path, checkpoints } = await proven(one(), other());
      expect(checkpoints).toEqual([one(), other()]);
      const hashes = path.map((each) => Buffer.from(each, 'hex'));
      expect(isConsistent(readCheckpoint(one()), readCheckpoint(other()), hashes)).toBe(true);
    }
  });

  it('is refused for checkpoints in the other order, or of a log that was rewritten between them', async () => {
    await expect(proven(third(), first())).rejects.toThrow('give the earlier one first');
    const { key } = audited;
    const forged = signCheckpoint({ ...readCheckpoint(first()), root: Buffer.alloc(32) }, key);
    await expect(proven(forged, third())).rejects.toThrow('rewritten between them');
    tamper(audited.logFile, (db) => {
      db.exec("UPDATE events SET data = '1' WHERE position = 14");
      rechain(db);
    });
    await expect(proven(first(), third())).rejects.toThrow('not those that were signed');
  });
});
