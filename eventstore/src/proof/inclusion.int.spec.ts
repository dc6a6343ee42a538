import {
  auditedDirectory,
  appended,
  rechain,
  tamper,
  type AuditedDirectory,
} from './audited.fixtures.js';
import { proveInclusion, type InclusionProof } from './inclusion.js';
import { isIncluded, leafHash } from './merkle-tree.js';
import { signNext, treeFileIn } from './next-checkpoint.js';
import { readCheckpoint } from './signed-checkpoint.js';
import { sqliteChainedLog } from './sqlite-chained-log.js';

describe('The proof of one event', () => {
  let audited: AuditedDirectory;
  let note: string;
  beforeEach(async () => {
    audited = await auditedDirectory();
    const { dataDir, key, logFile } = audited;
    const log = sqliteChainedLog(logFile);
    note = (await signNext(log, { dataDir, key, time: '2026-11-01T03:00:00.000Z' }))?.note ?? '';
    await log.close();
    await appended(logFile, 'd-1', 20);
  });
  afterEach(() => {
    audited.remove();
  });

  const proven = async (event: string | number): Promise<InclusionProof> => {
    const log = sqliteChainedLog(audited.logFile);
    try {
      return await proveInclusion(log, treeFileIn(audited.dataDir), { event, note });
    } finally {
      await log.close();
    }
  };

  it('leads from each event to the root that was signed, by position or by id', async () => {
    const { root, size } = readCheckpoint(note, audited.key.public);
    for (let position = 1; position <= 12; position += 1) {
      const proof = await proven(position);
      const { leafIndex: index, auditPath, hash, event } = proof;
      expect(index).toBe(position - 1);
      const path = auditPath.map((each) => Buffer.from(each, 'hex'));
      const leaf = leafHash(Buffer.from(hash, 'hex'));
      expect(isIncluded({ leaf, index, size }, path, root)).toBe(true);
      expect(await proven(event.id)).toEqual(proof);
    }
  });

  it('is refused for what came after the checkpoint, and for what there is not', async () => {
    await expect(proven(13)).rejects.toThrow('which has the first 12; this is number 13');
    await expect(proven(33)).rejects.toThrow('no event 33');
    await expect(proven('0193a000-0000-7000-8000-000000000001')).rejects.toThrow('no event');
    note = note.replaceAll(/[0-9a-f]{12}\n/g, '000000000000\n');
    await expect(proven(1)).rejects.toThrow('The checkpoint is of log');
  });

  it('is refused for an event that was altered, with its chain or without', async () => {
    tamper(audited.logFile, "UPDATE events SET data = '1' WHERE position = 5");
    await expect(proven(5)).rejects.toThrow('not what was appended');
    tamper(audited.logFile, rechain);
    await expect(proven(5)).rejects.toThrow('not those that were signed');
  });
});
