import type { Writable } from 'node:stream';
import type { Position } from '#eventstore/event-store.js';
import type { Hint } from './hint.js';

export interface EventStreamOptions {
  /** Names the log: positions of another one mean nothing. */
  readonly logId: string;
  readonly heartbeatMs: number;
  /** A client that leaves more than this unread is dropped. */
  readonly unreadBytes: number;
  readonly expiresAtMs: number;
  readonly now: () => number;
}

const longestTimerMs = 2 ** 31 - 1;
const lastWordsMs = 5_000;

/** One client's server-sent events. It ends by itself when the token expires or nobody reads. */
export class EventStream {
  /** Everything up to here was told, or concerns this viewer not. */
  private position: Position;
  private readonly heartbeat: NodeJS.Timeout;
  private readonly expiry: NodeJS.Timeout;

  constructor(
    private readonly out: Writable,
    start: Position,
    private readonly options: EventStreamOptions,
  ) {
    this.position = start;
    const { heartbeatMs, expiresAtMs, now } = options;
    this.heartbeat = setInterval(() => this.beat(), heartbeatMs);
    const leftMs = Math.min(Math.max(0, expiresAtMs - now()), longestTimerMs);
    this.expiry = setTimeout(() => this.end('expired'), leftMs);
    this.heartbeat.unref();
    this.expiry.unref();
    out.on('close', () => this.release());
    out.on('error', () => this.release());
  }

  /** Says where the stream begins, so that a client can come back to it. */
  begin(): void {
    this.write(`retry: 2000\nevent: ready\n${this.id()}data: {}\n\n`);
  }

  hints(hints: readonly Hint[], upTo: Position): void {
    for (const [index, hint] of hints.entries()) {
      // A client that comes back after the first of two with one position must get the second again.
      if (hints[index + 1]?.position !== hint.position) this.position = hint.position;
      const data = JSON.stringify({ list: hint.list, key: hint.key, position: `${hint.position}` });
      this.write(`event: hint\n${this.id()}data: ${data}\n\n`);
    }
    this.position = Math.max(this.position, upTo);
  }

  /** The client is to ask for its lists again. */
  reset(upTo: Position): void {
    this.position = upTo;
    this.write(`event: reset\n${this.id()}data: {}\n\n`);
  }

  end(why: 'expired' | 'reset' | 'closing'): void {
    if (this.out.writableEnded) return;
    this.release();
    this.out.end(`event: ${why}\ndata: {}\n\n`);
    // Who does not read does not hear the end either.
    setTimeout(() => this.out.destroy(), lastWordsMs).unref();
  }

  private beat(): void {
    this.write(`${this.id()}: \n\n`);
  }

  private write(text: string): void {
    if (this.out.writableEnded || this.out.destroyed) return;
    this.out.write(text);
    if (this.out.writableLength > this.options.unreadBytes) this.end('reset');
  }

  private id(): string {
    return `id: ${this.options.logId}:${this.position}\n`;
  }

  private release(): void {
    clearInterval(this.heartbeat);
    clearTimeout(this.expiry);
  }
}
