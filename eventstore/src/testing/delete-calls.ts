import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type {
  DeleteReq,
  DeleteResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { DoubleLog, Proposed } from './double-log.js';
import { nameOf } from './double-messages.js';
import { protocol } from './protocol.js';

/** Deleting truncates a stream by its metadata; a tombstone closes it for good. */
export class DeleteCalls {
  constructor(private readonly log: DoubleLog) {}

  readonly delete = (
    { request }: ServerUnaryCall<DeleteReq, DeleteResp>,
    answer: sendUnaryData<DeleteResp>,
  ): void => {
    const stream = nameOf(request.getOptions()?.getStreamIdentifier());
    const data = { $tb: this.log.lastRevision(stream) + 1 };
    this.log.together(() => this.log.write(`$$${stream}`, [own('$metadata', data)], 'any'));
    answer(null, new protocol.streams.DeleteResp());
  };

  readonly tombstone = (
    { request }: ServerUnaryCall<TombstoneReq, TombstoneResp>,
    answer: sendUnaryData<TombstoneResp>,
  ): void => {
    const stream = nameOf(request.getOptions()?.getStreamIdentifier());
    this.log.together(() => this.log.write(stream, [own('$streamDeleted', {})], 'any'));
    answer(null, new protocol.streams.TombstoneResp());
  };
}

const own = (type: string, data: object): Proposed => ({
  ...{ id: crypto.randomUUID(), type, contentType: 'application/json' },
  data: Buffer.from(JSON.stringify(data)),
  metadata: new Uint8Array(),
});
