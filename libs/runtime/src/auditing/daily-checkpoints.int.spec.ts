import { readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { soleLease, type Lease } from '#eventstore/lease.js';
import {
  auditedDirectory,
  appended,
  rechain,
  tamper,
  type AuditedDirectory,
} from '#eventstore/proof/audited.fixtures.js';
import { auditFolder, CheckpointFolder } from '#eventstore/proof/checkpoint-folder.js';
import { readCheckpoint } from '#eventstore/proof/signed-checkpoint.js';
import { sqliteChainedLog } from '#eventstore/proof/sqlite-chained-log.js';
import { logger } from '#platform/logging/logger.js';
import { DailyCheckpoints, newStanding, type CheckpointStanding } from './daily-checkpoints.js';
import { openSigningKey } from './signing-key.js';

/** Waits for a condition, ten seconds at most. */
async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('it did not come true');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('Daily checkpoints', () => {
  let audited: AuditedDirectory;
  let now: string;
  let standing: CheckpointStanding;
  let running: DailyCheckpoints[];

  beforeEach(async () => {
    audited = await auditedDirectory();
    [now, standing, running] = ['2026-10-24T22:59:59.999Z', newStanding(), []];
    logger.level = 'silent';
  });
  afterEach(async () => {
    for (const each of running) await each.close();
    audited.remove();
  });

  /** How often was looked whether a day has begun. */
  let looks = 0;
  const begun = (over: { url?: string; lease?: Lease } = {}): DailyCheckpoints => {
    const { dataDir, logFile, key } = audited;
    const log = sqliteChainedLog(logFile);
    void log.close();
    const fresh = new DailyCheckpoints(
      {
        ...{ dataDir, key, logId: log.logId, firstAfterMs: 1, everyMs: 1, url: over.url },
        now: () => {
          looks += 1;
          return now;
        },
        openLog: () => sqliteChainedLog(logFile),
      },
      over.lease ?? soleLease(),
      standing,
    );
    running.push(fresh);
    return fresh;
  };
  const names = () => new CheckpointFolder(audited.dataDir).names();
  const looked = async () => {
    const before = looks;
    await until(() => looks > before + 3);
  };

  it('are signed at the start, and again when a civil day has begun in London', async () => {
    begun();
    await until(() => names().length === 1);
    expect(standing.last).toMatchObject({ size: 12, time: now });
    await looked();
    expect(names()).toHaveLength(1);
    // Midnight in London, in summer time.
    now = '2026-10-24T23:00:00.000Z';
    await until(() => names().length === 2);
    // The clocks go back: this civil day has 25 hours.
    now = '2026-10-25T23:59:59.999Z';
    await looked();
    expect(names()).toHaveLength(2);
    now = '2026-10-26T00:00:00.000Z';
    await until(() => names().length === 3);
  });

  it('are not signed again by a restart on the same day', async () => {
    await (async () => {
      const first = begun();
      await until(() => names().length === 1);
      await first.close();
    })();
    standing = newStanding();
    begun();
    await looked();
    expect(names()).toHaveLength(1);
    expect(standing.last).toMatchObject({ size: 12 });
  });

  it('are never signed for a rewritten log: that is an alarm, until the log is brought back', async () => {
    begun();
    await until(() => names().length === 1);
    tamper(audited.logFile, (db) => {
      db.exec('UPDATE events SET type = (SELECT key FROM types), version = 2 WHERE position = 3');
      rechain(db);
    });
    now = '2026-10-25T12:00:00.000Z';
    await until(() => standing.inconsistent);
    await looked();
    expect(standing.failures.get('LogInconsistent')).toBeGreaterThan(0);
    expect(names()).toHaveLength(1);
    tamper(audited.logFile, (db) => {
      db.exec('UPDATE events SET version = 1 WHERE position = 3');
      rechain(db);
    });
    await until(() => names().length === 2);
    expect(standing.inconsistent).toBe(false);
  });

  it('are not signed by who has lost the lease', async () => {
    const lease = soleLease();
    await lease.release();
    const fresh = begun({ lease: { ...lease, ended: new AbortController().signal } });
    await looked();
    await fresh.close();
    expect(names()).toEqual([]);
    expect(standing.failures.size).toBe(0);
  });

  describe('that are posted', () => {
    let server: Server;
    let url: string;
    let answer: number;
    let taken: string[];
    beforeEach(async () => {
      [answer, taken] = [200, []];
      server = createServer((request, response) => {
        let body = '';
        request.on('data', (chunk: Buffer) => (body += chunk.toString()));
        request.on('end', () => {
          if (answer === 200) taken.push(body);
          response.writeHead(answer, { location: '/elsewhere' }).end();
        });
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    it('arrive once, in their order, whatever fails in between', async () => {
      answer = 503;
      const first = begun({ url });
      await until(() => (standing.failures.get('NotPosted') ?? 0) > 0);
      await appended(audited.logFile, 'd-1', 3);
      now = '2026-10-25T12:00:00.000Z';
      await until(() => names().length === 2);
      await first.close();
      answer = 200;
      begun({ url });
      await until(() => taken.length === 2);
      const sizes = taken.map((note) => readCheckpoint(note, audited.key.public).size);
      expect(sizes).toEqual([12, 15]);
      now = '2026-10-26T12:00:00.000Z';
      await until(() => taken.length === 3);
    });

    it('do not follow an answer to another address', async () => {
      answer = 307;
      begun({ url });
      await until(() => (standing.failures.get('NotPosted') ?? 0) > 0);
      expect(taken).toEqual([]);
    });
  });
});

describe('The signing key', () => {
  let audited: AuditedDirectory;
  beforeEach(async () => {
    audited = await auditedDirectory();
  });
  afterEach(() => {
    audited.remove();
  });

  it('is made once by development, for its owner alone', () => {
    const settings = { dataDir: audited.dataDir, audit: { makesKey: true } };
    const made = openSigningKey(settings)?.public.pem;
    expect(openSigningKey(settings)?.public.pem).toBe(made);
    const file = join(auditFolder(audited.dataDir), 'signing-key.pem');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('PRIVATE KEY');
  });

  it('is never made by production, which signs nothing without one', () => {
    const { dataDir } = audited;
    expect(openSigningKey({ dataDir, audit: { makesKey: false } })).toBeUndefined();
    const signingKey = join(dataDir, 'missing.pem');
    expect(() => openSigningKey({ dataDir, audit: { makesKey: false, signingKey } })).toThrow(
      'Set AUDIT_SIGNING_KEY to a PEM file',
    );
  });
});
