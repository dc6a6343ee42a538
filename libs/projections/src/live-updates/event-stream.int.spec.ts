import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { EventStream, type EventStreamOptions } from './event-stream.js';

const options: EventStreamOptions = {
  ...{ logId: 'log-1', heartbeatMs: 60_000, unreadBytes: 1_000 },
  ...{ expiresAtMs: 1_000_000, now: () => 0 },
};

const hint = (position: number, key = 'p-1') => ({ list: 'packages' as const, key, position });

describe('A stream of events', () => {
  const streams: Writable[] = [];

  const opened = (more: Partial<EventStreamOptions> = {}, start = 4) => {
    const out = new PassThrough();
    streams.push(out);
    return { out, stream: new EventStream(out, start, { ...options, ...more }) };
  };

  const read = (out: PassThrough) => String(out.read() ?? '');

  afterEach(() => {
    for (const out of streams.splice(0)) out.destroy();
  });

  it('says where it begins', () => {
    const { out, stream } = opened();
    stream.begin();
    expect(read(out)).toBe('retry: 2000\nevent: ready\nid: log-1:4\ndata: {}\n\n');
  });

  it('names with each hint the position up to which everything was told', () => {
    const { out, stream } = opened();
    stream.hints([hint(6, 'a'), hint(6, 'b'), hint(8, 'c')], 9);
    const ids = [...read(out).matchAll(/^id: (.*)$/gm)].map(([, id]) => id);
    expect(ids).toEqual(['log-1:4', 'log-1:6', 'log-1:8']);
    stream.reset(9);
    expect(read(out)).toBe('event: reset\nid: log-1:9\ndata: {}\n\n');
  });

  it('tells list, key and position, and nothing else', () => {
    const { out, stream } = opened();
    stream.hints([{ ...hint(6), name: 'Mrs Smith' } as never], 6);
    const [, data] = /^data: (.*)$/m.exec(read(out)) ?? [];
    expect(JSON.parse(data ?? '')).toEqual({ list: 'packages', key: 'p-1', position: '6' });
  });

  it('beats while nothing happens, and says how far the log is', async () => {
    const { out, stream } = opened({ heartbeatMs: 5 });
    stream.hints([], 12);
    await once(out, 'readable');
    expect(read(out)).toBe('id: log-1:12\n: \n\n');
  });

  it('ends when the token does', async () => {
    const { out } = opened({ expiresAtMs: 5 });
    out.resume();
    const text: string[] = [];
    out.on('data', (chunk: Buffer) => text.push(chunk.toString()));
    await once(out, 'end');
    expect(text.join('')).toBe('event: expired\ndata: {}\n\n');
  });

  it('ends at once with a token that has ended', async () => {
    const { out } = opened({ expiresAtMs: -1 });
    out.resume();
    await once(out, 'end');
  });

  it('drops who does not read, with a reset as the last word', () => {
    const { out, stream } = opened();
    // A client whose line takes nothing: all that is written waits.
    const stuck = new Writable({ write: () => undefined });
    streams.push(stuck);
    const slow = new EventStream(stuck, 0, options);
    for (let position = 1; position <= 30; position += 1) {
      slow.hints([hint(position)], position);
      stream.hints([], position);
    }
    expect(stuck.writableEnded).toBe(true);
    expect(stuck.writableLength).toBeLessThan(1_200);
    expect(out.writableEnded).toBe(false);
  });

  it('writes nothing more once it has ended', () => {
    const { out, stream } = opened();
    stream.end('closing');
    stream.hints([hint(9)], 9);
    stream.reset(9);
    expect(read(out)).toBe('event: closing\ndata: {}\n\n');
  });
});
