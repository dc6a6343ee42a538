import { status as codes } from '@grpc/grpc-js';
import type { AppendResp, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Expected, Written } from './double-events.js';
import { protocol } from './protocol.js';
import { maxAppendBytes } from './refusals.js';

type Wrong = Extract<Written, { kind: 'wrong' }>;
type Kept = Extract<Written, { kind: 'written' }>;
type Status = ReturnType<typeof statusOf>;

/** What an append of a call of its own is answered; a wrong expectation is no error of the call. */
export function answerOf(written: Kept | Wrong, expected: Expected): AppendResp {
  const response = new protocol.streams.AppendResp();
  return written.kind === 'written'
    ? response.setSuccess(successOf(written))
    : response.setWrongExpectedVersion(wrongOf(written, expected));
}

function successOf({ revision, position }: Kept): AppendResp.Success {
  const success = new protocol.streams.AppendResp.Success().setCurrentRevision(String(revision));
  if (position === undefined) return success.setNoPosition(new protocol.shared.Empty());
  return success.setPosition(
    new protocol.streams.AppendResp.Position()
      .setCommitPosition(String(position))
      .setPreparePosition(String(position)),
  );
}

function wrongOf({ current }: Wrong, expected: Expected): AppendResp.WrongExpectedVersion {
  const wrong = new protocol.streams.AppendResp.WrongExpectedVersion();
  const { Empty } = protocol.shared;
  if (current < 0) wrong.setCurrentNoStream(new Empty());
  else wrong.setCurrentRevision(String(current));
  if (expected === 'any') return wrong.setExpectedAny(new Empty());
  if (expected === 'exists') return wrong.setExpectedStreamExists(new Empty());
  return expected < 0
    ? wrong.setExpectedNoStream(new Empty())
    : wrong.setExpectedRevision(String(expected));
}

/** The same for one of the appends that share a call: there each refusal is a status. */
export function batchAnswerOf(
  response: BatchAppendResp,
  written: Written,
  expected: Expected,
): BatchAppendResp {
  if (written.kind === 'deleted') return response.setError(deletedStatus(response));
  if (written.kind === 'wrong') return response.setError(wrongStatus(written, expected));
  const success = new protocol.streams.BatchAppendResp.Success().setCurrentRevision(
    String(written.revision),
  );
  if (written.position === undefined) {
    return response.setSuccess(success.setNoPosition(new protocol.Empty()));
  }
  const position = new protocol.shared.AllStreamPosition()
    .setCommitPosition(String(written.position))
    .setPreparePosition(String(written.position));
  return response.setSuccess(success.setPosition(position));
}

function wrongStatus({ current }: Wrong, expected: Expected): Status {
  const wrong = new protocol.shared.WrongExpectedVersion();
  const empty = new protocol.Empty();
  if (current < 0) wrong.setCurrentNoStream(empty);
  else wrong.setCurrentStreamRevision(String(current));
  if (expected === 'any') wrong.setExpectedAny(empty);
  else if (expected === 'exists') wrong.setExpectedStreamExists(empty);
  else if (expected < 0) wrong.setExpectedNoStream(empty);
  else wrong.setExpectedStreamPosition(String(expected));
  return statusOf(codes.ALREADY_EXISTS, 'WrongExpectedVersion', wrong);
}

function deletedStatus(response: BatchAppendResp): Status {
  const deleted = new protocol.shared.StreamDeleted().setStreamIdentifier(
    response.getStreamIdentifier(),
  );
  return statusOf(codes.NOT_FOUND, 'StreamDeleted', deleted);
}

export function tooLargeStatus(): Status {
  const detail = new protocol.shared.MaximumAppendSizeExceeded().setMaxappendsize(maxAppendBytes);
  return statusOf(codes.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', detail);
}

/** A node that is not ready says so in words only. */
export function worded(message: string): Status {
  const details = new protocol.Any();
  details.pack(new protocol.Empty().serializeBinary(), 'google.protobuf.Empty');
  return new protocol.status.Status().setMessage(message).setDetails(details);
}

function statusOf(code: number, message: string, detail: { serializeBinary(): Uint8Array }) {
  const details = new protocol.Any();
  details.pack(detail.serializeBinary(), `event_store.client.${message}`);
  return new protocol.status.Status().setCode(code).setMessage(message).setDetails(details);
}
