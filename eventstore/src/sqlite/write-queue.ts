import { Worker } from 'node:worker_threads';
import { messageOf } from '#kernel/message-of.js';
import { StoreUnavailable } from '../event-store.js';
import {
  flattenEntries,
  outcomesOf,
  type FromWriter,
  type ToWriter,
  type WriteEntry,
  type WriteOutcome,
} from './batch.js';
import type { WriterStart } from './log-writer.thread.js';

interface Waiting {
  readonly entry: WriteEntry;
  readonly settle: PromiseWithResolvers<WriteOutcome>;
}

/** `bulk` entries wait for the others, so that an import never stands before a broker's command. */
export type Urgency = 'prompt' | 'bulk';

/** Bounds how long one commit holds up the next prompt entry. */
const maxBulkEventsPerBatch = 500;

/** Batches on their way: one is written while the next one is copied. */
const maxBatchesUnderWay = 2;

/**
 * Collects entries while the writer thread commits, and sends them as one batch: the group commit.
 * Once the thread failed or died, everything pending and to come is refused as `StoreUnavailable`.
 */
export class WriteQueue {
  private readonly prompt: Waiting[] = [];
  private bulk: Waiting[] = [];
  private readonly underWay: Waiting[][] = [];
  private scheduled = false;
  private readonly exited = Promise.withResolvers<void>();
  /** Why nothing is accepted any more. */
  unavailable: string | undefined;

  private constructor(
    private readonly worker: Worker,
    readonly logId: string,
    readonly headAtStart: number,
  ) {
    worker.on('message', (message: FromWriter) => {
      this.receive(message);
    });
    worker.on('error', (error) => {
      this.fail(messageOf(error));
    });
    worker.on('exit', () => {
      this.fail('the writer thread ended');
      this.exited.resolve();
    });
  }

  /** Starts the thread. Rejects with its error when the file cannot be opened. */
  static start(start: WriterStart): Promise<WriteQueue> {
    const worker = new Worker(new URL('./log-writer.thread.js', import.meta.url), {
      workerData: start,
    });
    return new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (message: FromWriter) => {
        worker.off('error', reject);
        if (message.kind === 'ready') resolve(new WriteQueue(worker, message.logId, message.head));
        else reject(new StoreUnavailable(`the writer began with ${message.kind}`));
      });
    });
  }

  /** Resolves once the entry is durable or refused. */
  write(entry: WriteEntry, urgency: Urgency = 'prompt'): Promise<WriteOutcome> {
    if (this.unavailable !== undefined) {
      return Promise.reject(new StoreUnavailable(this.unavailable));
    }
    const settle = Promise.withResolvers<WriteOutcome>();
    (urgency === 'prompt' ? this.prompt : this.bulk).push({ entry, settle });
    this.schedule();
    return settle.promise;
  }

  /** Writes what is queued and accepts no more. */
  async drain(): Promise<void> {
    while (this.unavailable === undefined && this.isBusy()) {
      const last = (this.underWay.at(-1) ?? [...this.prompt, ...this.bulk]).at(-1);
      await last?.settle.promise.catch(() => undefined);
    }
    this.unavailable ??= 'the store is closed';
  }

  /** Ends the thread, once drained. */
  async stop(): Promise<void> {
    this.post({ kind: 'close' });
    await this.exited.promise;
  }

  private isBusy(): boolean {
    return this.prompt.length + this.bulk.length + this.underWay.length > 0;
  }

  private schedule(): void {
    if (this.scheduled || this.underWay.length >= maxBatchesUnderWay) return;
    this.scheduled = true;
    // The entries of this turn of the event loop go together.
    setImmediate(() => {
      this.scheduled = false;
      this.send();
    });
  }

  private send(): void {
    if (this.unavailable !== undefined || this.underWay.length >= maxBatchesUnderWay) return;
    const batch = this.prompt.splice(0);
    this.addBulk(batch);
    if (batch.length === 0) return;
    this.underWay.push(batch);
    this.post({ kind: 'write', batch: flattenEntries(batch.map(({ entry }) => entry)) });
    if (this.bulk.length > 0) this.schedule();
  }

  private addBulk(batch: Waiting[]): void {
    let events = 0;
    let taken = 0;
    for (const { entry } of this.bulk) {
      if (events >= maxBulkEventsPerBatch) break;
      events += entry.kind === 'append' ? entry.events.length : 1;
      taken += 1;
    }
    batch.push(...this.bulk.slice(0, taken));
    this.bulk = this.bulk.slice(taken);
  }

  private post(message: ToWriter): void {
    this.worker.postMessage(message);
  }

  private receive(message: FromWriter): void {
    if (message.kind === 'unavailable') this.fail(message.reason);
    if (message.kind !== 'written') return;
    const batch = this.underWay.shift() ?? [];
    for (const [index, outcome] of outcomesOf(message.outcomes).entries()) {
      batch[index]?.settle.resolve(outcome);
    }
    if (this.prompt.length + this.bulk.length > 0) this.schedule();
  }

  private fail(reason: string): void {
    this.unavailable ??= reason;
    const pending = [...this.underWay.splice(0).flat(), ...this.prompt.splice(0), ...this.bulk];
    this.bulk = [];
    for (const { settle } of pending) settle.reject(new StoreUnavailable(reason));
  }
}
