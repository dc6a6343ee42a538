import { setTimeout as pause } from 'node:timers/promises';
import { freshStream, sampleEvents } from '../sample-events.js';
import { esdbSettings, type EsdbLibrary } from './esdb-settings.js';
import { openEsdbStore, type EsdbStore } from './esdb.store.js';

/** Short, so that a spec waits for a deadline and not for a minute. */
const limits = { appendDeadlineMs: 400, patienceMs: 15_000, readSilenceMs: 600 };
/** Within so many milliseconds after the network is whole again followers have everything. */
const caughtUpWithinMs = 10_000;

export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const began = Date.now(); !(await isSo()); await pause(20)) {
    if (Date.now() - began > caughtUpWithinMs) throw new Error(`${what} did not happen`);
  }
}

/** A store that is written to and followed, and knows what was acknowledged. */
export class Witness {
  private readonly seen: string[] = [];
  private readonly acknowledged: string[] = [];
  private readonly unhandled: unknown[] = [];
  private readonly stopped = new AbortController();
  private readonly note = (error: unknown): void => void this.unhandled.push(error);
  private following: Promise<void> | undefined;

  private constructor(readonly store: EsdbStore) {
    process.on('unhandledRejection', this.note);
  }

  static async of(url: string, library: EsdbLibrary): Promise<Witness> {
    const witness = new Witness(
      await openEsdbStore({ ...esdbSettings(url, { library }), ...limits }),
    );
    witness.following = witness.follow();
    return witness;
  }

  async append(stream = freshStream(), count = 2): Promise<string> {
    const events = sampleEvents(count);
    await this.store.append(stream, events, 'none');
    this.acknowledged.push(...events.map(({ id }) => id));
    return stream;
  }

  appendMany(count: number): Promise<readonly string[]> {
    return Promise.all(Array.from({ length: count }, () => this.append()));
  }

  /** Everything acknowledged is in the log, once; the follower has the log, in its order. */
  async sawEverythingOnce(): Promise<void> {
    const ids: string[] = [];
    for (let after = 0, caughtUp = false; !caughtUp;) {
      const page = await this.store.readAll({ after });
      ids.push(...page.events.map(({ id }) => id));
      ({ upTo: after, caughtUp } = page);
    }
    const inLog = new Set(ids);
    expect(inLog.size).toBe(ids.length);
    expect(this.acknowledged.filter((id) => !inLog.has(id))).toEqual([]);
    await until('the follower’s catching up', () => this.seen.length >= ids.length);
    expect(this.seen).toEqual(ids);
    expect(this.store.health()).toEqual({ writable: true });
    expect(this.unhandled).toEqual([]);
  }

  async end(): Promise<void> {
    this.stopped.abort();
    await this.following;
    await this.store.close();
    process.off('unhandledRejection', this.note);
  }

  private async follow(): Promise<void> {
    for await (const page of this.store.subscribe(0, { signal: this.stopped.signal })) {
      this.seen.push(...page.events.map(({ id }) => id));
    }
  }
}
