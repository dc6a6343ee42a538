import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '#kernel/message-of.js';
import { entriesOf, flattenOutcomes, type FromWriter, type ToWriter } from './batch.js';
import { LogWriter, type LogWriterOptions } from './log-writer.js';

/** What the thread is started with. */
export interface WriterStart extends LogWriterOptions {
  readonly file: string;
  /** The checkpoint file is at most this much older than the last append. */
  readonly checkpointEveryMs: number;
}

const { file, checkpointEveryMs, ...options } = workerData as WriterStart;
const writer = new LogWriter(file, options);
let timer: NodeJS.Timeout | undefined;

const tell = (message: FromWriter): void => parentPort?.postMessage(message);

function saveCheckpointFile(): void {
  timer = undefined;
  try {
    writer.writeCheckpointFile();
  } catch {
    // The log itself is safe; an older checkpoint still proves what it names. The next append tries again.
  }
}

function write(batch: Extract<ToWriter, { kind: 'write' }>['batch']): void {
  try {
    tell({ kind: 'written', outcomes: flattenOutcomes(writer.commit(entriesOf(batch))) });
    timer ??= setTimeout(saveCheckpointFile, checkpointEveryMs);
  } catch (error) {
    clearTimeout(timer);
    tell({ kind: 'unavailable', reason: messageOf(error) });
  }
}

function close(): void {
  clearTimeout(timer);
  if (!writer.broken) saveCheckpointFile();
  writer.close();
  tell({ kind: 'closed' });
  parentPort?.close();
}

parentPort?.on('message', (message: ToWriter) => {
  if (message.kind === 'write') write(message.batch);
  else close();
});
tell({ kind: 'ready', logId: writer.logId, head: writer.checkpoint.position });
