import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Rejection } from '#kernel/rejection.js';

/** A larger document is refused while it arrives. */
export const maxDocumentBytes = 25 * 1024 * 1024;

export interface StoredContent {
  /** SHA-256 as hex. */
  readonly sha256: string;
  readonly bytes: number;
}

const refusal = (code: string, message: string) => new Rejection([{ code, path: '', message }]);

/** Documents' contents in files named by their SHA-256: the same content is stored once. */
export class DocumentContent {
  private readonly folder: string;

  constructor(
    dataDir: string,
    private readonly maxBytes = maxDocumentBytes,
  ) {
    this.folder = join(dataDir, 'documents');
  }

  /**
   * Stores a content as it arrives; durable once it answers. Refuses, and keeps nothing, when it is
   * empty, too large or not what `expected` (SHA-256) says.
   */
  async store(content: AsyncIterable<Uint8Array>, expected: string): Promise<StoredContent> {
    await mkdir(this.folder, { recursive: true });
    const arriving = join(this.folder, `arriving-${randomUUID()}`);
    try {
      const stored = await this.write(arriving, content);
      if (stored.bytes === 0) {
        throw refusal('DocumentEmpty', 'The document is empty. Send its content.');
      }
      if (stored.sha256 !== expected) {
        throw refusal(
          'DocumentHashMismatch',
          'The content that arrived is not the one that was named. Send it again.',
        );
      }
      await rename(arriving, this.fileOf(stored.sha256));
      return stored;
    } finally {
      await rm(arriving, { force: true });
    }
  }

  /** The content of a hash, `undefined` when it is not here. */
  async read(sha256: string): Promise<ReadStream | undefined> {
    const file = this.fileOf(sha256);
    const found = await stat(file).catch(() => undefined);
    return found && createReadStream(file);
  }

  private async write(file: string, content: AsyncIterable<Uint8Array>): Promise<StoredContent> {
    const hash = createHash('sha256');
    let bytes = 0;
    const handle = await open(file, 'wx', 0o600);
    try {
      for await (const chunk of content) {
        bytes += chunk.byteLength;
        if (bytes > this.maxBytes) {
          const most = `${this.maxBytes} bytes`;
          throw refusal(
            'DocumentTooLarge',
            `A document may have at most ${most}. Send it in parts.`,
          );
        }
        hash.update(chunk);
        await handle.writeFile(chunk);
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return { sha256: hash.digest('hex'), bytes };
  }

  private readonly fileOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a SHA-256');
    return join(this.folder, sha256);
  };
}
