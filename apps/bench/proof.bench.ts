import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AuditSigningKey } from '#eventstore/proof/audit-key.js';
import { CheckpointComparison } from '#eventstore/proof/checkpoint-comparison.js';
import { exportLog } from '#eventstore/proof/export-log.js';
import { proveInclusion } from '#eventstore/proof/inclusion.js';
import { signNext, treeFileIn, type SignedNow } from '#eventstore/proof/next-checkpoint.js';
import { sqliteChainedLog } from '#eventstore/proof/sqlite-chained-log.js';
import { openSqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { verifyLog } from '#eventstore/sqlite/verify-log.js';
import { projectRoot } from '#platform/config/project-root.js';
import * as figures from './harness.js';
import { writePlainLog } from './plain-log.js';
import { nextId, sampleEvent } from './sample-appends.js';
import type { Bench, Section } from './harness.js';

const rounds = 5;

/** What it costs to prove a log: scanning, signing, exporting, and the verifier in Python. */
export const proofBench: Bench = async ({ quick, directory }) => {
  const dataDir = join(directory, 'proof');
  const file = join(dataDir, 'events.db');
  const events = quick ? 20_000 : 400_000;
  await writePlainLog(file, events);
  const key = AuditSigningKey.ofPem(AuditSigningKey.newPem());
  const first = await figures.timed(() => signed(dataDir, key));
  const scan = await perSecond(file, events);
  const compared = await perSecond(file, events, first.result);
  await append(file);
  const next = await figures.timed(() => signed(dataDir, key));
  const again = await figures.timed(() => signed(dataDir, key));
  const log = sqliteChainedLog(file);
  const asked = { event: events >> 1, note: again.result.note };
  const proof = await figures.timed(() => proveInclusion(log, treeFileIn(dataDir), asked));
  const exported = join(dataDir, 'log.ndjson');
  const written = await figures.timed(() => exportLog(log, { file: exported }));
  await log.close();
  const keyFile = join(dataDir, 'key.txt');
  writeFileSync(keyFile, key.public.pem);
  const signedBy = ['--public-key', keyFile, '--checkpoint', again.result.file];
  const python = await figures.timed(() => Promise.resolve(verifiedByPython(exported, signedBy)));
  const total = written.result.events;
  const { atLeast, atMost, shortly, thousands } = figures;
  const rows = [
    ['verified events a second', thousands(scan)],
    ['the same, compared with a signed checkpoint', thousands(compared)],
    [
      `first checkpoint of ${thousands(events)} events (the tree is built), s`,
      shortly(first.seconds),
    ],
    ['next checkpoint, 1,000 events later, ms', shortly(next.seconds * 1000)],
    ['next checkpoint, nothing new, ms', shortly(again.seconds * 1000)],
    ['proof of one event, ms', shortly(proof.seconds * 1000)],
    ['kept tree, bytes an event', shortly(statSync(treeFileIn(dataDir)).size / total)],
    ['exported events a second', thousands(total / written.seconds)],
    ['events a second by verify.py, checkpoint compared', thousands(total / python.seconds)],
  ];
  return {
    id: 'proof',
    title: 'Proving the log',
    text: [
      `An embedded log of ${thousands(total)} events of 250 bytes of data and their metadata ` +
        `(${thousands(statSync(file).size / total)} bytes each in the file), read from the page cache; ` +
        `scans: median of ${rounds}. \`verify.py\` is the auditor's own verifier, one thread of Python.`,
    ],
    tables: [{ head: ['what', 'measured'], rows }],
    verdicts: [
      atLeast('proof: verified scan, 250 bytes of data', scan, 200_000, 'events/s'),
      atMost('proof: next checkpoint', next.seconds * 1000, 100, 'ms'),
    ],
  } satisfies Section;
};

async function signed(dataDir: string, key: AuditSigningKey): Promise<SignedNow> {
  const log = sqliteChainedLog(join(dataDir, 'events.db'));
  try {
    const now = await signNext(log, { dataDir, key, time: new Date().toISOString() });
    if (!now) throw new Error('nothing was signed');
    return now;
  } finally {
    await log.close();
  }
}

async function perSecond(file: string, events: number, given?: SignedNow): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const comparison =
      given && new CheckpointComparison(given.checkpoint.logId, [given.checkpoint]);
    const onLink = comparison && ((hash: Buffer) => comparison.add(hash));
    const { seconds, result } = await figures.timed(() => verifyLog(file, { onLink }));
    const why = result.fault?.why ?? comparison?.finished().find((each) => each.why)?.why;
    if (why !== undefined) throw new Error(why);
    rates.push(events / seconds);
  }
  return figures.median(rates);
}

async function append(file: string): Promise<void> {
  const store = await openSqliteStore({ file });
  await store.append(`visitWeek-${nextId()}`, Array.from({ length: 1_000 }, sampleEvent), 'none');
  await store.close();
}

function verifiedByPython(exported: string, args: readonly string[]): void {
  const script = join(projectRoot, 'apps/auditor/verify.py');
  const { status, stdout } = spawnSync('python3', [script, '--export', exported, ...args]);
  if (status !== 0) throw new Error(stdout.toString());
}
