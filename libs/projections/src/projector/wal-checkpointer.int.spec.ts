import { statSync } from 'node:fs';
import { join } from 'node:path';
import { inMemory, ProjectionFile } from './projection-file.js';
import { broker, SampleLog } from './sample-log.js';
import { planned, sampleVisits } from './sample-visits.js';
import { backlogLimit, WalCheckpointer } from './wal-checkpointer.js';

describe('the write-ahead log of a read file', () => {
  let log: SampleLog;
  beforeEach(() => {
    log = new SampleLog();
  });
  afterEach(() => log.remove());

  const fill = (file: ProjectionFile, rows: number) => {
    const insert = file.writer.prepare('REPLACE INTO _counters VALUES (?, ?)');
    for (let n = 0; n < rows; n += 1) insert.run(`key-${n}`, 'x'.repeat(3_000));
  };

  it('begins anew after a checkpoint in the thread', async () => {
    const path = join(log.directory, 'sample.db');
    const file = ProjectionFile.create(sampleVisits, path, 'log');
    const checkpointer = new WalCheckpointer();
    expect(file.walBacklog()).toBe(0);
    fill(file, 50);
    expect(file.walBacklog()).toBeGreaterThan(50);
    await checkpointer.checkpoint(path);
    expect(file.walBacklog()).toBe(0);
    const grown = statSync(`${path}-wal`).size;
    fill(file, 5);
    expect(statSync(`${path}-wal`).size).toBe(grown);
    await checkpointer.stop();
    file.close();
  });

  it('does not hold up its writer when there is no such file', async () => {
    const checkpointer = new WalCheckpointer();
    await checkpointer.checkpoint(join(log.directory, 'none.db'));
    await checkpointer.stop();
  });

  it('lets those go on who wait when the service stops', async () => {
    const checkpointer = new WalCheckpointer();
    const waiting = checkpointer.checkpoint(join(log.directory, 'none.db'));
    await checkpointer.stop();
    await waiting;
  });

  it('has no backlog in memory', () => {
    expect(ProjectionFile.create(sampleVisits, inMemory, 'log').walBacklog()).toBe(0);
  });

  it('stays bounded while a long log is folded', async () => {
    const on = 'x'.repeat(4_000);
    for (let page = 0; page < 8; page += 1) {
      const visits = Array.from({ length: 500 }, (_, n) => planned(`v${page}-${n}`, 'p1', on));
      await log.append(...visits);
    }
    const runner = await log.start([sampleVisits], { pageSize: 100 });
    await runner.caughtUp();
    expect(runner.reader(sampleVisits).count(broker, 'visit')).toBe(4_000);
    const { size } = statSync(join(log.directory, 'read', 'sample-visits@1.db-wal'));
    const { size: whole } = statSync(join(log.directory, 'read', 'sample-visits@1.db'));
    expect(whole).toBeGreaterThan(backlogLimit * 4_096);
    expect(size).toBeLessThan(2 * backlogLimit * 4_096);
  });
});
