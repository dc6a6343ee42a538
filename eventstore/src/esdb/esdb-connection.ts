import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '#kernel/message-of.js';
import { StoreUnavailable } from '../event-store.js';
import type { EsdbDialect, EsdbLibraryClient } from './esdb-client.js';
import { isCluster, leaderOf } from './esdb-discovery.js';
import { esdbDialect } from './esdb-dialects.js';
import type { EsdbSettings } from './esdb-settings.js';
import { failureOf } from './outage.js';

const firstPauseMs = 50;
const longestPauseMs = 2_000;
/** How long calls are tried once the process is about to end. */
const lastPatienceMs = 1_000;
/** What still runs on a client that was replaced may end before it is closed. */
const graceMs = 30_000;

type EsdbWork = 'append' | 'read' | 'subscription' | 'seal';

/** Told of what the network does; nothing waits for it. */
export interface EsdbSigns {
  readonly onOutage?: (what: EsdbWork, error: unknown) => void;
  readonly onReplaced?: () => void;
}

/**
 * The one client of a store, always of one node: of a cluster the leader, found anew whenever it is
 * replaced. A read that fails replaces it, since an instance whose first read met a dead server
 * never reads again; in a cluster every failure does. Appends that still run on the old one go on
 * there.
 */
export class EsdbConnection {
  private connecting: Promise<EsdbLibraryClient> | undefined;
  private client: EsdbLibraryClient | undefined;
  private replacedAt = 0;
  private readonly retired = new Set<NodeJS.Timeout>();
  private open = true;
  private hurriedAt: number | undefined;
  private readonly inCluster: boolean;

  private constructor(
    readonly settings: EsdbSettings,
    readonly dialect: EsdbDialect,
    readonly signs: EsdbSigns,
  ) {
    this.inCluster = isCluster(settings.connection);
  }

  static async to(settings: EsdbSettings, signs: EsdbSigns = {}): Promise<EsdbConnection> {
    return new EsdbConnection(settings, await esdbDialect(settings.library), signs);
  }

  /** Throws `StoreUnavailable` once closed; rejects while the cluster has no leader. */
  async current(): Promise<EsdbLibraryClient> {
    if (!this.open) throw new StoreUnavailable('the store is closed');
    if (this.client) return this.client;
    this.connecting ??= this.connect().finally(() => {
      this.connecting = undefined;
    });
    return this.connecting;
  }

  private async connect(): Promise<EsdbLibraryClient> {
    const { library, connection } = this.settings;
    const node = this.inCluster ? await leaderOf(library, connection) : connection;
    this.client = this.dialect.connect(node);
    return this.client;
  }

  /** Replaces the client that failed, unless someone else has replaced it already. */
  replace(failed: EsdbLibraryClient): void {
    if (!this.open || failed !== this.client) return;
    this.client = undefined;
    this.replacedAt += 1;
    this.signs.onReplaced?.();
    const timer = setTimeout(() => {
      this.retired.delete(timer);
      void dispose(failed);
    }, graceMs);
    timer.unref();
    this.retired.add(timer);
  }

  /** A failed call says so: where a cluster may have another leader by now, that one is looked for. */
  failed(client: EsdbLibraryClient, what: 'append' | 'read' | 'subscription'): void {
    if (what === 'read' || this.inCluster) this.replace(client);
  }

  /** How often the client was replaced. */
  get replacements(): number {
    return this.replacedAt;
  }

  /**
   * Tries until it succeeds, is refused, or patience ends in `StoreUnavailable`; pauses grow and are
   * jittered, so that nodes do not come back at once.
   */
  async tried<Result>(
    what: 'append' | 'read',
    run: (client: EsdbLibraryClient, attempt: number) => Promise<Result>,
  ): Promise<Result> {
    const patientUntil = Date.now() + this.settings.patienceMs;
    for (let attempt = 0; ; attempt += 1) {
      let client: EsdbLibraryClient | undefined;
      try {
        client = await this.current();
        return await run(client, attempt);
      } catch (error) {
        if (error instanceof StoreUnavailable || failureOf(error) !== 'outage') throw error;
        this.signs.onOutage?.(what, error);
        if (client) this.failed(client, what);
        const ms = backOff(attempt);
        if (Date.now() + ms > this.hurried(patientUntil)) throw unavailable(what, error);
        await pause(ms);
      }
    }
  }

  /** From now on what fails is given up soon, so that a process can end while its server is away. */
  hurry(): void {
    this.hurriedAt ??= Date.now();
  }

  private hurried(until: number): number {
    return this.hurriedAt === undefined ? until : Math.min(until, this.hurriedAt + lastPatienceMs);
  }

  async close(): Promise<void> {
    if (!this.open) return;
    this.open = false;
    for (const timer of this.retired) clearTimeout(timer);
    if (this.client) await dispose(this.client);
  }
}

/**
 * A limit for a try after so many that failed: were it always the same, callers that are too many for
 * a slow server would give up and begin again for ever.
 */
export const patient = (ms: number, attempt: number): number => ms * 2 ** Math.min(attempt, 4);

/** Half of it is chance. */
export const backOff = (attempt: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2);

/** Rejects when nothing came for so long; what comes later is dropped. */
export function within<Result>(
  ms: number,
  running: Promise<Result>,
  what: string,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new NoAnswer(`${what} had no answer for ${ms} ms`));
    }, ms);
    running.then(
      (result) => {
        clearTimeout(timer);
        resolve(result);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/** The server did not answer in time; what an append did is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const unavailable = (what: string, error: unknown): StoreUnavailable =>
  new StoreUnavailable(`EventStoreDB does not answer (${what}): ${messageOf(error)}`);

const dispose = (client: EsdbLibraryClient): Promise<void> =>
  client.dispose().catch(() => undefined);
