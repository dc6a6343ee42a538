import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Admission } from './admission.js';
import type { Recorded } from './double-events.js';
import type { DoubleLog } from './double-log.js';
import { identifierOf, nameOf, readEventOf } from './double-messages.js';
import type { DoubleFaults } from './faults.js';
import { protocol } from './protocol.js';
import { directionOf, passing, placeOf, revisionOf } from './read-options.js';
import { invalidPosition, streamDeleted } from './refusals.js';
import { sent, type ReadCall, type Serving } from './serving.js';
import { subscribed } from './subscription.js';

const pageEvents = 500;

/** Reads of a stream and of `$all`, and subscriptions to either. */
export class ReadCalls {
  private readonly open = new Set<ReadCall>();

  constructor(
    private readonly log: DoubleLog,
    private readonly faults: DoubleFaults,
    private readonly admission: Admission,
  ) {}

  readonly read = (call: ReadCall): void => {
    const options = call.request.getOptions();
    if (!options) return void call.end();
    call.on('error', () => undefined);
    const refused = this.admission.refusalOf(call.metadata);
    if (refused) return void call.emit('error', refused);
    this.open.add(call);
    call.once('close', () => this.open.delete(call));
    const kind = options.hasSubscription() ? 'subscription' : 'read';
    const { log, faults } = this;
    const serving = { log, faults, call, options, shown: showing(log, options) };
    void faults.around(kind, {
      refuse: (error) => call.emit('error', error),
      commit: () => Promise.resolve(),
      reply: () => {
        const serve = kind === 'read' ? read(serving) : subscribed(serving);
        serve.catch((error: unknown) => call.emit('error', error));
      },
    });
  };

  /** Ends every open call, as a server does that stops. */
  endAll(): void {
    for (const call of this.open) call.end();
  }
}

async function read(serving: Serving): Promise<void> {
  const { call, faults, options, shown } = serving;
  for (const event of options.hasStream() ? ofStream(serving) : ofAll(serving)) {
    await faults.eachEvent();
    if (call.cancelled) return;
    await sent(call, shown(event));
  }
  call.end();
}

function ofStream({ log, call, options }: Serving): readonly Recorded[] {
  const stream = nameOf(options.getStream()?.getStreamIdentifier());
  const state = log.stateOf(stream);
  if (state === 'deleted') throw streamDeleted(stream);
  if (state === 'there') {
    return log.read(stream, revisionOf(options), directionOf(options), countOf(options));
  }
  const missing = new protocol.streams.ReadResp.StreamNotFound().setStreamIdentifier(
    identifierOf(stream),
  );
  call.write(new protocol.streams.ReadResp().setStreamNotFound(missing));
  return [];
}

/** As many events as were asked for, not counting those that the filter leaves out. */
function* ofAll({ log, options }: Serving): Generator<Recorded> {
  const [direction, passes] = [directionOf(options), passing(options)];
  let [from, left] = [placeOf(options), countOf(options)];
  if (!log.isPlace(options.getAll()?.getPosition()?.getCommitPosition())) throw invalidPosition();
  while (left > 0) {
    const page = log.readAll(from, direction, pageEvents);
    for (const event of page.filter(passes).slice(0, left)) {
      yield event;
      left -= 1;
    }
    const end = page.at(-1);
    if (!end || page.length < pageEvents) return;
    from = end.position + (direction === 'forwards' ? 1 : -1);
  }
}

const countOf = (options: ReadReq.Options): number =>
  Math.min(Number(options.getCount()), Number.MAX_SAFE_INTEGER);

function showing(log: DoubleLog, options: ReadReq.Options): (event: Recorded) => ReadResp {
  const isStructured = options.getUuidOption()?.hasStructured() ?? false;
  if (!options.getResolveLinks()) return (event) => readEventOf({ event }, isStructured);
  return (event) => readEventOf(resolvedBy(log, event), isStructured);
}

/** A link says `revision@stream`; its event is missing where that one is. */
function resolvedBy(log: DoubleLog, event: Recorded) {
  const link = /^(?<revision>\d+)@(?<stream>.+)$/.exec(Buffer.from(event.data).toString());
  if (event.type !== '$>' || !link?.groups) return { event };
  const { revision, stream = '' } = link.groups;
  return { link: event, event: log.at(stream, Number(revision)) };
}
