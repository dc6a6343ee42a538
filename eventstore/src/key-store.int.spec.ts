import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { KeyStore, KeysUnusable } from './key-store.js';
import { seal, unseal } from './sealing.js';

describe('The key store', () => {
  let directory: string;
  let file: string;
  const master = randomBytes(32);
  const opened: KeyStore[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'keys-'));
    file = join(directory, 'keys.db');
  });
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    rmSync(directory, { recursive: true });
  });

  const open = (over: { master?: Uint8Array; logHead?: number } = {}) => {
    const store = KeyStore.open({ file, master, logHead: 0, ...over });
    opened.push(store);
    return store;
  };
  /** All bytes of the store's files. */
  const bytes = () =>
    Buffer.concat(readdirSync(directory).map((n) => readFileSync(join(directory, n))));

  it('gives one random key to each subject, the same after a restart', async () => {
    const store = open();
    const key = store.keyFor('person-1');
    expect(key).toHaveLength(32);
    expect(store.keyFor('person-1')).toEqual(key);
    expect(store.keyFor('person-2')).not.toEqual(key);
    await store.durable();
    store.close();
    expect(open({ logHead: 9 }).existingKey('person-1')).toEqual(key);
  });

  it('keeps what it called durable when the process is killed', async () => {
    const store = open();
    const key = store.keyFor('person-1');
    expect(store.durable()).toBeDefined();
    await store.durable();
    expect(store.durable()).toBeUndefined();
    // A second connection sees what a process started after the kill would.
    const seen = open();
    expect(seen.existingKey('person-1')).toEqual(key);
  });

  it('commits keys asked for at once together', async () => {
    const store = open();
    store.keyFor('person-1');
    const first = store.durable();
    store.keyFor('person-2');
    expect(store.durable()).toBe(first);
    await first;
    expect(store.count).toBe(2);
  });

  it('holds no key in clear', async () => {
    const store = open();
    const key = Buffer.from(store.keyFor('person-1') ?? []);
    await store.durable();
    expect(bytes().includes(key)).toBe(false);
    expect(bytes().includes(Buffer.from(master))).toBe(false);
  });

  it('is opened by its own master key alone, and says so', async () => {
    const store = open();
    store.keyFor('person-1');
    await store.durable();
    store.close();
    expect(() => open({ master: randomBytes(32) })).toThrow(KeysUnusable);
    expect(() => open({ master: randomBytes(32) })).toThrow(/Set MASTER_KEY/);
    expect(open().existingKey('person-1')).toBeDefined();
  });

  it('is not made anew beside a log with events', () => {
    expect(() => open({ logHead: 1 })).toThrow(/Bring it back from its backup/);
    expect(readdirSync(directory)).toEqual([]);
    expect(open({ logHead: 0 }).count).toBe(0);
  });

  describe('when a person is erased', () => {
    it('destroys the key for good: no byte of its wrap is left in any file', async () => {
      const store = open();
      const sealed = seal('Ottoline', 'person-1', store);
      await store.durable();
      const other = new Database(file, { readonly: true });
      const wrapped = other.prepare('SELECT wrapped FROM keys').pluck().get() as Buffer;
      other.close();
      expect(bytes().includes(wrapped)).toBe(true);
      store.erase('person-1');
      expect(bytes().includes(wrapped)).toBe(false);
      expect(unseal(sealed, store)).toEqual({ $erased: 'person-1' });
      expect(store.keyFor('person-1')).toBeUndefined();
    });

    it('remembers it over a restart, and leaves the others', async () => {
      const store = open();
      store.keyFor('person-1');
      store.keyFor('person-2');
      await store.durable();
      store.erase('person-1');
      store.erase('person-1');
      store.close();
      const again = open();
      expect(again.isErased('person-1')).toBe(true);
      expect(again.keyFor('person-1')).toBeUndefined();
      expect(again.existingKey('person-2')).toBeDefined();
    });
  });

  describe('when the master key is rotated', () => {
    const next = randomBytes(32);

    it('opens with the new one alone, every key as it was', async () => {
      const store = open();
      const keys = ['a', 'b', 'c'].map((subject) => store.keyFor(subject));
      await store.durable();
      const late = store.keyFor('d');
      expect(store.rotate(next)).toBe(4);
      expect(store.keyFor('a')).toEqual(keys[0]);
      store.close();
      expect(() => open()).toThrow(KeysUnusable);
      const again = open({ master: next });
      expect(['a', 'b', 'c'].map((subject) => again.existingKey(subject))).toEqual(keys);
      expect(again.existingKey('d')).toEqual(late);
    });

    it('leaves no wrap under the old one in any file', async () => {
      const store = open();
      store.keyFor('person-1');
      await store.durable();
      const before = new Database(file, { readonly: true });
      const wrapped = before.prepare('SELECT wrapped FROM keys').pluck().get() as Buffer;
      before.close();
      store.rotate(next);
      expect(bytes().includes(wrapped)).toBe(false);
    });

    it('changes nothing when one key cannot be opened', async () => {
      const store = open();
      store.keyFor('a');
      store.keyFor('b');
      await store.durable();
      store.close();
      const spoiled = new Database(file);
      spoiled.prepare("UPDATE keys SET wrapped = zeroblob(60) WHERE subject = 'b'").run();
      spoiled.close();
      const again = open();
      expect(() => again.rotate(next)).toThrow();
      expect(again.existingKey('a')).toBeDefined();
      again.close();
      expect(open().existingKey('a')).toBeDefined();
    });
  });
});
