import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  auditedDirectory,
  appended,
  rechain,
  tamper,
  type AuditedDirectory,
} from '#eventstore/proof/audited.fixtures.js';
import { AuditSigningKey } from '#eventstore/proof/audit-key.js';
import { exportLog } from '#eventstore/proof/export-log.js';
import { proveInclusion, type InclusionProof } from '#eventstore/proof/inclusion.js';
import { grownTree } from '#eventstore/proof/log-tree.js';
import { consistencyProof, rootOf } from '#eventstore/proof/merkle-tree.js';
import { signNext, treeFileIn } from '#eventstore/proof/next-checkpoint.js';
import {
  originOf,
  readCheckpoint,
  signCheckpoint,
  type AuditCheckpoint,
} from '#eventstore/proof/signed-checkpoint.js';
import { sqliteChainedLog } from '#eventstore/proof/sqlite-chained-log.js';
import { verifyLog } from '#eventstore/sqlite/verify-log.js';
import { readConfig } from '#platform/config/config.js';
import { saidByBoth, type BothSaid } from './both-verifiers.fixtures.js';
import { python } from './python.js';

describe('Both verifiers of an embedded log', () => {
  let audited: AuditedDirectory;
  /** Checkpoints of the first 12 and of all 17 events. */
  let first: string;
  let second: string;

  const signedAt = async (time: string): Promise<string> => {
    const { dataDir, logFile, key } = audited;
    const log = sqliteChainedLog(logFile);
    const signed = await signNext(log, { dataDir, key, time });
    await log.close();
    return signed?.file ?? '';
  };
  beforeEach(async () => {
    audited = await auditedDirectory();
    first = await signedAt('2026-11-01T03:00:00.000Z');
    await appended(audited.logFile, 'd-1', 5);
    second = await signedAt('2026-11-02T03:00:00.000Z');
  });
  afterEach(() => {
    audited.remove();
  });

  const both = (...checkpoints: readonly string[]): Promise<BothSaid> => {
    const { dataDir, logFile, key } = audited;
    const config = readConfig({ DATA_DIR: dataDir });
    return saidByBoth(
      {
        place: { config, dataDir, logFile },
        key: key.public,
        verify: (options) => verifyLog(logFile, options),
        open: () => Promise.resolve(sqliteChainedLog(logFile)),
      },
      checkpoints,
    );
  };

  it('prove an untouched log with each of its checkpoints, and say what they do not prove', async () => {
    await appended(audited.logFile, 'e-1', 3);
    const { ours, findings, theirs } = await both(second, first);
    expect(ours).not.toHaveProperty('fault');
    expect(findings).toMatchObject([
      { ok: true, size: 17 },
      { ok: true, size: 12 },
    ]);
    expect(theirs.exitCode).toBe(0);
    expect(theirs.stdout).toContain(
      'The first 12 events are those that were signed at 2026-11-01T03',
    );
    expect(theirs.stdout).toContain(
      'The first 17 events are those that were signed at 2026-11-02T03',
    );
    expect(theirs.stdout).toContain('NOT PROVEN  3 events came after the last checkpoint');
    expect(theirs.stdout).toContain('20 events of log');
    const alone = await both();
    expect(alone.theirs.exitCode).toBe(0);
    expect(alone.theirs.stdout).toContain('Without a checkpoint that fits');
  });

  const swap = (column: string, one: number, two: number): string =>
    `UPDATE events SET ${column} = (SELECT ${column} FROM events o WHERE o.position =
       CASE events.position WHEN ${one} THEN ${two} ELSE ${one} END) WHERE position IN (${one}, ${two});`;
  const moved = (from: number, by: number): string =>
    `UPDATE events SET position = -position - ${by} WHERE position >= ${from};
     UPDATE events SET position = -position WHERE position < 0;`;

  it.each<[string, string, number, string, number]>([
    [
      'a byte of data',
      "UPDATE events SET data = replace(data, '“', '”') WHERE position = 8",
      ...([8, 'a-1', 3] as const),
    ],
    [
      'a byte of metadata',
      "UPDATE events SET metadata = replace(metadata, 'broker-1', 'broker-2') WHERE position = 11",
      ...([11, 'c-1', 0] as const),
    ],
    [
      'a changed clock',
      "UPDATE events SET metadata = replace(metadata, 'T09:00', 'T08:00') WHERE position = 4",
      ...([4, 'b-1', 0] as const),
    ],
    ['a swapped pair of contents', swap('data', 2, 3), 2, 'a-1', 1],
    [
      'a swapped pair of events',
      `UPDATE events SET position = -position WHERE position IN (7, 8);
       UPDATE events SET position = 15 + position WHERE position < 0`,
      ...([7, 'a-1', 3] as const),
    ],
    [
      'an inserted event',
      `${moved(6, 1)}
       INSERT INTO events SELECT 6, (SELECT key FROM streams WHERE name = 'd-1'), 5, type, version,
         zeroblob(16), hash, data, metadata FROM events WHERE position = 5`,
      ...([6, 'd-1', 5] as const),
    ],
    [
      'a deleted event',
      `DELETE FROM events WHERE position = 5; ${moved(6, -1)}`,
      ...([5, 'b-1', 2] as const),
    ],
    [
      'another stream',
      "UPDATE streams SET name = 'z-1' WHERE name = 'c-1'",
      ...([11, 'z-1', 0] as const),
    ],
    ['another type', "UPDATE types SET name = 'Other'", 1, 'a-1', 0],
    ['another hash', 'UPDATE events SET hash = zeroblob(32) WHERE position = 9', 9, 'a-1', 4],
  ])('name the place of %s', async (_, sql, position, stream, revision) => {
    tamper(audited.logFile, sql);
    const { ours, findings, theirs } = await both(second);
    expect(ours.fault).toMatchObject({ position, stream, revision });
    expect(findings[0]?.ok).toBe(false);
    expect(theirs.exitCode).toBe(1);
    const place = `position ${position}, revision ${revision} of ${stream}`;
    expect(theirs.stdout).toContain(`The first bad event is at ${place}: `);
  });

  it('name the place of a gap', async () => {
    tamper(audited.logFile, 'DELETE FROM events WHERE position = 5');
    const { ours, theirs } = await both(second);
    expect(ours.fault).toMatchObject({ position: 5, why: 'positions 5 to 5 are missing' });
    expect(theirs.stdout).toContain(
      'position 6, revision 2 of b-1: it stands where event number 5',
    );
  });

  it('name an order of revisions that a forger chained again', async () => {
    tamper(audited.logFile, (db) => {
      db.exec('UPDATE events SET revision = 9 WHERE position = 10');
      rechain(db);
    });
    const { ours, theirs } = await both();
    expect(ours.fault).toMatchObject({ position: 10, revision: 9 });
    expect(theirs.stdout).toContain('revision 9 of a-1: it follows revision 4 of its stream');
  });

  it('notice a cut end by the checkpoint alone', async () => {
    tamper(audited.logFile, 'DELETE FROM events WHERE position > 14');
    rmSync(join(audited.dataDir, 'checkpoint.json'));
    const unsigned = await both();
    expect(unsigned.ours).not.toHaveProperty('fault');
    expect(unsigned.theirs.exitCode).toBe(0);
    const { ours, findings, theirs } = await both(first, second);
    expect(ours).not.toHaveProperty('fault');
    expect(findings).toMatchObject([
      { ok: true },
      { ok: false, why: 'the log proves 14 events but had 17' },
    ]);
    expect(theirs.exitCode).toBe(1);
    expect(theirs.stdout).toContain('The log ends after event number 14, but had 17');
  });

  it('notice a rewritten tail with a fresh chain by the checkpoint alone, and say where', async () => {
    tamper(audited.logFile, (db) => {
      db.exec(`UPDATE events SET data = '{"number":0}' WHERE position = 15`);
      rechain(db);
    });
    rmSync(join(audited.dataDir, 'checkpoint.json'));
    expect((await both()).theirs.exitCode).toBe(0);
    const { ours, findings, theirs } = await both(first, second);
    expect(ours).not.toHaveProperty('fault');
    expect(findings).toMatchObject([
      { ok: true, size: 12 },
      { ok: false, size: 17, first: { position: 15, stream: 'd-1', revision: 2 } },
    ]);
    expect(findings[1]?.why).toContain('something behind the first 12 was rewritten');
    expect(theirs.exitCode).toBe(1);
    expect(theirs.stdout).toContain('something from event number 13 to 17 was rewritten');
  });

  it('take no forged checkpoint: another key, size, root or time', async () => {
    const note = readFileSync(second, 'utf8');
    const other = AuditSigningKey.ofPem(AuditSigningKey.newPem());
    const forged: readonly [string, string][] = [
      [signCheckpoint(readCheckpoint(note), other), 'is not signed with this public key'],
      [note.replace('\n17\n', '\n16\n'), 'was changed after it was signed'],
      [note.replace('T03:', 'T04:'), 'was changed after it was signed'],
      [
        note.replace(/\n[^\n]{43}=\n/, `\n${Buffer.alloc(32, 1).toString('base64')}\n`),
        'was changed',
      ],
      [note.replace('\ntime', '\nmore\ntime'), 'is no checkpoint of a log'],
      [note.slice(0, note.indexOf('\n\n') + 2), 'has signatures that are not'],
    ];
    for (const [text, why] of forged) {
      const file = join(audited.dataDir, 'forged.txt');
      writeFileSync(file, text);
      const { findings, theirs } = await both(file);
      expect(findings[0]?.why).toContain(why);
      expect(theirs.exitCode).toBe(1);
      expect(theirs.stdout).toContain(why);
    }
  });

  it('take no checkpoint of another log, and none that is older than a smaller one', async () => {
    const { key } = audited;
    const { logId, ...known } = readCheckpoint(readFileSync(second, 'utf8'));
    const file = join(audited.dataDir, 'other.txt');
    const otherId = logId.replace(/^.{8}/, '00000000');
    writeFileSync(file, signCheckpoint({ ...known, logId: otherId }, key));
    const ofOther = await both(file);
    expect(ofOther.findings[0]?.why).toContain(`of log ${otherId}`);
    expect(ofOther.theirs.stdout).toContain(`is of log ${otherId}`);
    writeFileSync(file, signCheckpoint({ ...known, logId, time: '2026-10-01T00:00:00.000Z' }, key));
    const older = await both(first, file);
    expect(older.findings[1]?.why).toContain('a shorter log was signed later');
    expect(older.theirs.stdout).toContain('but a shorter log was signed later');
  });
});

describe('The verifier that shares no code', () => {
  let audited: AuditedDirectory;
  let exported: string;
  let keyFile: string;
  let note: string;
  let proofFile: string;
  let proof: InclusionProof;

  beforeAll(async () => {
    audited = await auditedDirectory();
    const { dataDir, logFile, key } = audited;
    [exported, keyFile] = [join(dataDir, 'log.ndjson'), join(dataDir, 'key.txt')];
    proofFile = join(dataDir, 'proof.json');
    const log = sqliteChainedLog(logFile);
    const signed = await signNext(log, { dataDir, key, time: '2026-11-01T03:00:00.000Z' });
    note = signed?.note ?? '';
    await exportLog(log, { file: exported });
    proof = await proveInclusion(log, treeFileIn(dataDir), { event: 8, note });
    await log.close();
    writeFileSync(keyFile, key.public.verifierFor(originOf(log.logId)));
  });
  afterAll(() => {
    audited.remove();
  });

  const proven = (over: Partial<InclusionProof> = {}, ...args: readonly string[]) => {
    writeFileSync(proofFile, JSON.stringify({ ...proof, ...over }));
    return python('--proof', proofFile, '--public-key', keyFile, ...args);
  };

  it('comes out with the answers that are published for its arithmetic', () => {
    const { exitCode, stdout } = python('--self-test');
    expect(stdout).toContain('come out as published');
    expect(exitCode).toBe(0);
  });

  it('explains itself', () => {
    const { stdout, exitCode } = python('--help');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('brokerage export-log');
    expect(stdout).toContain('exit codes:');
  });

  it('proves one event without the others', () => {
    const { stdout, exitCode } = proven();
    expect(stdout).toContain(
      'SampleTaken at position 8, revision 3 of a-1 is event number 8 of the 12',
    );
    expect(exitCode).toBe(0);
    expect(proven({}, '--export', exported).exitCode).toBe(0);
  });

  it('takes no proof with an altered event, place, path or hash', () => {
    const { event, auditPath } = proof;
    const refused = (over: Partial<InclusionProof>, why: string): void => {
      const { exitCode, stdout } = proven(over);
      expect(stdout).toContain(why);
      expect(exitCode).toBe(1);
    };
    const notAppended = 'is not the one that was appended';
    refused({ event: { ...event, data: '{}' } }, notAppended);
    refused(
      { event: { ...event, metadata: (event.metadata as string).replace('09:', '08:') } },
      notAppended,
    );
    refused({ event: { ...event, revision: 4 } }, notAppended);
    refused({ previousHash: '1'.repeat(64) }, notAppended);
    refused({ hash: '1'.repeat(64) }, notAppended);
    refused({ leafIndex: 6 }, 'is not among those that were signed');
    refused({ leafIndex: 12 }, 'is not among those that were signed');
    refused({ auditPath: auditPath.toReversed() }, 'is not among those that were signed');
    refused({ auditPath: auditPath.slice(1) }, 'is not among those that were signed');
    refused({ checkpoint: note.replace('\n12\n', '\n13\n') }, 'was changed after it was signed');
    refused({ logId: 'another' }, 'its checkpoint is of');
  });

  it('takes no proof of growth with another path, size, root or order', async () => {
    const { dataDir, logFile, key } = audited;
    const now = readCheckpoint(note);
    const log = sqliteChainedLog(logFile);
    const tree = await grownTree(log, treeFileIn(dataDir));
    await log.close();
    const noteOf = (size: number, over: Partial<AuditCheckpoint> = {}) =>
      signCheckpoint({ ...now, size, root: rootOf(tree, size), ...over }, key);
    const growth = (old: number, size: number, over: object = {}) => {
      const path = consistencyProof(tree, old, size).map((each) => each.toString('hex'));
      const file = join(dataDir, 'growth.json');
      const format = 'care-brokerage-consistency-proof';
      const checkpoints = [noteOf(old), noteOf(size)];
      const whole = { format, version: 1, logId: now.logId, checkpoints, path };
      writeFileSync(file, JSON.stringify({ ...whole, ...over }));
      return python('--proof', file, '--public-key', keyFile);
    };
    for (const [old, size] of [
      [1, 12],
      [4, 12],
      [7, 11],
      [8, 9],
      [6, 7],
      [12, 12],
    ] as const) {
      expect(growth(old, size).stdout).toContain(`The log of ${size} events that was signed`);
    }
    const refused = (why: string, over: object) => {
      const { stdout, exitCode } = growth(7, 12, over);
      expect(stdout).toContain(why);
      expect(exitCode).toBe(1);
    };
    const shown = 'it does not show that the later log begins with the earlier one';
    const path = consistencyProof(tree, 7, 12).map((each) => each.toString('hex'));
    refused(shown, { path: path.toReversed() });
    refused(shown, { path: path.slice(1) });
    refused(shown, { path: [...path, '00'.repeat(32)] });
    refused(shown, { path: [] });
    refused(shown, { checkpoints: [noteOf(7, { root: Buffer.alloc(32) }), noteOf(12)] });
    refused(shown, { checkpoints: [noteOf(12), noteOf(7)] });
    refused('was changed after', {
      checkpoints: [noteOf(7).replace('\n7\n', '\n6\n'), noteOf(12)],
    });
    refused('not of the log', { logId: 'another' });
    const late = noteOf(7, { time: '2026-12-01T00:00:00.000Z' });
    refused('the longer log was signed earlier', { checkpoints: [late, noteOf(12)] });
    expect(growth(7, 12, { checkpoints: [noteOf(7)] }).exitCode).toBe(2);
    tree.close();
  }, 30_000);

  it('compares a proof with the export', () => {
    const lines = readFileSync(exported, 'utf8').split('\n');
    const cut = join(audited.dataDir, 'other.ndjson');
    const [head = '', ...rest] = lines;
    const other = JSON.parse(rest[7] ?? '') as { data: string; hash: string };
    writeFileSync(cut, [head, ...rest.with(7, JSON.stringify({ ...other, data: '1' }))].join('\n'));
    const { stdout, exitCode } = proven({}, '--export', cut);
    expect(stdout).toContain('The first bad event is at position 8');
    expect(exitCode).toBe(1);
  });

  it('says what it cannot check, and why', () => {
    const unusable = (why: string, ...args: readonly string[]): void => {
      const { exitCode, stdout } = python(...args);
      expect(stdout).toContain(why);
      expect(exitCode).toBe(2);
    };
    const file = join(mkdtempSync(join(tmpdir(), 'unusable-')), 'file');
    unusable('Nothing to check');
    unusable('cannot be read', '--export', file);
    unusable('give --public-key', '--export', exported, '--checkpoint', file);
    unusable('give --export', '--checkpoint', file, '--public-key', keyFile);
    writeFileSync(file, 'a letter\n');
    unusable('is no export', '--export', file);
    unusable('has no public key', '--export', exported, '--public-key', file);
    unusable('is no proof', '--proof', file, '--public-key', keyFile);
    const bytes = readFileSync(exported);
    writeFileSync(file, bytes);
    truncateSync(file, bytes.length - 5);
    unusable('ends in the middle of a line', '--export', file);
    rmSync(join(file, '..'), { recursive: true });
  });

  it('takes no line that two readers could understand in two ways', () => {
    const file = join(audited.dataDir, 'twice.ndjson');
    const text = readFileSync(exported, 'utf8');
    writeFileSync(file, text.replace('\n{"index":0,', '\n{"data":"{}","index":0,'));
    const { stdout, exitCode } = python('--export', file);
    expect(stdout).toContain('The first bad event is at line 2 of the export: it is no event');
    expect(exitCode).toBe(1);
  });

  it('checks a part of a log, and says what is missing', async () => {
    const part = join(audited.dataDir, 'part.ndjson');
    const log = sqliteChainedLog(audited.logFile);
    await exportLog(log, { file: part, from: 6 });
    await log.close();
    const { stdout, exitCode } = python('--export', part);
    expect(stdout).toContain('from number 6 on form one unbroken chain');
    expect(stdout).toContain('What came before event number 6 is not in the export');
    expect(exitCode).toBe(0);
    const file = join(audited.dataDir, 'note.txt');
    writeFileSync(file, note);
    const asked = python('--export', part, '--checkpoint', file, '--public-key', keyFile);
    expect(asked.stdout).toContain('export it without --from');
    expect(asked.exitCode).toBe(2);
  });

  it.each([
    ['no object', '[]'],
    ['no JSON', '{"index":'],
    ['half a sign', '{"index":0,"position":1,"stream":"\\ud800","revision":0}'],
  ])('names a line that is no event: %s', (_, line) => {
    const file = join(audited.dataDir, 'bad.ndjson');
    const [head = ''] = readFileSync(exported, 'utf8').split('\n');
    writeFileSync(file, `${head}\n${line}\n`);
    const { stdout, exitCode, stderr } = python('--export', file);
    expect(stderr).toBe('');
    expect(stdout).toContain('The first bad event is at line 2 of the export: it is no event');
    expect(exitCode).toBe(1);
  });
});
