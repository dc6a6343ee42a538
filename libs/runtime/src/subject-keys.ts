import { join } from 'node:path';
import { EsdbKeys } from '#eventstore/esdb/esdb-keys.js';
import type { EsdbStore } from '#eventstore/esdb/esdb.store.js';
import { KeyStore } from '#eventstore/key-store.js';
import { masterIdOf } from '#eventstore/key-wrapping.js';
import { memoryKeys, type SubjectKeys } from '#eventstore/subject-keys.js';
import type { KeptKeys } from './erasures.js';
import { ensure } from './keys.rules.js';
import { MasterKeyFile } from './master-key.js';

/** The settings that say where people's keys are. */
export interface KeySettings {
  readonly dataDir: string;
  readonly store: string;
  readonly masterKey?: string;
}

/** What a rotation of the master key did. */
export interface Rotation {
  /** Keys of people that are wrapped anew. */
  readonly rewrapped: number;
  /** Names the new master key without telling it. */
  readonly masterId: string;
  /** Where the new master key is kept. */
  readonly keptIn: 'master.key' | 'NEW_MASTER_KEY';
}

/** The keys of people of one service, and how their master key is replaced. */
export interface RuntimeKeys {
  readonly subjects: SubjectKeys;
  /** `undefined` where keys live as long as the process. */
  readonly store: KeptKeys | undefined;
  /** @param newMaster 64 hex digits, where `MASTER_KEY` gave the present one */
  rotate(newMaster: string | undefined): Rotation | Promise<Rotation>;
  close(): void;
}

/** Opens `keys.db`. Throws `KeysUnusable` with what to do. */
export function openSubjectKeys(settings: KeySettings, logHead: number): RuntimeKeys {
  if (settings.store === 'memory') return keysInMemory();
  const { dataDir, masterKey } = settings;
  const file = join(dataDir, 'keys.db');
  const keyFile = MasterKeyFile.in(dataDir);
  const master = masterKey
    ? Buffer.from(masterKey, 'hex')
    : keyFile.read(KeyStore.masterIdIn(file));
  const store = KeyStore.open({ file, master, logHead });
  return {
    subjects: store,
    store,
    rotate: (given) => (masterKey ? rotateTo(store, given) : rotateFile(store, keyFile)),
    close: () => {
      store.close();
    },
  };
}

/** Opens the keys that all nodes share. Throws `KeysUnusable` with what to do. */
export async function openSharedKeys(
  { dataDir, masterKey }: KeySettings,
  store: EsdbStore,
): Promise<RuntimeKeys> {
  const master = masterKey
    ? Buffer.from(masterKey, 'hex')
    : MasterKeyFile.in(dataDir).read(undefined);
  const keys = await EsdbKeys.open(store, master);
  return {
    subjects: keys,
    store: keys,
    rotate: async (given) => {
      const next = Buffer.from(newMasterOf(given), 'hex');
      const rewrapped = await keys.rotate(next);
      return { rewrapped, masterId: masterIdOf(next), keptIn: 'NEW_MASTER_KEY' };
    },
    close: () => undefined,
  };
}

const keysInMemory = (): RuntimeKeys => ({
  subjects: memoryKeys(),
  store: undefined,
  rotate: () => {
    ensure(false, 'KeysAreNotStored');
    throw new Error('unreachable');
  },
  close: () => undefined,
});

function newMasterOf(given: string | undefined): string {
  ensure(given !== undefined && /^[0-9a-fA-F]{64}$/.test(given), 'NewMasterKeyMissing');
  return given;
}

/** The operator brings the new key, and sets it as `MASTER_KEY` for the next start. */
function rotateTo(store: KeyStore, given: string | undefined): Rotation {
  const master = Buffer.from(newMasterOf(given), 'hex');
  // Sent twice: the first one did it.
  const isDone = masterIdOf(master) === store.masterId;
  const rewrapped = isDone ? store.count : store.rotate(master);
  return { rewrapped, masterId: masterIdOf(master), keptIn: 'NEW_MASTER_KEY' };
}

function rotateFile(store: KeyStore, keyFile: MasterKeyFile): Rotation {
  const master = keyFile.prepare();
  const rewrapped = store.rotate(master);
  keyFile.replace();
  return { rewrapped, masterId: masterIdOf(master), keptIn: 'master.key' };
}
