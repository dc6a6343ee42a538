import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '#eventstore/event-store.js';
import { openSqliteStore, type SqliteStore } from '#eventstore/sqlite/sqlite.store.js';
import { checkLog } from './kill-check.js';
import type { SentCommand } from './killed-clients.js';
import { nextId, sampleEvent } from './sample-appends.js';

const eventOf = (commandId: string): NewEvent => {
  const event = sampleEvent();
  return { ...event, metadata: { ...event.metadata, commandId } };
};

const sent = (commandId: string, position?: number): SentCommand => ({
  ...{ commandId, person: 'broker', command: 'ReferPackage', fields: {}, attempts: 1 },
  ...(position !== undefined && { position }),
});

describe('The check of a killed log', () => {
  let folder: string;
  let store: SqliteStore;
  const file = () => join(folder, 'events.db');

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kill-check-'));
    store = await openSqliteStore({ file: file() });
  });

  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const record = async (commandId: string): Promise<number> =>
    (await store.append(`carePackage-${nextId()}`, [eventOf(commandId)], 'none')).position;

  const check = async (...commands: SentCommand[]) => {
    await store.close();
    return checkLog(file(), commands);
  };

  it('finds nothing where each command is at the position it answered', async () => {
    const [a, b] = [nextId(), nextId()];
    const commands = [sent(a, await record(a)), sent(b, await record(b))];
    expect(await check(...commands)).toEqual({
      ...{ events: 2, lost: [], doubled: [], recordedUnanswered: 0 },
    });
  });

  it('finds a command that was acknowledged and is not there', async () => {
    const [a, b] = [nextId(), nextId()];
    const position = await record(a);
    expect((await check(sent(a, position), sent(b, position + 1))).lost).toEqual([b]);
  });

  it('finds a command that is at another position than it answered', async () => {
    const [a, b] = [nextId(), nextId()];
    const position = await record(a);
    await record(b);
    expect((await check(sent(b, position))).lost).toEqual([b]);
  });

  it('finds a command that was recorded twice', async () => {
    const a = nextId();
    const position = await record(a);
    await record(a);
    expect((await check(sent(a, position))).doubled).toEqual([a]);
  });

  it('tells how many had taken effect before the connection broke', async () => {
    const a = nextId();
    const command = {
      ...sent(a, await record(a)),
      cutAtMs: Date.parse('2026-03-29T09:00:00.001Z'),
    };
    expect((await check(command)).recordedUnanswered).toBe(1);
  });
});
