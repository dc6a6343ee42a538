import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DocumentContent } from './document-content.js';

describe('The content of a document', () => {
  let dataDir: string;
  let documents: DocumentContent;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'documents-'));
    documents = new DocumentContent(dataDir, 10);
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const hashOf = (content: string) => createHash('sha256').update(content).digest('hex');
  async function* parts(...contents: string[]) {
    for (const content of contents) yield await Promise.resolve(Buffer.from(content));
  }
  const stored = () =>
    existsSync(join(dataDir, 'documents')) ? readdirSync(join(dataDir, 'documents')) : [];

  it('is stored once by its hash, as it arrives (S2-22)', async () => {
    const sha256 = hashOf('lot 1 and 2');
    documents = new DocumentContent(dataDir);
    const expected = { sha256, bytes: 11 };
    expect(await documents.store(parts('lot 1', ' and 2'), sha256)).toEqual(expected);
    expect(await documents.store(parts('lot 1 and 2'), sha256)).toEqual(expected);
    expect(stored()).toEqual([sha256]);
    const content = await documents.read(sha256);
    expect(content && (await text(content))).toBe('lot 1 and 2');
  });

  it('is refused, and not kept, when it is not the one that was named (S2-22)', async () => {
    const other = documents.store(parts('lot 1'), hashOf('lot 2'));
    await expect(other).rejects.toMatchObject({ code: 'DocumentHashMismatch' });
    expect(stored()).toEqual([]);
  });

  it('has a largest size, which it may reach (S2-22)', async () => {
    const ten = '0123456789';
    expect(await documents.store(parts(ten), hashOf(ten))).toMatchObject({ bytes: 10 });
    const eleven = documents.store(parts(ten, '0'), hashOf(`${ten}0`));
    await expect(eleven).rejects.toMatchObject({ code: 'DocumentTooLarge' });
    await expect(documents.store(parts(), hashOf(''))).rejects.toMatchObject({
      code: 'DocumentEmpty',
    });
    expect(stored()).toEqual([hashOf(ten)]);
  });

  it('is nothing where no such content was stored (S2-22)', async () => {
    expect(await documents.read(hashOf('nothing'))).toBeUndefined();
  });
});
