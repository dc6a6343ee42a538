/** An event as a client of `/events` gets it. */
export interface LiveEvent {
  readonly event: string;
  readonly id: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Follows `/events` as a client with `fetch`, for a browser's `EventSource` sends no token. */
export class EventClient {
  readonly events: LiveEvent[] = [];
  /** What every byte said, heartbeats too. */
  text = '';
  ended = false;
  private read = '';
  private lastId = '';
  private readonly ending = new AbortController();
  private waiting: (() => void)[] = [];

  /** Rejects with the status when the service refuses. */
  static async open(url: string, token: string, lastEventId?: string): Promise<EventClient> {
    const client = new EventClient();
    const response = await fetch(`${url}/events`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
      signal: client.ending.signal,
    });
    if (!response.ok || !response.body) throw new Error(`refused with ${response.status}`);
    void client.follow(response.body);
    return client;
  }

  /** The next event that fits and was not there before; rejects when the stream ends first. */
  async until(fits: (event: LiveEvent) => boolean, ms = 10_000): Promise<LiveEvent> {
    const deadline = Date.now() + ms;
    for (;;) {
      const found = this.events.find(fits);
      if (found) return found;
      if (this.ended) throw new Error(`the stream ended: ${this.text}`);
      await this.more(deadline - Date.now());
    }
  }

  /** Resolves when the service has ended the stream. */
  async end(ms = 10_000): Promise<void> {
    const deadline = Date.now() + ms;
    while (!this.ended) await this.more(deadline - Date.now());
  }

  close(): void {
    this.ending.abort();
  }

  private more(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing came: ${this.text}`)), ms);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private async follow(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of body) {
        this.take(decoder.decode(chunk, { stream: true }));
        this.wake();
      }
    } catch {
      // Closed by this client, or cut.
    }
    this.ended = true;
    this.wake();
  }

  private take(text: string): void {
    this.text += text;
    this.read += text;
    const blocks = this.read.split('\n\n');
    this.read = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      this.lastId = field('id') ?? this.lastId;
      const data = field('data');
      if (data === undefined) continue;
      this.events.push({
        ...{ event: field('event') ?? 'message', id: this.lastId },
        data: JSON.parse(data) as Record<string, string>,
      });
    }
  }

  private wake(): void {
    for (const each of this.waiting.splice(0)) each();
  }
}
