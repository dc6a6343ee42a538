import {
  Metadata,
  status as codes,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
} from '@grpc/grpc-js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { DoubleLog, Expected, Proposed, Written } from './double-log.js';
import { expectedOf, idOf, identifierOf, nameOf, proposedOf, uuidOf } from './double-messages.js';
import type { DoubleFaults } from './faults.js';
import { protocol } from './protocol.js';

/** The server's own default. */
const maxAppendBytes = 1024 * 1024;

interface Waiting {
  readonly stream: string;
  readonly events: readonly Proposed[];
  readonly expected: Expected;
  readonly done: (written: Written) => void;
}

/** Takes appends of both kinds; those of one turn of the event loop are committed together. */
export class AppendCalls {
  private waiting: Waiting[] = [];
  private readonly dropped = new Map<string, Proposed[]>();

  constructor(
    private readonly log: DoubleLog,
    private readonly faults: DoubleFaults,
  ) {}

  readonly append = (
    call: ServerReadableStream<AppendReq, AppendResp>,
    answer: sendUnaryData<AppendResp>,
  ): void => {
    let options: AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('error', () => undefined);
    call.on('data', (request: AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) events.push(proposedOf(message));
    });
    call.on('end', () => {
      if (!options) return;
      const stream = nameOf(options.getStreamIdentifier());
      const expected = expectedOf(options, options.getRevision());
      if (sizeOf(events) > maxAppendBytes) return answer(tooLarge());
      void this.faults.around('append', {
        refuse: (error) => answer(error),
        commit: () => this.written(stream, events, expected),
        reply: (written) => answer(null, answerOf(written, expected)),
      });
    });
  };

  readonly batchAppend = (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const begun = new Map<string, { options: BatchAppendReq.Options; events: Proposed[] }>();
    call.on('error', () => undefined);
    call.on('data', (request: BatchAppendReq) => {
      const correlation = idOf(request.getCorrelationId());
      const options = begun.get(correlation)?.options ?? request.getOptions();
      if (!options) return;
      const batch = begun.get(correlation) ?? { options, events: [] };
      begun.set(correlation, batch);
      batch.events.push(...request.getProposedMessagesList().map(proposedOf));
      if (!request.getIsFinal()) return;
      begun.delete(correlation);
      this.endBatch(call, correlation, batch.options, batch.events);
    });
    call.on('end', () => call.end());
  };

  private endBatch(
    call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
    correlation: string,
    options: BatchAppendReq.Options,
    events: readonly Proposed[],
  ): void {
    const stream = nameOf(options.getStreamIdentifier());
    const expected = expectedOf(options, options.getStreamPosition());
    const response = () =>
      new protocol.streams.BatchAppendResp()
        .setCorrelationId(uuidOf(correlation))
        .setStreamIdentifier(identifierOf(stream));
    if (sizeOf(events) > maxAppendBytes) {
      const detail = new protocol.shared.MaximumAppendSizeExceeded().setMaxappendsize(
        maxAppendBytes,
      );
      const any = packed('MaximumAppendSizeExceeded', detail);
      call.write(response().setError(statusOf(codes.INVALID_ARGUMENT, any)));
      return;
    }
    void this.faults.around('append', {
      refuse: (error) => call.emit('error', error),
      commit: () => this.written(stream, events, expected),
      reply: (written) => call.write(batchAnswerOf(response(), written, expected)),
    });
  }

  private written(
    stream: string,
    events: readonly Proposed[],
    expected: Expected,
  ): Promise<Written> {
    return new Promise((done) => {
      if (this.waiting.length === 0) setImmediate(() => this.commit());
      this.waiting.push({ stream, events, expected, done });
    });
  }

  private commit(): void {
    const batch = this.waiting;
    this.waiting = [];
    const results: Written[] = [];
    this.log.together(() => {
      for (const { stream, events, expected } of batch) {
        results.push(this.log.write(stream, events, expected));
      }
    });
    for (const [index, written] of results.entries()) batch[index]?.done(written);
  }
}

const sizeOf = (events: readonly Proposed[]): number =>
  events.reduce(
    (sum, { data, metadata, type }) => sum + data.length + metadata.length + type.length * 2,
    0,
  );

function tooLarge() {
  const metadata = new Metadata();
  metadata.set('exception', 'maximum-append-size-exceeded');
  metadata.set('maximum-append-size', String(maxAppendBytes));
  const details = `Maximum Append Size of ${maxAppendBytes} Exceeded.`;
  return { code: codes.INVALID_ARGUMENT, details, metadata };
}

function answerOf(written: Written, expected: Expected): AppendResp {
  if (written.kind === 'written') {
    const position = String(written.position);
    const success = new protocol.streams.AppendResp.Success()
      .setCurrentRevision(String(written.revision))
      .setPosition(
        new protocol.streams.AppendResp.Position()
          .setCommitPosition(position)
          .setPreparePosition(position),
      );
    return new protocol.streams.AppendResp().setSuccess(success);
  }
  const wrong = new protocol.streams.AppendResp.WrongExpectedVersion();
  const { Empty } = protocol.shared;
  if (written.current < 0) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentRevision(String(written.current));
  if (expected === 'any') wrong.setExpectedAny(new Empty());
  else if (expected === 'exists') wrong.setExpectedStreamExists(new Empty());
  else if (expected < 0) wrong.setExpectedNoStream(new Empty());
  else wrong.setExpectedRevision(String(expected));
  return new protocol.streams.AppendResp().setWrongExpectedVersion(wrong);
}

function batchAnswerOf(
  response: BatchAppendResp,
  written: Written,
  expected: Expected,
): BatchAppendResp {
  if (written.kind === 'written') {
    const position = new protocol.shared.AllStreamPosition()
      .setCommitPosition(String(written.position))
      .setPreparePosition(String(written.position));
    const success = new protocol.streams.BatchAppendResp.Success()
      .setCurrentRevision(String(written.revision))
      .setPosition(position);
    return response.setSuccess(success);
  }
  const wrong = new protocol.shared.WrongExpectedVersion();
  if (written.current >= 0) wrong.setCurrentStreamRevision(String(written.current));
  if (typeof expected === 'number' && expected >= 0) {
    wrong.setExpectedStreamPosition(String(expected));
  }
  return response.setError(
    statusOf(codes.FAILED_PRECONDITION, packed('WrongExpectedVersion', wrong)),
  );
}

function packed(name: string, message: { serializeBinary(): Uint8Array }) {
  const any = new protocol.Any();
  any.pack(message.serializeBinary(), `event_store.client.${name}`);
  return any;
}

const statusOf = (code: number, details: InstanceType<(typeof protocol)['Any']>) =>
  new protocol.status.Status().setCode(code).setMessage('refused').setDetails(details);
