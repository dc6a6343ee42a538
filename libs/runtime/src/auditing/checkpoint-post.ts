import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { auditFolder, CheckpointFolder, writeWhole } from '#eventstore/proof/checkpoint-folder.js';

export interface PostOptions {
  readonly dataDir: string;
  readonly url: string;
  readonly deadlineMs?: number;
}

/** The other side did not take a checkpoint. */
export class NotPosted extends Error {
  override readonly name = 'NotPosted';
}

/**
 * Sends each checkpoint to the auditor, in their order, until it was taken. What was sent last is
 * written down, so that a restart goes on from there.
 */
export class CheckpointPost {
  private readonly folder: CheckpointFolder;
  private readonly sentFile: string;

  constructor(private readonly options: PostOptions) {
    this.folder = new CheckpointFolder(options.dataDir);
    this.sentFile = join(auditFolder(options.dataDir), 'posted.txt');
  }

  /** Sends what waits. Throws `NotPosted` at the first that was not taken. */
  async send(signal: AbortSignal): Promise<void> {
    const sent = existsSync(this.sentFile) ? readFileSync(this.sentFile, 'utf8').trim() : '';
    for (const name of this.folder.names().filter((each) => each > sent)) {
      const { file, note } = this.folder.read(name);
      await this.post(note, signal);
      writeWhole(this.sentFile, `${basename(file)}\n`);
    }
  }

  private async post(note: string, signal: AbortSignal): Promise<void> {
    const { url, deadlineMs = 10_000 } = this.options;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: note,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    }).catch(() => undefined);
    await response?.body?.cancel();
    if (!response?.ok) throw new NotPosted('the checkpoint was not taken');
  }
}
