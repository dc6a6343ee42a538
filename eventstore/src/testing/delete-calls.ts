import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type {
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Admission } from './admission.js';
import type { Expected, Proposed } from './double-events.js';
import type { DoubleLog } from './double-log.js';
import { expectedOf, nameOf } from './double-messages.js';
import { protocol } from './protocol.js';
import { streamDeleted, wrongDeletion } from './refusals.js';
import { deletion, tombstone } from './stream-limits.js';

/** Deleting truncates a stream by its metadata; a tombstone closes it for good. */
export class DeleteCalls {
  constructor(
    private readonly log: DoubleLog,
    private readonly admission: Admission,
  ) {}

  readonly delete = (
    { request, metadata }: ServerUnaryCall<DeleteReq, DeleteResp>,
    answer: sendUnaryData<DeleteResp>,
  ): void => {
    const { stream, expected } = askedIn(request);
    const refused =
      this.admission.refusalOf(metadata) ??
      this.refusalOf(stream, expected) ??
      this.refusalOfNothing(stream, expected);
    if (refused) return answer(refused);
    const position = String(this.kept(`$$${stream}`, deletion()));
    const place = new protocol.streams.DeleteResp.Position()
      .setCommitPosition(position)
      .setPreparePosition(position);
    answer(null, new protocol.streams.DeleteResp().setPosition(place));
  };

  readonly tombstone = (
    { request, metadata }: ServerUnaryCall<TombstoneReq, TombstoneResp>,
    answer: sendUnaryData<TombstoneResp>,
  ): void => {
    const { stream, expected } = askedIn(request);
    const refused = this.admission.refusalOf(metadata) ?? this.refusalOf(stream, expected);
    if (refused) return answer(refused);
    const position = String(this.kept(stream, tombstone()));
    const place = new protocol.streams.TombstoneResp.Position()
      .setCommitPosition(position)
      .setPreparePosition(position);
    answer(null, new protocol.streams.TombstoneResp().setPosition(place));
  };

  private kept(stream: string, event: Proposed): number {
    this.log.together(() => this.log.write(stream, [event], 'any'));
    return this.log.end;
  }

  private refusalOf(stream: string, expected: Expected) {
    if (this.log.stateOf(stream) === 'deleted') return streamDeleted(stream);
    const head = this.log.lastRevision(stream);
    if (expected === 'any' || expected === head || (expected === 'exists' && head >= 0)) {
      return undefined;
    }
    return wrongDeletion(stream, expected === 'exists' ? -4 : expected, head);
  }

  /** A running server deletes no stream that is not there, whatever is expected of it. */
  private refusalOfNothing(stream: string, expected: Expected) {
    const isNothing = expected === 'any' && this.log.lastRevision(stream) < 0;
    return isNothing ? wrongDeletion(stream, -2, -1) : undefined;
  }
}

function askedIn(request: DeleteReq | TombstoneReq) {
  const options = request.getOptions();
  const expected = options ? expectedOf(options, options.getRevision()) : 'any';
  return { stream: nameOf(options?.getStreamIdentifier()), expected };
}
