import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '#kernel/message-of.js';
import { categoryOf } from '#eventstore/event-store.js';
import { AuditSigningKey } from '#eventstore/proof/audit-key.js';
import { exportLog } from '#eventstore/proof/export-log.js';
import { signNext } from '#eventstore/proof/next-checkpoint.js';
import { sqliteChainedLog } from '#eventstore/proof/sqlite-chained-log.js';
import { LogReader } from '#eventstore/sqlite/log-reader.js';
import { verifyLog } from '#eventstore/sqlite/verify-log.js';
import { readConfig } from '#platform/config/config.js';
import { givenCheckpoint } from '../cli/audited-log.js';
import { GivenCheckpoints } from '../cli/verify-checkpoints.js';
import { python } from './python.js';

/** What one flipped bit did, by each verifier. */
export interface Flip {
  /** Which bit of the file. */
  readonly byte: number;
  readonly bit: number;
  /** What our verifier said of it; absent where it found nothing. */
  readonly ours?: string;
  /** Whether the other one found something, in an export of the log or in that there can be none. */
  readonly theirs: boolean;
  /** Everything that can be read of the log is what it was. */
  readonly harmless: boolean;
}

/** Neither found nor harmless: what must not be. */
export const isMissed = ({ ours, harmless }: Flip): boolean => ours === undefined && !harmless;

/**
 * Flips random bits of a closed log's file, one at a time, each in a fresh copy, and lets both
 * verifiers look. The same seed gives the same bits.
 *
 * @param directory holds `events.db`; what is needed beside it is written there
 */
export async function* bitFlips(
  directory: string,
  count: number,
  seed: number,
): AsyncGenerator<Flip> {
  const file = join(directory, 'events.db');
  const [copy, exported] = [join(directory, 'flipped.db'), join(directory, 'flipped.ndjson')];
  const bytes = readFileSync(file);
  const key = AuditSigningKey.ofPem(AuditSigningKey.newPem());
  const log = sqliteChainedLog(file);
  const time = new Date().toISOString();
  const checkpoint = (await signNext(log, { dataDir: directory, key, time }))?.file ?? '';
  await log.close();
  const keyFile = join(directory, 'public-key.txt');
  writeFileSync(keyFile, key.public.pem);
  const signed = ['--public-key', keyFile, '--checkpoint', checkpoint];
  const before = everythingIn(file);
  const draw = randomBelow(seed);
  for (let round = 0; round < count; round += 1) {
    const [byte, bit] = [draw(bytes.length), draw(8)];
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(byte) ^ (1 << bit), byte);
    for (const left of ['', '-wal', '-shm']) rmSync(`${copy}${left}`, { force: true });
    writeFileSync(copy, flipped);
    const ours = await whyByOurs(copy, directory, checkpoint, key);
    rmSync(exported, { force: true });
    const isExported = await exportedTo(copy, exported);
    const theirs = !isExported || python('--export', exported, ...signed).exitCode !== 0;
    const harmless = saidOr(() => everythingIn(copy)) === before;
    yield { byte, bit, ...(ours !== undefined && { ours }), theirs, harmless };
  }
}

async function whyByOurs(
  file: string,
  dataDir: string,
  checkpoint: string,
  key: AuditSigningKey,
): Promise<string | undefined> {
  const place = { config: readConfig({ DATA_DIR: dataDir }), dataDir, logFile: file };
  const given = new GivenCheckpoints(place, [givenCheckpoint(checkpoint, key.public)]);
  try {
    const { fault } = await verifyLog(file, { onLink: await given.listener() });
    return fault?.why ?? (await given.findings()).find(({ ok }) => !ok)?.why;
  } catch (error) {
    return messageOf(error);
  }
}

async function exportedTo(file: string, exported: string): Promise<boolean> {
  try {
    const log = sqliteChainedLog(file);
    try {
      await exportLog(log, { file: exported });
      return true;
    } finally {
      await log.close();
    }
  } catch {
    return false;
  }
}

/** What the service can read of a log: all of it in order, by stream, by type and by category. */
function everythingIn(file: string): string {
  const reader = new LogReader(file);
  try {
    const { events } = reader.readAll({ limit: 1_000_000 });
    const streams = new Set(events.map(({ stream }) => stream));
    const types = new Set(events.map(({ type }) => type));
    const categories = new Set([...streams].map(categoryOf));
    const limit = 1_000_000;
    return JSON.stringify([
      ...[reader.logId, events],
      [...streams].map((stream) => reader.read(stream, { limit })),
      [...streams].map((stream) => reader.read(stream, { limit, direction: 'backwards' })),
      [...types].map((type) => reader.readAll({ limit, filter: { types: [type] } })),
      [...categories].map((each) => reader.readAll({ limit, filter: { categories: [each] } })),
    ]);
  } finally {
    reader.close();
  }
}

function saidOr(reading: () => string): string | undefined {
  try {
    return reading();
  } catch {
    return undefined;
  }
}

/** Mulberry32: numbers below a bound, the same for the same seed. */
function randomBelow(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}
