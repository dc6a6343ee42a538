import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { ensure } from './ecm.rules.js';

/** What was uploaded: the files, and in a form also what they are. */
export interface EcmUpload {
  readonly fields: Readonly<Record<string, string>>;
  readonly visits: string;
  readonly carers?: string;
}

const fileParts = ['visits', 'carers'];
const limits = { fieldNameSize: 100, fieldSize: 200, fields: 10, headerPairs: 20 };

export const isForm = ({ headers }: IncomingMessage): boolean =>
  /^multipart\/form-data\b/i.test(headers['content-type'] ?? '');

/** Reads a body as it arrives; of one that is too large nothing more is kept. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  // The rest is left to the server: a connection that is cut off hears no reason.
  return textOf(request.iterator({ destroyOnReturn: false }), new Room(maxBytes));
}

/** Reads a form with the file `visits` and, where the format has one, `carers`; in any order. */
export async function readForm(request: IncomingMessage, maxBytes: number): Promise<EcmUpload> {
  const fields: Record<string, string> = {};
  const files: Record<string, Promise<string>> = {};
  const room = new Room(maxBytes);
  await parsed(request, {
    field: (name, value, isWhole) => {
      ensure(!(name in fields), 'EcmFormPartTwice', { path: name });
      ensure(isWhole, 'EcmFormPartUnknown', { path: name });
      fields[name] = value;
    },
    file: (name, content) => {
      ensure(fileParts.includes(name), 'EcmFormPartUnknown', { path: name });
      ensure(!(name in files), 'EcmFormPartTwice', { path: name });
      files[name] = textOf(content, room);
      return files[name];
    },
  });
  ensure(files['visits'], 'EcmFormWithoutVisits', { path: 'visits' });
  const [visits, carers] = await Promise.all([files['visits'], files['carers']]);
  return { fields, visits, ...(carers !== undefined && { carers }) };
}

interface Parts {
  readonly field: (name: string, value: string, isWhole: boolean) => void;
  readonly file: (name: string, content: Readable) => Promise<unknown>;
}

function parsed(request: IncomingMessage, parts: Parts): Promise<void> {
  return new Promise((resolve, reject) => {
    const parser = parserOf(request);
    const fail = (error: unknown): void => {
      request.unpipe(parser);
      request.resume();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const cutOff = (): void => {
      try {
        ensure(false, 'EcmFormCutOff');
      } catch (error) {
        fail(error);
      }
    };
    const attempt = (work: () => Promise<unknown> | undefined): void => {
      try {
        work()?.catch(fail);
      } catch (error) {
        fail(error);
      }
    };
    parser.on('field', (name, value, { valueTruncated, nameTruncated }) => {
      attempt(() => {
        parts.field(name, value, !valueTruncated && !nameTruncated);
        return undefined;
      });
    });
    parser.on('file', (name, content) => {
      // A part that is refused is drained; its own error is the form's.
      content.on('error', () => undefined);
      attempt(() => parts.file(name, content));
    });
    parser.on('close', resolve);
    parser.on('error', cutOff);
    request.on('aborted', cutOff);
    request.pipe(parser);
  });
}

function parserOf({ headers }: IncomingMessage): busboy.Busboy {
  try {
    return busboy({ headers, limits, defParamCharset: 'utf8' });
  } catch {
    ensure(false, 'EcmFormUnreadable');
    throw new Error('unreachable');
  }
}

/** How much may still come, over all files of a request. */
class Room {
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  take(more: number): void {
    this.bytes += more;
    ensure(this.bytes <= this.maxBytes, 'EcmFileTooLarge', {
      message: `The file has more than ${this.maxBytes} bytes. Split it by week, or ask for a higher MAX_ECM_FILE.`,
    });
  }
}

async function textOf(content: AsyncIterable<unknown>, room: Room): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content as AsyncIterable<Buffer>) {
    room.take(chunk.length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
