import { setTimeout as pause } from 'node:timers/promises';
import {
  type LogPage,
  type Position,
  type ReadAllOptions,
  type StoredEvent,
} from '../event-store.js';
import { passes } from '../event-filter.js';
import { LogGrowth } from '../follow.js';
import { backOff } from './esdb-connection.js';
import type { EsdbResolved } from './esdb-client.js';
import { fromRecord, leftInAppend } from './event-form.js';
import { logRecordOf, placeOf } from './log-streams.js';
import { tailSubscription, type TailParts } from './tail-subscription.js';

/** Events kept for followers that are a little behind; who is further behind reads the server. */
const keptEvents = 4_000;
const defaultLimit = 1_000;

/**
 * The end of the log as one subscription brings it, for all followers of this process. It is begun
 * again for ever, from the last event that it brought, so nothing is missed and nothing comes twice.
 */
export class LiveTail {
  readonly growth: LogGrowth;
  private kept: StoredEvent[] = [];
  /** The beginning of an append whose end has not come yet. */
  private readonly partial: StoredEvent[] = [];
  /** Everything after this position, up to `upTo`, is kept. */
  private from: Position;
  /** Up to here the server has told what there is, beside the log as well. */
  private seenUpTo: Position;
  private upTo: Position;
  private announcing: NodeJS.Immediate | undefined;
  private resubscribed = 0;
  private readonly stopped = new AbortController();
  private running: Promise<void> | undefined;
  private brought = false;

  constructor(
    private readonly parts: TailParts,
    head: Position,
  ) {
    this.from = head;
    this.upTo = head;
    this.seenUpTo = head;
    this.growth = new LogGrowth(head);
  }

  begin(): void {
    this.running = this.follow();
  }

  /** The last event of the log that came, and up to where everything is known. */
  get known(): { readonly head: Position; readonly upTo: Position } {
    return { head: this.upTo, upTo: this.partial.length === 0 ? this.seenUpTo : this.upTo };
  }

  /** How often the subscription was begun again. */
  get resubscriptions(): number {
    return this.resubscribed;
  }

  /** A page out of what is kept, `undefined` where that does not reach back far enough. */
  page({ after = 0, limit = defaultLimit, filter }: ReadAllOptions): LogPage | undefined {
    if (after < this.from) return undefined;
    const first = firstAfter(this.kept, after);
    const page = this.kept.slice(first, first + limit);
    const caughtUp = first + page.length === this.kept.length;
    const events = page.filter((event) => passes(event.type, event.stream, filter));
    return { events, upTo: page.at(-1)?.position ?? Math.max(after, this.upTo), caughtUp };
  }

  async close(): Promise<void> {
    this.stopped.abort();
    clearImmediate(this.announcing);
    this.growth.close();
    await this.running;
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopped;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      this.brought = false;
      try {
        await this.subscription(attempt);
      } catch (error) {
        if (this.isStopped()) return;
        this.parts.connection.signs.onOutage?.('subscription', error);
      }
      if (this.isStopped()) return;
      if (this.brought) attempt = 0;
      this.resubscribed += 1;
      await pause(backOff(attempt), undefined, { signal }).catch(() => undefined);
    }
  }

  private readonly isStopped = (): boolean => this.stopped.signal.aborted;

  private subscription(attempt: number): Promise<void> {
    // Of an append that was cut in its middle nothing counts, however often the next try fails.
    if (this.partial.splice(0).length > 0) this.seenUpTo = this.upTo;
    return tailSubscription(this.parts, {
      from: this.seenUpTo,
      known: () => this.known,
      take: (resolved) => {
        this.take(resolved);
      },
      confirmed: () => {
        this.brought = true;
      },
      signal: this.stopped.signal,
      attempt,
    });
  }

  private take(resolved: EsdbResolved): void {
    this.seenUpTo = Math.max(this.seenUpTo, placeOf(resolved) ?? 0);
    const record = logRecordOf(resolved);
    if (!record) return;
    const event = fromRecord(record);
    if (event.position <= (this.partial.at(-1)?.position ?? this.upTo)) return;
    this.partial.push(event);
    // An append is shown whole, as everywhere else.
    if (leftInAppend(record) > 0) return;
    this.kept.push(...this.partial.splice(0));
    this.upTo = event.position;
    if (this.kept.length > keptEvents * 2) this.forget();
    this.announce();
  }

  /** Followers have what came in this turn at once, so that they work in pages. */
  private announce(): void {
    this.announcing ??= setImmediate(() => {
      this.announcing = undefined;
      this.growth.advance(this.upTo);
    });
  }

  private forget(): void {
    const gone = this.kept.length - keptEvents;
    this.from = this.kept[gone - 1]?.position ?? this.from;
    this.kept = this.kept.slice(gone);
  }
}

/** Index of the first event after a position. */
function firstAfter(events: readonly StoredEvent[], position: Position): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.position ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
