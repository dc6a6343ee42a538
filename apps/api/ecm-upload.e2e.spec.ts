import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import { projectRoot } from '#platform/config/project-root.js';
import { newCommandId } from '#platform/commands/drawn-command-id.js';
import { StartedApi } from './started-api.js';

const sample = (name: string): string =>
  readFileSync(join(projectRoot, 'docs/samples', name), 'utf8');
const visits = sample('visits-controcc.csv');
const carers = sample('carers-controcc.csv');
const maxBytes = 64 * 1024;

interface Answered {
  readonly preview?: boolean;
  readonly counts?: { readonly read: number; readonly rejected: number };
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: { readonly code: string; readonly violations: { path: string }[] };
  }[];
}

type Part = readonly [name: string, content: string, fileName?: string];

describe('Files of monitoring by upload', () => {
  let api: StartedApi;
  let providerId = '';
  let token = '';

  beforeAll(async () => {
    api = await StartedApi.start({ environment: { MAX_ECM_FILE: '64kb' } });
    const mutation =
      'mutation ($input: RegisterProvider!) { registerProvider(input: $input) { id } }';
    const names = { legalName: 'Larkspur Care', tradingNames: [], cqcLocationIds: [] };
    const input = { commandId: newCommandId(), ...names };
    const { registerProvider } = await api.data<{ registerProvider: { id: string } }>(
      ...(['commissioner', mutation, { input }] as const),
    );
    providerId = registerProvider.id;
    token = await api.token(`provider:${providerId}`);
  });
  afterAll(() => api.stop());

  const about = (): readonly Part[] => [
    ['commandId', newCommandId()],
    ['providerId', providerId],
    ['format', 'controcc'],
  ];
  const file = (name: string, content: string): Part => [name, content, `${name}.csv`];

  async function upload(parts: readonly Part[]): Promise<readonly [number, Answered]> {
    const form = new FormData();
    for (const [name, content, fileName] of parts) {
      if (fileName === undefined) form.append(name, content);
      else form.append(name, new Blob([content], { type: 'text/csv' }), fileName);
    }
    const headers = { authorization: `Bearer ${token}` };
    const response = await api.get('/ecm/files', { method: 'POST', headers, body: form });
    return [response.status, (await response.json()) as Answered];
  }
  const codeOf = async (parts: readonly Part[]) => {
    const [status, { errors }] = await upload(parts);
    const { code, violations } = errors?.[0]?.extensions ?? {};
    return [status, code, violations?.map(({ path }) => path)];
  };
  const raw = (csv: string, query: object) =>
    api.get(`/ecm/files?${new URLSearchParams(query as Record<string, string>).toString()}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
      body: csv,
    });

  it('take a form with the files of visits and carers, in any order (S1-15)', async () => {
    const parts = [...about(), file('carers', carers), file('visits', visits)];
    const [status, answer] = await upload(parts);
    expect([status, answer]).toMatchObject([201, { preview: true }]);
    expect(answer.counts?.read).toBeGreaterThan(0);
    const [, other] = await upload([...parts].reverse());
    expect(other.counts).toEqual(answer.counts);
    const stored = await upload([...parts, ['preview', 'false']]);
    expect(stored).toMatchObject([201, { preview: false }]);
  });

  it('say the same of a body as it is (S1-15)', async () => {
    const [, form] = await upload([...about(), file('visits', visits)]);
    const body = await raw(visits, { commandId: newCommandId(), providerId, format: 'controcc' });
    expect([body.status, ((await body.json()) as Answered).counts]).toEqual([201, form.counts]);
  });

  it('say what is wrong with a form', async () => {
    const whole = file('visits', visits);
    expect(await codeOf(about())).toEqual([422, 'EcmFormWithoutVisits', ['visits']]);
    expect(await codeOf([...about(), whole, whole])).toEqual([
      ...[422, 'EcmFormPartTwice', ['visits']],
    ]);
    expect(await codeOf([...about(), whole, file('notes', 'a')])).toEqual([
      ...[422, 'EcmFormPartUnknown', ['notes']],
    ]);
    expect(await codeOf([...about(), ['format', 'abacus'], whole])).toEqual([
      ...[422, 'EcmFormPartTwice', ['format']],
    ]);
    expect(await codeOf([['format', 'unheard-of'], whole])).toEqual([
      ...[400, 'BAD_USER_INPUT', ['commandId', 'providerId', 'format']],
    ]);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data' };
    const bare = await api.get('/ecm/files', { method: 'POST', headers, body: 'x' });
    expect(((await bare.json()) as Answered).errors?.[0]?.extensions.code).toBe(
      'EcmFormUnreadable',
    );
  });

  it('are taken up to the configured size, and a larger one is told why (S1-15)', async () => {
    const padded = (bytes: number) => visits + '\n'.repeat(bytes - Buffer.byteLength(visits));
    const form = (bytes: number) => [...about(), file('visits', padded(bytes))];
    expect((await upload(form(maxBytes)))[0]).toBe(201);
    expect(await codeOf(form(maxBytes + 1))).toEqual([422, 'EcmFileTooLarge', ['']]);
    expect((await codeOf(form(8 * 1024 * 1024)))[1]).toBe('EcmFileTooLarge');
    const query = { commandId: newCommandId(), providerId, format: 'controcc' };
    expect((await raw(padded(maxBytes), query)).status).toBe(201);
    const large = await raw(padded(8 * 1024 * 1024), query);
    expect(((await large.json()) as Answered).errors?.[0]?.extensions.code).toBe('EcmFileTooLarge');
  });

  /** A form as its bytes, sent by a client that stops where it is told. */
  async function answerTo(body: string): Promise<string> {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    const head = [
      ...['POST /ecm/files HTTP/1.1', `host: ${hostname}`, `authorization: Bearer ${token}`],
      ...['content-type: multipart/form-data; boundary=edge', `content-length: ${body.length}`],
      ...['connection: close', '', body],
    ];
    socket.write(head.join('\r\n'));
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    await once(socket, 'close');
    return answer;
  }

  it('take nothing of a form that ends before its end', async () => {
    const part =
      '--edge\r\ncontent-disposition: form-data; name="visits"; filename="v.csv"\r\n\r\n';
    expect(await answerTo(`${part}${visits}`)).toContain('EcmFormCutOff');
    expect(await answerTo(`${part}${visits}\r\n--edge--\r\n`)).toContain('BAD_USER_INPUT');
    expect((await api.get('/health/live')).status).toBe(200);
  });
});
