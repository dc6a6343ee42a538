import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidV7 } from '#kernel/ids.js';
import { createMemoryStore } from '#eventstore/memory.store.js';
import { applyErasures } from './erasures.js';
import { openSubjectKeys, type RuntimeKeys } from './subject-keys.js';

describe('The keys of a service', () => {
  let dataDir: string;
  const opened: RuntimeKeys[] = [];

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'subject-keys-'));
  });
  afterEach(() => {
    for (const keys of opened.splice(0)) keys.close();
    rmSync(dataDir, { recursive: true });
  });

  const open = (masterKey?: string, logHead = 0): RuntimeKeys => {
    const keys = openSubjectKeys(
      { dataDir, store: 'embedded', ...(masterKey && { masterKey }) },
      logHead,
    );
    opened.push(keys);
    return keys;
  };
  const keyOf = async (keys: RuntimeKeys, subject = 'person-1') => {
    const key = keys.subjects.keyFor(subject);
    await keys.subjects.durable();
    return Buffer.from(key ?? []).toString('hex');
  };
  const masterFile = () => join(dataDir, 'master.key');

  it('have a master key that only its owner may read, in development', async () => {
    await keyOf(open());
    expect(statSync(masterFile()).mode & 0o777).toBe(0o600);
    expect(readFileSync(masterFile(), 'utf8')).toMatch(/^[0-9a-f]{64}$/);
  });

  describe('whose rotation was interrupted', () => {
    it('before the keys were wrapped anew go on with the old master key', async () => {
      const keys = open();
      const key = await keyOf(keys);
      keys.close();
      writeFileSync(`${masterFile()}.next`, 'cd'.repeat(32), { mode: 0o600 });
      const again = open();
      expect(await keyOf(again)).toBe(key);
      expect(again.rotate(undefined)).toMatchObject({ rewrapped: 1 });
      expect(await keyOf(again)).toBe(key);
    });

    it('after that finish it with the new one', async () => {
      const keys = open();
      const key = await keyOf(keys);
      const old = readFileSync(masterFile());
      await keys.rotate(undefined);
      keys.close();
      copyFileSync(masterFile(), `${masterFile()}.next`);
      writeFileSync(masterFile(), old);
      expect(await keyOf(open())).toBe(key);
      expect(readFileSync(masterFile())).not.toEqual(old);
    });
  });

  describe('in production', () => {
    const [first, second] = ['ab'.repeat(32), 'cd'.repeat(32)];

    it('are rotated to a key that the operator brings', async () => {
      const keys = open(first);
      const key = await keyOf(keys);
      expect(() => keys.rotate(undefined)).toThrow(/set NEW_MASTER_KEY/);
      expect(() => keys.rotate('ab')).toThrow(/set NEW_MASTER_KEY/);
      expect(keys.rotate(second)).toMatchObject({ rewrapped: 1, keptIn: 'NEW_MASTER_KEY' });
      expect(keys.rotate(second)).toMatchObject({ rewrapped: 1 });
      keys.close();
      expect(() => open(first)).toThrow(/Set MASTER_KEY to the one of the last rotation/);
      expect(await keyOf(open(second))).toBe(key);
    });
  });

  describe('of a person whom the log says was erased', () => {
    const personId = 'person-1';
    const erasedLog = async () => {
      const store = createMemoryStore();
      const id = uuidV7(1, '0123456789abcdef0123');
      const metadata = {
        ...{ commandId: id, recordedAt: '2026-03-02T09:00:00.000Z' },
        actor: { id: 'administrator', roles: ['administrator'] as const },
      };
      const event = { id, type: 'PersonErased', version: 1, data: { personId }, metadata };
      await store.append(`serviceUser-${personId}`, [event], 'none');
      return store;
    };
    const apply = async ({ store }: RuntimeKeys) =>
      store ? applyErasures(await erasedLog(), store) : undefined;

    it('are destroyed at the start where the process ended before (X29)', async () => {
      const keys = open();
      await keyOf(keys, personId);
      await keyOf(keys, 'person-2');
      expect(await apply(keys)).toBe(1);
      expect(keys.subjects.existingKey(personId)).toBeUndefined();
      expect(keys.subjects.existingKey('person-2')).toBeDefined();
      expect(await apply(keys)).toBe(0);
    });

    it('are destroyed again in a key store from an older backup (X29)', async () => {
      const keys = open();
      await keyOf(keys, personId);
      keys.close();
      const backup = join(dataDir, 'backup');
      copyFileSync(join(dataDir, 'keys.db'), backup);
      const erasing = open();
      await apply(erasing);
      erasing.close();
      copyFileSync(backup, join(dataDir, 'keys.db'));
      const restored = open();
      expect(restored.subjects.existingKey(personId)).toBeDefined();
      expect(await apply(restored)).toBe(1);
      expect(restored.subjects.existingKey(personId)).toBeUndefined();
    });

    it('stay destroyed where the log is from an older backup (X29)', async () => {
      const keys = open();
      await keyOf(keys, personId);
      await apply(keys);
      expect(await applyErasures(createMemoryStore(), keys.store as never)).toBe(0);
      expect(keys.subjects.keyFor(personId)).toBeUndefined();
    });
  });
});
