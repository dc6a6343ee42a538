import { randomUUID } from 'node:crypto';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Recorded } from './double-events.js';
import { nameOf } from './double-messages.js';
import { protocol } from './protocol.js';
import { afterOf, checkpointEvery, passing } from './read-options.js';
import { invalidSubscribedPosition, streamDeleted } from './refusals.js';
import { sent, type Serving } from './serving.js';
import { tombstoneType } from './stream-limits.js';

const pageEvents = 500;

/** Serves a subscription until its call ends. */
export async function subscribed(serving: Serving): Promise<void> {
  const { log, call } = serving;
  let wake = (): void => undefined;
  const stop = log.follow(() => wake());
  const woken = (): void => wake();
  call.once('close', woken).once('cancelled', woken);
  const live = new LiveCall(serving);
  try {
    await sent(call, confirmation());
    if (!log.isPlace(serving.options.getAll()?.getPosition()?.getCommitPosition())) {
      throw invalidSubscribedPosition();
    }
    while (!isOver(serving)) {
      // Made before the read, so that nothing written meanwhile is slept through.
      const written = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (!(await live.page())) continue;
      await live.caughtUp();
      if (isOver(serving)) return;
      await written;
    }
  } finally {
    stop();
  }
}

const isOver = ({ call }: Serving): boolean => call.cancelled || call.destroyed;

/** Where a subscription stands. */
class LiveCall {
  private readonly stream: string | undefined;
  private readonly passes: (event: Recorded) => boolean;
  private readonly every: number;
  private after: number;
  private considered = 0;
  private isLive = false;

  constructor(private readonly serving: Serving) {
    const { log, options } = serving;
    this.stream = options.hasStream()
      ? nameOf(options.getStream()?.getStreamIdentifier())
      : undefined;
    this.passes = passing(options);
    this.every = checkpointEvery(options);
    this.after = afterOf(
      options,
      this.stream === undefined ? log.end : log.lastRevision(this.stream),
    );
  }

  /** Sends the next events; whether those were all. */
  async page(): Promise<boolean> {
    const { log, call, faults, shown } = this.serving;
    const page =
      this.stream === undefined
        ? log.readAll(this.after + 1, 'forwards', pageEvents)
        : log.read(this.stream, this.after + 1, 'forwards', pageEvents);
    for (const event of page) {
      await faults.eachEvent();
      if (isOver(this.serving)) return true;
      if (this.passes(event)) await sent(call, shown(event));
      this.after = this.stream === undefined ? event.position : event.revision;
      this.considered += 1;
      if (this.considered % this.every === 0) await sent(call, checkpoint(this.after));
      if (this.stream !== undefined && event.type === tombstoneType) {
        throw streamDeleted(this.stream);
      }
    }
    return page.length < pageEvents;
  }

  /** Said once: with a filter a checkpoint comes before it, as the server does when it goes live. */
  async caughtUp(): Promise<void> {
    if (this.isLive) return;
    this.isLive = true;
    const { call } = this.serving;
    if (this.every !== Infinity && this.after >= 0) await sent(call, checkpoint(this.after));
    const { ReadResp } = protocol.streams;
    await sent(call, new ReadResp().setCaughtUp(new ReadResp.CaughtUp()));
  }
}

const confirmation = (): ReadResp =>
  new protocol.streams.ReadResp().setConfirmation(
    new protocol.streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID()),
  );

const checkpoint = (position: number): ReadResp =>
  new protocol.streams.ReadResp().setCheckpoint(
    new protocol.streams.ReadResp.Checkpoint()
      .setCommitPosition(String(position))
      .setPreparePosition(String(position)),
  );
