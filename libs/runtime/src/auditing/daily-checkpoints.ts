import { setTimeout as pause } from 'node:timers/promises';
import { civilDateOf } from '#kernel/time.js';
import { LeaseLost, type Lease } from '#eventstore/lease.js';
import type { AuditSigningKey } from '#eventstore/proof/audit-key.js';
import type { ChainedLog } from '#eventstore/proof/chained-log.js';
import { CheckpointFolder } from '#eventstore/proof/checkpoint-folder.js';
import { LogInconsistent } from '#eventstore/proof/log-tree.js';
import { signNext } from '#eventstore/proof/next-checkpoint.js';
import { foreground } from '#platform/courtesy/foreground.js';
import { logger } from '#platform/logging/logger.js';
import { CheckpointPost } from './checkpoint-post.js';

export interface DailyCheckpointsOptions {
  readonly dataDir: string;
  readonly logId: string;
  readonly key: AuditSigningKey;
  /** Opened for each checkpoint, and closed. */
  readonly openLog: () => Promise<ChainedLog> | ChainedLog;
  readonly now: () => string;
  /** Where each checkpoint is posted to. */
  readonly url?: string | undefined;
  /** Default 5 s: the start has better things to do. */
  readonly firstAfterMs?: number;
  /** How often it is looked whether a day has begun; default a minute. */
  readonly everyMs?: number;
}

/** What is known of the checkpoints of this process, for metrics. */
export interface CheckpointStanding {
  /** Of the newest checkpoint; absent while there is none. */
  last?: { readonly size: number; readonly time: string };
  /** The log no longer begins with what was signed. */
  inconsistent: boolean;
  /** How often something failed, by code. */
  readonly failures: Map<string, number>;
}

export const newStanding = (): CheckpointStanding => ({ inconsistent: false, failures: new Map() });

const longestBackOffMs = 3_600_000;

/**
 * Signs what the log is once each civil day in London, and soon after a start where that was not done
 * yet today. A log that does not begin with what was signed before is never signed: it is an alarm.
 */
export class DailyCheckpoints {
  private readonly stopping = new AbortController();
  private readonly running: Promise<unknown>;
  private readonly folder: CheckpointFolder;
  private readonly post: CheckpointPost | undefined;

  constructor(
    private readonly options: DailyCheckpointsOptions,
    private readonly lease: Lease,
    private readonly standing: CheckpointStanding,
  ) {
    const { dataDir, url } = options;
    this.folder = new CheckpointFolder(dataDir);
    this.post = url === undefined ? undefined : new CheckpointPost({ dataDir, url });
    const stop = () => {
      this.stopping.abort();
    };
    lease.ended.addEventListener('abort', stop, { once: true });
    this.running = Promise.all([this.signDaily(), this.postAll()]);
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async signDaily(): Promise<void> {
    const { firstAfterMs = 5_000, everyMs = 60_000 } = this.options;
    for (let waitMs = firstAfterMs; await this.rested(waitMs); waitMs = everyMs) {
      try {
        if (this.isDue()) await this.sign();
      } catch (error) {
        this.tell(error);
      }
    }
  }

  /** Whether nothing was signed yet on this civil day. */
  private isDue(): boolean {
    const last = this.folder.last(this.options.logId)?.checkpoint;
    if (last) this.standing.last = last;
    return !last || civilDateOf(last.time) < civilDateOf(this.options.now());
  }

  private async sign(): Promise<void> {
    const { dataDir, key, now, openLog } = this.options;
    const log = await openLog();
    try {
      const signed = await signNext(log, {
        ...{ dataDir, key, time: now() },
        ensureHeld: () => {
          this.lease.ensureHeld();
        },
        giveWay: () => {
          this.stopping.signal.throwIfAborted();
          return foreground.giveWay();
        },
      });
      if (signed) this.standing.last = signed.checkpoint;
      this.standing.inconsistent = false;
    } finally {
      await log.close();
    }
  }

  private async postAll(): Promise<void> {
    const { post } = this;
    if (!post) return;
    const { firstAfterMs = 5_000, everyMs = 60_000 } = this.options;
    let waitMs = firstAfterMs;
    for (let failed = 0; await this.rested(waitMs);) {
      try {
        await post.send(this.stopping.signal);
        [failed, waitMs] = [0, everyMs];
      } catch (error) {
        this.tell(error);
        failed += 1;
        waitMs = Math.min(longestBackOffMs, everyMs * 2 ** Math.min(failed, 10));
      }
    }
  }

  /** False where it is to end. */
  private async rested(ms: number): Promise<boolean> {
    const { signal } = this.stopping;
    await pause(ms, undefined, { signal, ref: false }).catch(() => undefined);
    return !signal.aborted;
  }

  /** By code alone: an error's text may name what nobody is to read in a log. */
  private tell(error: unknown): void {
    if (this.stopping.signal.aborted || error instanceof LeaseLost) return;
    const code = error instanceof Error ? error.name : 'Unknown';
    const { failures } = this.standing;
    failures.set(code, (failures.get(code) ?? 0) + 1);
    if (error instanceof LogInconsistent) {
      this.standing.inconsistent = true;
      logger.error({ code }, 'the log does not begin with what was signed: nothing is signed');
    } else {
      logger.warn({ code }, 'a checkpoint could not be signed or posted; it is tried again');
    }
  }
}
