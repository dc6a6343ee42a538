import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainHash, type ChainedEvent } from '../hash-chain.js';
import { verifyLog } from '../sqlite/verify-log.js';
import { appended, auditedDirectory, tamper, type AuditedDirectory } from './audited.fixtures.js';
import { exportLog, type ExportOptions, type ExportResult } from './export-log.js';
import { sqliteChainedLog } from './sqlite-chained-log.js';

type Line = ChainedEvent & {
  readonly index: number;
  readonly position: number;
  readonly hash: string;
};

describe('The export of a log', () => {
  let audited: AuditedDirectory;
  let file: string;
  beforeEach(async () => {
    audited = await auditedDirectory();
    file = join(audited.dataDir, 'export.ndjson');
  });
  afterEach(() => {
    audited.remove();
  });

  const exported = async (options: Partial<ExportOptions> = {}): Promise<ExportResult> => {
    const log = sqliteChainedLog(audited.logFile);
    try {
      return await exportLog(log, { file, ...options });
    } finally {
      await log.close();
    }
  };
  const lines = (): string[] => readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const events = (): Line[] =>
    lines()
      .slice(1)
      .map((line) => JSON.parse(line) as Line);

  it('has each event as it is stored, and its chain can be walked again', async () => {
    expect(await exported()).toMatchObject({ events: 12, before: 0, cutBytes: 0, unsealed: 0 });
    const { hash: last, logId } = await verifyLog(audited.logFile);
    expect(JSON.parse(lines()[0] ?? '')).toEqual({
      ...{ format: 'care-brokerage-log-export', version: 1, logId, store: 'embedded' },
      ...{ firstIndex: 0, previousHash: '0'.repeat(64) },
    });
    let hash = '0'.repeat(64);
    for (const [index, event] of events().entries()) {
      hash = chainHash(hash, event);
      expect(event).toMatchObject({ index, position: index + 1, hash });
    }
    expect(hash).toBe(last);
  });

  it('goes on behind the last whole line, and cuts off a torn one', async () => {
    await exported();
    const whole = readFileSync(file);
    truncateSync(file, whole.length - 10);
    const again = await exported();
    expect(again).toMatchObject({ events: 12, before: 11 });
    expect(again.cutBytes).toBeGreaterThan(0);
    expect(readFileSync(file)).toEqual(whole);
    await appended(audited.logFile, 'd-1', 700);
    expect(await exported()).toMatchObject({ events: 712, before: 12, cutBytes: 0 });
    expect(await exported()).toMatchObject({ events: 712, before: 712 });
    expect(events().map(({ index }) => index)).toEqual(Array.from({ length: 712 }, (_, n) => n));
  });

  it('goes on where not even the first line was whole', async () => {
    writeFileSync(file, '{"format":"care-brok');
    expect(await exported()).toMatchObject({ events: 12, before: 0, cutBytes: 20 });
    truncateSync(file, (lines()[0]?.length ?? 0) + 1);
    expect(await exported()).toMatchObject({ events: 12, before: 0, cutBytes: 0 });
    expect(events()).toHaveLength(12);
  });

  it('begins at a position, with the hash before it', async () => {
    expect(await exported({ from: 8 })).toMatchObject({ events: 5 });
    const [first] = events();
    const { previousHash, firstIndex } = JSON.parse(lines()[0] ?? '') as Record<string, string>;
    expect(firstIndex).toBe(7);
    expect(chainHash(previousHash ?? '', first as Line)).toBe(first?.hash);
    await expect(exported({ from: 13, file: `${file}.other` })).rejects.toThrow(
      'no event at position 13',
    );
  });

  it('is not gone on with where the log is another one, or no longer what it was', async () => {
    await exported();
    const before = readFileSync(file);
    tamper(audited.logFile, 'DELETE FROM events WHERE position > 9');
    await expect(exported()).rejects.toThrow('Keep that file: it is evidence');
    expect(readFileSync(file)).toEqual(before);
    const other = await auditedDirectory();
    const log = sqliteChainedLog(other.logFile);
    await expect(exportLog(log, { file })).rejects.toThrow('an export of another log');
    await log.close();
    other.remove();
    for (const letter of ['a letter\nof two lines', 'a letter', 'a\nletter\n']) {
      writeFileSync(file, letter);
      await expect(exported()).rejects.toThrow('no export');
      expect(readFileSync(file, 'utf8')).toBe(letter);
    }
  });

  it('keeps bytes that are no text', async () => {
    tamper(audited.logFile, "UPDATE events SET data = CAST(x'22ff22' AS TEXT) WHERE position = 4");
    await exported();
    expect(events()[3]?.data).toEqual({ base64: 'Iv8i' });
  });
});
