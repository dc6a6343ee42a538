import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { StartedApi } from '../started-api.js';

/** What was planted, and what of the log may be asked for. */
export interface Planted {
  readonly known: readonly [string, readonly string[]][];
  readonly canaries: readonly [field: string, word: string][];
  readonly values: readonly string[];
  /** Personal fields of commands that no command of the council fills. */
  readonly unplanted: readonly string[];
  /** Planted fields that no event keeps. */
  readonly unrecorded: readonly string[];
}

/** A service over a council with a canary in each personal field. */
export interface PlantedApi {
  readonly api: StartedApi;
  readonly dataDir: string;
  /** Starts again without read models. */
  rebuild(): Promise<void>;
  readonly planted: Planted;
  stop(): Promise<void>;
}

const playerFile = fileURLToPath(new URL('./planted-directory.js', import.meta.url));

export async function startPlantedApi(): Promise<PlantedApi> {
  const folder = await mkdtemp(join(tmpdir(), 'canary-'));
  const dataDir = join(folder, 'data');
  const answerFile = join(folder, 'planted.json');
  await promisify(execFile)(process.execPath, [playerFile, dataDir, answerFile]);
  const planted = JSON.parse(await readFile(answerFile, 'utf8')) as Planted;
  const start = () => StartedApi.start({ dataDir, environment: { LOG_LEVEL: 'trace' } });
  let api = await start();
  return {
    ...{ dataDir, planted },
    get api() {
      return api;
    },
    async rebuild() {
      await api.stop();
      await rm(join(dataDir, 'read'), { recursive: true });
      api = await start();
    },
    async stop() {
      await api.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
