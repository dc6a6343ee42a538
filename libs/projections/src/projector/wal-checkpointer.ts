import { Worker } from 'node:worker_threads';

/** Frames of 4 KiB that may wait in a write-ahead log before its writer waits for a checkpoint. */
export const backlogLimit = 4_000;

/**
 * Moves write-ahead logs into their files in a thread, for a checkpoint waits for the disk and the
 * event loop must not. The writer of the file waits meanwhile: only then the log begins anew
 * instead of growing for as long as there is work.
 */
export class WalCheckpointer {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, () => void>();
  private asked = 0;

  /**
   * Resolves when the thread has closed the file again. One that cannot be checkpointed now is
   * left as it is: its log only stays longer.
   */
  checkpoint(path: string): Promise<void> {
    return new Promise((resolve) => {
      const id = (this.asked += 1);
      this.waiting.set(id, resolve);
      this.worker ??= this.start();
      this.worker.postMessage({ id, path });
    });
  }

  async stop(): Promise<void> {
    const { worker } = this;
    this.release();
    await worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(new URL('./wal-checkpointer.thread.js', import.meta.url));
    worker.unref();
    worker.on('message', (id: number) => {
      this.waiting.get(id)?.();
      this.waiting.delete(id);
    });
    worker.on('error', () => this.release());
    return worker;
  }

  private release(): void {
    this.worker = undefined;
    for (const resolve of this.waiting.values()) resolve();
    this.waiting.clear();
  }
}
