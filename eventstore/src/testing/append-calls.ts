import type { sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Admission } from './admission.js';
import { answerOf, batchAnswerOf, tooLargeStatus, worded } from './append-answers.js';
import type { Proposed } from './double-events.js';
import { expectedOf, idOf, identifierOf, nameOf, proposedOf, uuidOf } from './double-messages.js';
import type { DoubleFaults } from './faults.js';
import type { GroupCommit } from './group-commit.js';
import { protocol } from './protocol.js';
import { appendTooLarge, maxAppendBytes, notReadyText, streamDeleted } from './refusals.js';

type Batches = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** Takes appends of both kinds: those with a call of their own, and those that share one. */
export class AppendCalls {
  constructor(
    private readonly commits: GroupCommit,
    private readonly faults: DoubleFaults,
    private readonly admission: Admission,
  ) {}

  readonly append = (
    call: ServerReadableStream<AppendReq, AppendResp>,
    answer: sendUnaryData<AppendResp>,
  ): void => {
    const refused = this.admission.refusalOf(call.metadata);
    let options: AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('error', () => undefined);
    call.on('data', (request: AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) events.push(proposedOf(message));
    });
    const ended = (): void => {
      // A connection that is cut ends the requests as well: half an append is none.
      if (call.cancelled || !options) return;
      if (refused) return answer(refused);
      const stream = nameOf(options.getStreamIdentifier());
      const expected = expectedOf(options, options.getRevision());
      if (sizeOf(events) > maxAppendBytes) return answer(appendTooLarge());
      void this.faults.around('append', {
        refuse: (error) => answer(error),
        commit: () => this.commits.written({ stream, events, expected }),
        reply: (written) => {
          if (written.kind === 'deleted') answer(streamDeleted(stream));
          else answer(null, answerOf(written, expected));
        },
      });
    };
    call.on('end', () => setImmediate(ended));
  };

  readonly batchAppend = (call: Batches): void => {
    const refused = this.admission.refusalOf(call.metadata);
    const begun = new Map<string, { options: BatchAppendReq.Options; events: Proposed[] }>();
    call.on('error', () => undefined);
    call.on('data', (request: BatchAppendReq) => {
      if (refused) return void call.emit('error', refused);
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
    call: Batches,
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
      call.write(response().setError(tooLargeStatus()));
      return;
    }
    void this.faults.around('append', {
      refuse: (error) => {
        // Here a node that is not ready answers the append; every other refusal ends the call.
        if (error.details !== notReadyText) call.emit('error', error);
        else call.write(response().setError(worded(notReadyText)));
      },
      commit: () => this.commits.written({ stream, events, expected }),
      reply: (written) => call.write(batchAnswerOf(response(), written, expected)),
    });
  }
}

/**
 * As the server counts since 24.10. Until 24.6 it counts the data only, by a slip of precedence in
 * `Event.SizeOnDisk`; what passes here passes there.
 */
const sizeOf = (events: readonly Proposed[]): number =>
  events.reduce(
    (sum, { data, metadata, type }) => sum + data.length + metadata.length + type.length * 2,
    0,
  );
