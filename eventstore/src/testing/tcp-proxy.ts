import { connect, createServer, type Server, type Socket } from 'node:net';

/** A real TCP proxy on 127.0.0.1 that can cut, stall and refuse what passes through it. */
export class TcpProxy {
  private readonly pairs = new Map<Socket, Socket>();
  private stalled = false;
  private refusing = false;
  private delayMs = 0;
  private cutPairs = 0;
  private heldPieces = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async before(target: number, port = 0): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    const address = server.address();
    const proxy = new TcpProxy(server, typeof address === 'object' && address ? address.port : 0);
    server.on('connection', (incoming) => {
      proxy.join(incoming, target);
    });
    return proxy;
  }

  /** Resets every connection; new ones are taken. */
  cut(): void {
    this.cutPairs += this.pairs.size;
    for (const [incoming, outgoing] of this.pairs) {
      incoming.resetAndDestroy();
      outgoing.destroy();
    }
  }

  /** Nothing passes in either direction, and nothing is closed, until `flow`. */
  stall(): void {
    this.stalled = true;
    for (const pair of this.pairs) for (const socket of pair) socket.pause();
  }

  flow(): void {
    this.stalled = false;
    for (const pair of this.pairs) for (const socket of pair) socket.resume();
  }

  /** Each piece of either direction comes so much later, in its order; 0 heals. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** How many connections were cut, so that a spec can see that some were. */
  get cuts(): number {
    return this.cutPairs;
  }

  /** How many pieces are on their way late just now. */
  get held(): number {
    return this.heldPieces;
  }

  /** How many connections pass through just now. */
  get connections(): number {
    return this.pairs.size;
  }

  /** New connections are reset, as where nobody listens. */
  refuse(refusing: boolean): void {
    this.refusing = refusing;
    if (refusing) this.cut();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(incoming: Socket, target: number): void {
    incoming.on('error', () => undefined);
    if (this.refusing) return void incoming.resetAndDestroy();
    const outgoing = connect(target, '127.0.0.1');
    outgoing.on('error', () => undefined);
    incoming.setNoDelay(true);
    outgoing.setNoDelay(true);
    this.pairs.set(incoming, outgoing);
    this.pass(incoming, outgoing);
    this.pass(outgoing, incoming);
    if (this.stalled) for (const socket of [incoming, outgoing]) socket.pause();
    const ended = (): void => {
      this.pairs.delete(incoming);
      incoming.destroy();
      outgoing.destroy();
    };
    incoming.on('close', ended);
    outgoing.on('close', ended);
  }

  private pass(from: Socket, to: Socket): void {
    const late: Buffer[] = [];
    from.on('data', (bytes) => {
      if (this.delayMs === 0 && late.length === 0) {
        to.write(bytes);
        return;
      }
      late.push(bytes);
      this.heldPieces += 1;
      // Whichever timer comes first sends what came first.
      setTimeout(() => {
        const next = late.shift();
        this.heldPieces -= 1;
        if (next && !to.destroyed) to.write(next);
      }, this.delayMs);
    });
  }
}
