import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Recorded } from './double-events.js';
import type { DoubleLog } from './double-log.js';
import type { DoubleFaults } from './faults.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** What reads and subscriptions of one call work with. */
export interface Serving {
  readonly log: DoubleLog;
  readonly faults: DoubleFaults;
  readonly call: ReadCall;
  readonly options: ReadReq.Options;
  /** The message of an event, its link resolved where that was asked for. */
  readonly shown: (event: Recorded) => ReadResp;
}

/** Resolves when the client takes more. */
export const sent = (call: ReadCall, response: ReadResp): Promise<void> =>
  new Promise((resolve) => {
    if (call.write(response) || call.cancelled || call.destroyed) return resolve();
    const done = (): void => {
      call.off('drain', done).off('close', done).off('cancelled', done);
      resolve();
    };
    call.once('drain', done).once('close', done).once('cancelled', done);
  });
