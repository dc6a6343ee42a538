import { createHash } from 'node:crypto';
import { setUpRace } from './races/race-set-up.js';
import { StartedApi } from './started-api.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';

const listed = '{ documents(first: 50) { edges { node { documentId title sha256 bytes } } } }';

describe('A document of a framework, over HTTP', () => {
  let api: StartedApi;
  let interested: string;
  let other: string;
  let frameworkId: string;

  beforeAll(async () => {
    api = await StartedApi.start();
    const [first = '', second = ''] = (await setUpRace(api)).providerIds;
    [interested, other] = [`provider:${first}`, `provider:${second}`];
    const found = await api.data<{ frameworks: { frameworks: { frameworkId: string }[] } }>(
      'commissioner',
      '{ frameworks { frameworks { frameworkId } } }',
    );
    frameworkId = found.frameworks.frameworks[0]?.frameworkId ?? '';
  });
  afterAll(() => api.stop());

  interface Sent {
    readonly person?: string;
    readonly visibility?: string;
    readonly sha256?: string;
    readonly commandId?: string;
    readonly mediaType?: string;
    readonly targetId?: string;
  }
  async function upload(content: string, sent: Sent = {}) {
    const { person = 'commissioner', mediaType = 'text/plain' } = sent;
    const query = new URLSearchParams({
      ...{ commandId: sent.commandId ?? newCommandId(), target: 'framework', kind: 'tender' },
      ...{ targetId: sent.targetId ?? frameworkId, title: `Tender ${content}` },
      visibility: sent.visibility ?? 'public',
      sha256: sent.sha256 ?? createHash('sha256').update(content).digest('hex'),
    });
    const response = await api.get(`/documents?${query.toString()}`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${await api.token(person)}`, 'content-type': mediaType },
      },
      body: content,
    });
    const body = (await response.json()) as {
      documentId?: string;
      position?: string;
      errors?: { extensions: { code: string } }[];
    };
    return { status: response.status, code: body.errors?.[0]?.extensions.code, ...body };
  }
  const shown = (position = '0') =>
    api.data('commissioner', `{ documents(after: "${position}") { asOf { position } } }`);
  async function download(person: string, documentId = '') {
    const headers = { authorization: `Bearer ${await api.token(person)}` };
    const response = await api.get(`/documents/${documentId}`, { headers });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }
  const titlesFor = async (person: string) => {
    const data = await api.data<{ documents: { edges: { node: { title: string } }[] } }>(
      person,
      listed,
    );
    return data.documents.edges.map(({ node }) => node.title);
  };

  it('is stored by its hash and read by everyone when it is public (S2-22)', async () => {
    const { status, documentId, position } = await upload('one');
    expect(status).toBe(201);
    await shown(position);
    for (const person of ['auditor', interested]) {
      const { text, headers } = await download(person, documentId);
      expect(text).toBe('one');
      expect(headers.get('content-type')).toContain('text/plain');
      expect(headers.get('content-disposition')).toContain('attachment');
    }
    expect((await api.get(`/documents/${documentId}`)).status).toBe(401);
  });

  it('is read by a provider after its expression of interest, by no other (S1-3)', async () => {
    const { documentId, position } = await upload('two', {
      visibility: 'after-expression-of-interest',
    });
    await shown(position);
    expect((await download('broker', documentId)).status).toBe(200);
    expect((await download(interested, documentId)).status).toBe(404);
    expect(await titlesFor(interested)).not.toContain('Tender two');
    const express = `mutation ($input: ExpressInterest!) { expressInterest(input: $input) { position } }`;
    const input = { commandId: newCommandId(), target: 'FRAMEWORK', targetId: frameworkId };
    const { expressInterest } = await api.data<{ expressInterest: { position: string } }>(
      interested,
      express,
      { input },
    );
    await shown(expressInterest.position);
    expect(await download(interested, documentId)).toMatchObject({ status: 200, text: 'two' });
    expect(await titlesFor(interested)).toContain('Tender two');
    expect((await download(other, documentId)).status).toBe(404);
    expect(await titlesFor(other)).not.toContain('Tender two');
  });

  it('is refused when its content is not what its hash says (S2-22)', async () => {
    const refused = await upload('three', { sha256: 'ab'.repeat(32) });
    expect(refused).toMatchObject({ status: 422, code: 'DocumentHashMismatch' });
  });

  it('is attached by a commissioner alone, to what exists, as a document (S2-22)', async () => {
    expect(await upload('four', { person: 'broker' })).toMatchObject({ status: 403 });
    expect(await upload('four', { mediaType: 'text/html' })).toMatchObject({ status: 400 });
    const nowhere = await upload('four', { targetId: newCommandId() });
    expect(nowhere).toMatchObject({ status: 422, code: 'DocumentTargetUnknown' });
  });

  it('is attached once, however often the same is sent (S2-22)', async () => {
    const commandId = newCommandId();
    const first = await upload('five', { commandId });
    expect(first.documentId).toBeDefined();
    expect(await upload('five', { commandId })).toMatchObject({ documentId: first.documentId });
  });
});
