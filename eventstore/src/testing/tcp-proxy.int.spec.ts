import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { TcpProxy } from './tcp-proxy.js';

describe('A TCP proxy', () => {
  let server: Server;
  let proxy: TcpProxy;
  let target: number;
  let arrived: string;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    arrived = '';
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        arrived += bytes.toString();
        socket.write(`<${bytes.toString()}>`);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    target = typeof address === 'object' && address ? address.port : 0;
    proxy = await TcpProxy.before(target);
  });

  afterEach(async () => {
    await proxy.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
  });

  async function caller(port = proxy.port) {
    const socket = connect(port, '127.0.0.1');
    const errors: string[] = [];
    socket.on('error', ({ message }) => errors.push(message));
    let answered = '';
    socket.on('data', (bytes) => {
      answered += bytes.toString();
    });
    sockets.push(socket);
    await once(socket, 'connect');
    return { socket, errors, answered: () => answered };
  }

  async function until(isSo: () => boolean): Promise<void> {
    for (const began = Date.now(); !isSo(); await pause(5)) {
      if (Date.now() - began > 5_000) throw new Error('it did not happen');
    }
  }

  it('passes both directions', async () => {
    const { socket, answered } = await caller();
    socket.write('one');
    await until(() => answered() === '<one>');
    expect(proxy.connections).toBe(1);
  });

  it('cuts every connection and takes new ones', async () => {
    const { socket } = await caller();
    socket.write('one');
    await until(() => arrived === 'one');
    proxy.cut();
    await until(() => socket.destroyed);
    expect(proxy.cuts).toBe(1);
    const next = await caller();
    next.socket.write('two');
    await until(() => next.answered() === '<two>');
  });

  it('holds everything back while it is stalled, and closes nothing', async () => {
    const { socket, answered } = await caller();
    socket.write('one');
    await until(() => answered() === '<one>');
    proxy.stall();
    socket.write('two');
    // Past the proxy everything goes on meanwhile.
    const past = await caller(target);
    past.socket.write('past');
    await until(() => past.answered() === '<past>');
    expect([arrived, socket.destroyed]).toEqual(['onepast', false]);
    proxy.flow();
    await until(() => answered() === '<one><two>');
  });

  it('delays without changing the order of a connection, and heals', async () => {
    const [slow, quick] = [await caller(), await caller()];
    // Long enough that a busy machine does not let it pass before what is not delayed.
    proxy.delay(2_000);
    slow.socket.write('a');
    await until(() => proxy.held === 1);
    proxy.delay(0);
    slow.socket.write('b');
    quick.socket.write('c');
    await until(() => arrived === 'cab');
    await until(() => slow.answered() === '<a><b>');
    expect(proxy.held).toBe(0);
  });

  it('refuses new connections until it is healed', async () => {
    proxy.refuse(true);
    const refused = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    await until(() => refused.destroyed);
    expect(arrived).toBe('');
    proxy.refuse(false);
    const next = await caller();
    next.socket.write('one');
    await until(() => next.answered() === '<one>');
  });
});
