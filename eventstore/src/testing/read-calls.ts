import { Metadata, status as codes, type ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { DoubleLog, Recorded } from './double-log.js';
import { identifierOf, nameOf, readEventOf } from './double-messages.js';
import type { DoubleFaults } from './faults.js';
import { protocol } from './protocol.js';

type Call = ServerWritableStream<ReadReq, ReadResp>;

const pageEvents = 500;
/** Checkpoints of a filtered subscription come after so many events that were looked at. */
const checkpointEvery = 32;
const last = Number.MAX_SAFE_INTEGER;

/** Reads of a stream and of `$all`, and subscriptions to `$all`. */
export class ReadCalls {
  private readonly open = new Set<Call>();

  constructor(
    private readonly log: DoubleLog,
    private readonly faults: DoubleFaults,
  ) {}

  readonly read = (call: Call): void => {
    const options = call.request.getOptions();
    if (!options) return void call.end();
    this.open.add(call);
    call.on('error', () => undefined);
    call.once('close', () => this.open.delete(call));
    const kind = options.hasSubscription() ? 'subscription' : 'read';
    void this.faults.around(kind, {
      refuse: (error) => call.emit('error', error),
      commit: () => Promise.resolve(),
      reply: () => {
        const serve = kind === 'read' ? this.once(call, options) : this.forEver(call, options);
        serve.catch((error: unknown) => call.emit('error', error));
      },
    });
  };

  /** Ends every open call, as a server does that stops. */
  endAll(): void {
    for (const call of this.open) call.end();
  }

  private async once(call: Call, options: ReadReq.Options): Promise<void> {
    const count = Math.min(Number(options.getCount()), 100_000);
    const direction = Number(options.getReadDirection()) === 0 ? 'forwards' : 'backwards';
    const structured = options.getUuidOption()?.hasStructured() ?? false;
    const found = options.hasStream()
      ? this.ofStream(call, options, direction, count)
      : this.log.readAll(placeOf(options, direction), direction, count);
    for (const event of found.filter(passing(options))) {
      await this.faults.eachEvent();
      if (call.cancelled) return;
      await written(call, readEventOf(event, structured));
    }
    call.end();
  }

  private ofStream(
    call: Call,
    options: ReadReq.Options,
    direction: 'forwards' | 'backwards',
    count: number,
  ): Recorded[] {
    const chosen = options.getStream();
    const stream = nameOf(chosen?.getStreamIdentifier());
    const deleted = this.log.read(stream, last, 'backwards', 1)[0]?.type === '$streamDeleted';
    if (deleted) throw streamDeleted(stream);
    const end = direction === 'forwards' ? 0 : last;
    const from = chosen?.hasRevision() ? Number(chosen.getRevision()) : end;
    const found = this.log.read(stream, Math.min(from, last), direction, count);
    if (found.length === 0 && this.log.read(stream, 0, 'forwards', 1).length === 0) {
      const missing = new protocol.streams.ReadResp.StreamNotFound().setStreamIdentifier(
        identifierOf(stream),
      );
      call.write(new protocol.streams.ReadResp().setStreamNotFound(missing));
    }
    return found;
  }

  private async forEver(call: Call, options: ReadReq.Options): Promise<void> {
    const passes = passing(options);
    const structured = options.getUuidOption()?.hasStructured() ?? false;
    const isFiltered = options.hasFilter();
    let after = afterOf(options, this.log.end);
    let [seen, wake] = [0, (): void => undefined];
    const stop = this.log.follow(() => wake());
    call.once('close', () => wake());
    call.once('cancelled', () => wake());
    const id = crypto.randomUUID();
    await written(
      call,
      new protocol.streams.ReadResp().setConfirmation(
        new protocol.streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(id),
      ),
    );
    try {
      while (!call.cancelled && !call.destroyed) {
        const page = this.log.readAll(after + 1, 'forwards', pageEvents);
        for (const event of page) {
          await this.faults.eachEvent();
          if (call.cancelled) return;
          if (passes(event)) await written(call, readEventOf(event, structured));
          after = event.position;
          seen += 1;
          if (isFiltered && seen % checkpointEvery === 0) await written(call, checkpoint(after));
        }
        if (page.length < pageEvents) {
          await new Promise<void>((resolve) => {
            wake = resolve;
            if (this.log.end > after) resolve();
          });
        }
      }
    } finally {
      stop();
    }
  }
}

const checkpoint = (position: number): ReadResp =>
  new protocol.streams.ReadResp().setCheckpoint(
    new protocol.streams.ReadResp.Checkpoint()
      .setCommitPosition(String(position))
      .setPreparePosition(String(position)),
  );

/** Resolves when the client takes more. */
const written = (call: Call, response: ReadResp): Promise<void> =>
  new Promise((resolve) => {
    if (call.write(response) || call.cancelled || call.destroyed) return resolve();
    const done = (): void => {
      call.off('drain', done).off('close', done).off('cancelled', done);
      resolve();
    };
    call.once('drain', done).once('close', done).once('cancelled', done);
  });

/** Where a read begins, the event there included. */
function placeOf(options: ReadReq.Options, direction: 'forwards' | 'backwards'): number {
  const all = options.getAll();
  if (all?.hasPosition()) {
    const place = Number(all.getPosition()?.getCommitPosition() ?? 0);
    // Backwards a position is exclusive, as in the real server.
    return direction === 'forwards' ? place : Math.min(place - 1, last);
  }
  return all?.hasEnd() ? last : 0;
}

/** A subscription begins behind its position. */
function afterOf(options: ReadReq.Options, end: number): number {
  const all = options.getAll();
  if (all?.hasEnd()) return end;
  return Number(all?.getPosition()?.getCommitPosition() ?? -1);
}

function passing(options: ReadReq.Options): (event: Recorded) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const expression = filter.hasEventType() ? filter.getEventType() : filter.getStreamIdentifier();
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  const prefixes = expression?.getPrefixList() ?? [];
  return ({ type, stream }) => {
    const text = filter.hasEventType() ? type : stream;
    return regex ? regex.test(text) : prefixes.some((prefix) => text.startsWith(prefix));
  };
}

function streamDeleted(stream: string) {
  const metadata = new Metadata();
  metadata.set('exception', 'stream-deleted');
  metadata.set('stream-name', stream);
  const details = `Event stream '${stream}' is deleted.`;
  return Object.assign(new Error(details), { code: codes.FAILED_PRECONDITION, details, metadata });
}
