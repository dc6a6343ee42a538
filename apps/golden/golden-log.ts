import { createReadStream, createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { KeptKey, RawEvent, RawLog } from '#eventstore/copy/raw-log.js';

const logName = 'log.ndjson.gz';
const keysName = 'keys.json';
const expectedName = 'expected.json';
const eventsPerPage = 1_000;

/** What a golden log gave when it was recorded, and is to give for ever. */
export interface Expected {
  /** The software that recorded it. */
  readonly software: string;
  readonly events: number;
  /** The chain's hash at the last event; 64 hex digits. */
  readonly hash: string;
  readonly decisions: number;
  readonly erasedDecisions: number;
  /** Rows and hash of each table of each read model, by `<name>@<version>.db <table>`. */
  readonly readModels: Readonly<Record<string, string>>;
}

/** The keys of invented people, as their key store keeps them. */
interface GoldenKeys {
  /** 64 hex digits. */
  readonly master: string;
  readonly keys: readonly (
    | { readonly subject: string; readonly wrapped: string; readonly masterId: string }
    | { readonly subject: string; readonly erasedAt: string }
  )[];
}

/** A log of a released version, kept as text so that nothing has to read its old files. */
export class GoldenLog {
  constructor(readonly directory: string) {}

  get expected(): Expected {
    return JSON.parse(readFileSync(join(this.directory, expectedName), 'utf8')) as Expected;
  }

  expect(expected: Expected): void {
    const text = `${JSON.stringify(expected, undefined, 2)}\n`;
    writeFileSync(join(this.directory, expectedName), text);
  }

  /** The master key that its people's keys are wrapped with; 64 hex digits. */
  get master(): string {
    return this.kept.master;
  }

  /** Keeps a log as it lies. */
  async keep(log: RawLog, master: string): Promise<void> {
    const lines = async function* () {
      for await (const page of log.events()) {
        for (const event of page) yield `${JSON.stringify(event)}\n`;
      }
    };
    const file = createWriteStream(join(this.directory, logName));
    await pipeline(Readable.from(lines()), createGzip({ level: 9 }), file);
    const keys: GoldenKeys['keys'][number][] = [];
    for await (const key of log.keys()) {
      keys.push('wrapped' in key ? { ...key, wrapped: key.wrapped.toString('base64') } : key);
    }
    writeFileSync(join(this.directory, keysName), JSON.stringify({ master, keys }));
  }

  /** The log as it lay. */
  get raw(): RawLog {
    const file = join(this.directory, logName);
    const { keys } = this.kept;
    return {
      ...{ logId: 'golden', total: undefined },
      async *events() {
        const text = createReadStream(file).pipe(createGunzip());
        let page: RawEvent[] = [];
        for await (const line of createInterface({ input: text })) {
          page.push(JSON.parse(line) as RawEvent);
          if (page.length < eventsPerPage) continue;
          yield page;
          page = [];
        }
        if (page.length > 0) yield page;
      },
      checkpoints: () => Promise.resolve(new Map()),
      // eslint-disable-next-line @typescript-eslint/require-await -- other logs' keys are fetched
      async *keys() {
        for (const key of keys) yield keptKey(key);
      },
      close: () => Promise.resolve(),
    };
  }

  private get kept(): GoldenKeys {
    return JSON.parse(readFileSync(join(this.directory, keysName), 'utf8')) as GoldenKeys;
  }
}

const keptKey = (key: GoldenKeys['keys'][number]): KeptKey =>
  'wrapped' in key ? { ...key, wrapped: Buffer.from(key.wrapped, 'base64') } : key;
